"""The queue of visual review: items are leased, so that no two people look at the same one."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Final

from ...database import leases, locks, queue_page, review_queue
from ...database import media as rows
from ...database.engine import Database, Tx
from ...database.review_queue import Reviewer
from ...domain.errors import Forbidden
from ...domain.moderation import Claimed, Lease, Listed, Look, Policy, Waiting
from ...domain.permissions import Account, Action, Role, decide_moderating
from ...domain.review_queue import Held, QueueCounts, QueueFilter
from ..access import Access
from .deciding import own_upload

#: Read beyond what is asked for, since others hold some of it.
_SPARE: Final = 50
#: So far it is looked for what is held.
_LOOKED_AT: Final = 400
#: One client at a time is given items.
_TURN: Final = "review queue"


class ReviewQueue:
    """What waits for who is signed in; works through the shared database alone."""

    def __init__(
        self, database: Database, access: Access, policy: Callable[[], Policy] = Policy
    ) -> None:
        """``policy`` is what holds now; it says how long an item is held."""
        self._database = database
        self._access = access
        self._policy = policy
        #: What the tokens of this window begin with, empty for nothing; see ``free``.
        self.seat = ""

    def take(
        self,
        wanted: QueueFilter,
        count: int,
        held: Collection[str] = (),
        skipped: Collection[str] = (),
    ) -> list[Claimed]:
        """Lease the next items, ``count`` of them; fewer only where there are no more.

        Passed over are the public ids of ``held`` and ``skipped``, what anybody holds, and what
        this account may not decide on. Raises Forbidden ``not_allowed`` for one that may decide
        on nothing, and ``read_only``.
        """
        self._access.require_moderating()
        passed = {*held, *skipped}
        limit = count + len(passed) + _SPARE
        taken: list[Claimed] = []
        while len(taken) < count:
            with self._database.read() as tx:
                found = review_queue.first(tx, *self._asked(tx, wanted), limit)
            free = [e.public_id for e in found if not e.is_held and e.public_id not in passed]
            free = list(dict.fromkeys(free))[: count - len(taken)]
            if free:
                taken += self._lease(free, wanted)
                passed.update(free)
            elif len(found) < limit:
                break
            else:
                limit *= 4
        return taken

    def claim(self, public_id: str) -> Claimed:
        """Lease one item by name, also one that does not wait for a decision.

        What another window of the same account holds is taken over. Raises NotFound ``no_media``,
        Forbidden ``not_allowed``, ``read_only``, ``own_upload``, ``own_decision`` and
        ``own_appeal``, Conflict ``held``.
        """
        account, lasting = self._access.account, self._lasting()

        def work(tx: Tx) -> Claimed:
            locks.turn(tx, _TURN)
            rows.hold(tx, public_id)
            media, _ = self._access.media(tx, public_id, Action.MODERATE)
            if (refused := own_upload(account, media)) is not None:
                raise refused
            holder, now = leases.find(tx, public_id), leases.clock(tx)
            if holder is not None and holder.until > now and holder.account != account.user_id:
                raise leases.held(tx, holder, media.original_filename)
            leases.release(tx, public_id)
            (lease,) = leases.take(tx, [public_id], account.user_id, now, lasting, self.seat)
            item = review_queue.items(tx, [public_id])[public_id]
            _refuse_own(item, account)
            return Claimed(item, lease)

        return self._database.retrying(work)

    def renew(self, held: Sequence[Lease]) -> list[Lease]:
        """Hold on to items; those that are no longer one's own are left out.

        One whose time is over is lost, also where nobody has taken it since.
        """
        if not held:
            return []
        lasting = self._lasting()
        return self._database.retrying(lambda tx: leases.renew(tx, held, lasting))

    def release(self, held: Sequence[Lease]) -> None:
        """Let anyone have these items at once."""
        if held:
            self._database.retrying(lambda tx: leases.give_back(tx, held))

    def held(self, wanted: QueueFilter, passed: Collection[str] = ()) -> Held:
        """How many of the first items are held, but for the public ids of ``passed``."""
        me = self._access.account.user_id
        with self._database.read() as tx:
            found = self._held(tx, wanted, passed)
        own = sum(each.account == me for each in found)
        until = max((each.until for each in found), default=None)
        return Held(own, len(found) - own, until)

    def take_over(self, wanted: QueueFilter, passed: Collection[str] = ()) -> None:
        """Let go of what other windows of this account hold, but for ``passed``: they may be gone.

        One that is not gone is told so when it decides. Raises as ``take``.
        """
        self._access.require_moderating()
        me = self._access.account.user_id

        def work(tx: Tx) -> None:
            held = self._held(tx, wanted, passed)
            leases.give_back(tx, [each for each in held if each.account == me])

        self._database.retrying(work)

    def free(self, seats: Sequence[str]) -> None:
        """Let go of what windows that are gone held, whoever sat there. Raises as ``take``."""
        self._access.require_moderating()
        if seats:
            self._database.retrying(lambda tx: leases.give_back(tx, leases.of_seats(tx, seats)))

    def listed(self, wanted: QueueFilter, limit: int) -> list[Listed]:
        """The first of what waits for this account, in their turn, and who holds which.

        Nothing is held by that. Raises as ``take``.
        """
        self._access.require_moderating()
        with self._database.read() as tx:
            return queue_page.page(tx, *self._asked(tx, wanted), limit)

    def counts(self, wanted: QueueFilter) -> QueueCounts:
        """How many wait for this account and how long; none for one that may not decide."""
        if not decide_moderating(self._access.account):
            return QueueCounts()
        with self._database.read() as tx:
            return review_queue.counts(tx, *self._asked(tx, wanted))

    def waiting_count(self) -> int:
        """How many wait for this account in all."""
        return self.counts(QueueFilter()).total

    def _asked(self, tx: Tx, wanted: QueueFilter) -> tuple[QueueFilter, Reviewer]:
        account = self._access.account
        admin = account.role is Role.ADMIN
        places = None if admin else review_queue.places_of(tx, account.user_id)
        return wanted.by(account.user_id), Reviewer(account.user_id, admin, places)

    def _held(self, tx: Tx, wanted: QueueFilter, passed: Collection[str]) -> list[Lease]:
        found = review_queue.first(tx, *self._asked(tx, wanted), _LOOKED_AT + len(passed))
        held = [each.public_id for each in found if each.is_held and each.public_id not in passed]
        return leases.among(tx, held) if held else []

    def _lease(self, public_ids: Sequence[str], wanted: QueueFilter) -> list[Claimed]:
        """Those of them that nobody has taken or decided on meanwhile."""
        account, lasting = self._access.account, self._lasting()

        def work(tx: Tx) -> list[Claimed]:
            locks.turn(tx, _TURN)
            now = leases.clock(tx)
            made = leases.take(tx, public_ids, account.user_id, now, lasting, self.seat)
            # Read after they are held, so that what was decided before is seen.
            items = review_queue.items(tx, [each.public_id for each in made])
            found = [
                Claimed(item, lease)
                for lease in made
                if (item := items.get(lease.public_id)) and _waits(item, wanted, account)
            ]
            kept = {each.lease.public_id for each in found}
            leases.give_back(tx, [each for each in made if each.public_id not in kept])
            return found

        return self._database.retrying(work)

    def _lasting(self) -> timedelta:
        return timedelta(minutes=self._policy().lease_minutes)


def _waits(item: Waiting, wanted: QueueFilter, account: Account) -> bool:
    if item.look is Look.FIRST:
        return item.media.moderation_status in wanted.statuses
    return account.user_id not in (item.decided_by, item.asked_by)


def _refuse_own(item: Waiting, account: Account) -> None:
    name = item.media.original_filename
    if item.asked_by == account.user_id:
        raise Forbidden("own_appeal", f"You asked for another look at “{name}” yourself.")
    if item.decided_by == account.user_id and item.look is Look.APPEAL:
        raise Forbidden(
            "own_decision", f"You decided on “{name}” yourself: somebody else looks at it again."
        )
