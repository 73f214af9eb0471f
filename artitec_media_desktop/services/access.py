"""Asks the permission table, with what the database knows of who holds what."""

from collections.abc import Callable
from dataclasses import replace

from ..database import accounts, entities
from ..database import media as rows
from ..database.engine import Database, Tx
from ..domain.entities import EntityRef, EntityType
from ..domain.errors import Forbidden, NotFound
from ..domain.media import Media
from ..domain.permissions import Account, Action, Decision, decide, decide_moderating


class Access:
    """The signed-in account and what it may do; every service asks here before it acts."""

    def __init__(
        self,
        database: Database,
        account: Callable[[], Account],
        read_only: Callable[[], str] = lambda: "",
    ) -> None:
        """``read_only`` says why the library can only be looked at; empty where it is not so."""
        self._database = database
        self._account = account
        self._read_only = read_only

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return self._account()

    @property
    def read_only(self) -> str:
        """Why the library can only be looked at; empty where it is not so."""
        return self._read_only()

    def look_again(self) -> Account:
        """The account as the database knows it now; not active where it is gone."""
        with self._database.read() as tx:
            found = accounts.by_user_id(tx, self.account.user_id)
        return found or replace(self.account, active=False)

    def decide(self, action: Action, ref: EntityRef | None, tx: Tx | None = None) -> Decision:
        """Tell whether it is allowed, and if not, why."""
        if action is not Action.VIEW and (reason := self._read_only()):
            return Decision(False, reason)
        anywhere = decide(self.account, action)
        if ref is None or anywhere:  # who may do it everywhere need not be looked up
            return anywhere
        if tx is None:
            with self._database.read() as own:
                return self.decide(action, ref, own)
        return decide(self.account, action, ref.type, entities.holders(tx, ref))

    def require(self, action: Action, ref: EntityRef | None, tx: Tx | None = None) -> None:
        """Raise Forbidden, with the reason, unless it is allowed.

        ``read_only`` is said of the library as a whole, ``not_allowed`` of the account.
        """
        if action is not Action.VIEW and (reason := self._read_only()):
            raise Forbidden("read_only", reason)
        decision = self.decide(action, ref, tx)
        if not decision:
            raise Forbidden("not_allowed", decision.reason)

    def decide_moderating(self) -> Decision:
        """Tell whether there is anything at all that may be moderated, and if not, why."""
        reason = self._read_only()
        return Decision(False, reason) if reason else decide_moderating(self.account)

    def require_moderating(self) -> None:
        """Raise Forbidden, as ``require`` does, where there is nothing at all to moderate."""
        decision = self.decide_moderating()
        if not decision:
            code = "read_only" if self._read_only() else "not_allowed"
            raise Forbidden(code, decision.reason)

    def media(self, tx: Tx, public_id: str, action: Action) -> tuple[Media, EntityRef | None]:
        """One live media that the account may act on, and its entity.

        Raises NotFound ``no_media``, Forbidden.
        """
        found = rows.by_public_id(tx, public_id)
        if found is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the library.")
        ref = entity_of(found)
        self.require(action, ref, tx)
        return found, ref


def entity_of(media: Media) -> EntityRef | None:
    """The entity of a media; None for a type that only the platform knows."""
    if media.entity_type not in set(EntityType):
        return None
    return EntityRef(EntityType(media.entity_type), media.entity_id)
