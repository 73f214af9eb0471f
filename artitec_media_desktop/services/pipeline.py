"""One file's way from the journal to its row; doing any step again is harmless.

The public id and all keys are in the journal before the first byte leaves, and the row is
looked up by that public id first: after a crash at any line, replay ends with exactly one
row and exactly its objects.
"""

import hashlib
import logging
import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Final

from ..database import trash
from ..database.engine import Database
from ..database.journal import Journal
from ..domain.changes import Change
from ..domain.errors import (
    Cancelled,
    Conflict,
    MediaError,
    NotFound,
    Permanent,
    Transient,
    Unusable,
)
from ..domain.keys import ObjectKeys, is_private, new_key, new_public_id, private_key
from ..domain.limits import VARIANTS
from ..domain.media import MediaType, ModerationStatus
from ..domain.moderation import Policy
from ..domain.permissions import Action
from ..domain.uploads import (
    Description,
    ItemProgress,
    OnDuplicate,
    UploadItem,
    UploadOptions,
    UploadPlan,
    UploadState,
    name_problem,
)
from ..domain.work import Work, held
from ..processing.source import open_source
from ..storage import ObjectStore, Payload
from .access import Access
from .describing import Describing
from .lookalikes import HELD, Asking, Duplicate, Lookalikes
from .media_row import Prepared
from .preparing import Content, Preparing, digest_of
from .recording import Recording
from .trash import TrashService
from .trial import Decoding, command, try_out

_LOG = logging.getLogger(__name__)
_LONGEST_WAIT: Final = 60.0
#: Nothing that is shown goes for something that may never be.
STAYS: Final = (
    "The picture that it was to replace stays: this one has to be approved first. "
    "Delete the other one then, if it is to go."
)

#: Where a crash is tried in the tests, in this order.
STEPS: Final = ("claimed", "prepared", "planned", "put", "committed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The journal row as it is now, and the change when a media came to be."""

    item: UploadItem
    change: Change | None = None


class UploadPipeline:
    """Works on claimed journal rows; one call a file, from any number of threads."""

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        journal: Journal,
        access: Access,
        preparing: Preparing,
        decoding: Decoding,
        trash: TrashService,
        describing: Describing,
        policy: Callable[[], Policy],
        step: Callable[[str], None] = lambda _name: None,
    ) -> None:
        self._database = database
        self._store = store
        self._journal = journal
        self._access = access
        self._preparing = preparing
        self._lookalikes = Lookalikes(database, policy)
        self._recording = Recording(database, store, journal, access)
        self._step = step
        self._decoding = decoding
        self._trash = trash
        self.describing = describing
        #: Files whose work is to stop; what they become is in the journal, as its wish.
        self._stops: set[int] = set()
        # Two copies of a file in one batch: the second has to see the first one's row.
        self._by_content = tuple(threading.Lock() for _ in range(1024))

    def stop(self, item_id: int, wanted: bool) -> None:
        """Have the thread that works on a file see what is wished of it; or go on after all."""
        (self._stops.add if wanted else self._stops.discard)(item_id)

    def suspects(self) -> frozenset[int]:
        """The files that were being decoded when a process ended in the middle of it."""
        return self._decoding.left()

    def preview(self, item: UploadItem, pixels: int) -> bytes | None:
        """A small JPEG of a file; None for a video, what can't be read, or may be dangerous."""
        from ..processing.image import preview

        if item.crashes:
            return None
        with self._decoding.of(item.id):
            return preview(item.path, pixels)

    def run(self, item: UploadItem, work: Work, report: Callable[[ItemProgress], None]) -> Outcome:
        """Bring one claimed file as far as it gets. Only a fault of the journal is raised."""
        try:
            return self._run(item, work, report)
        except (Asking, Duplicate) as found:
            self.take_back(item)
            state = UploadState.ASKING if isinstance(found, Asking) else UploadState.DUPLICATE
            like = {"duplicate_of": found.of, "distance": found.distance}
            return Outcome(self._move(item, state, crashes=0, **like))
        except Cancelled:
            # What was sent is kept, and it goes on later, unless something else was wished.
            return Outcome(self._move(item, UploadState.QUEUED))
        except MediaError as error:
            if not _passes(error):
                return self._failed(item, error)
            wait = min(_LONGEST_WAIT, 2.0**item.attempts) * random.uniform(0.5, 1.0)  # noqa: S311
            again = datetime.now(UTC) + timedelta(seconds=wait)
            _LOG.info("upload %s waits %.0f s: %s", item.id, wait, error.code)
            return Outcome(
                self._move(
                    item,
                    UploadState.QUEUED,
                    not_before=again,
                    error=(error.code, error.message),
                )
            )
        except Exception:
            # A fault of ours in one file: it is said, logged, and the rest of the batch goes on.
            _LOG.exception("upload %s (%s) failed", item.id, item.name)
            return self._failed(
                item,
                Permanent(
                    "internal",
                    f"“{item.name}” could not be added because of a fault in this application. "
                    "It is in the log; please report it.",
                ),
            )

    def _run(self, item: UploadItem, work: Work, report: Callable[[ItemProgress], None]) -> Outcome:
        self._step("claimed")
        report(ItemProgress(item.id, "checking"))
        if item.plan is not None and (done := self._finished(item, item.plan)) is not None:
            return done
        if problem := name_problem(item.path):
            raise Permanent("bad_name", problem)
        ref, slot = item.target.entity, item.target.slot
        self._access.require(Action.UPLOAD, ref)

        def check() -> None:
            work.check_cancelled()
            if item.id in self._stops:
                raise Cancelled

        with open_source(item.path, slot) as opened:
            image = opened.source.format.media_type is MediaType.IMAGE
            data = opened.read() if image else None
            sha256 = digest_of(opened.file, check) if data is None else _sha256(data)
            alone = self._by_content[int(sha256[:8], 16) % len(self._by_content)]
            with held(alone, check):
                self._lookalikes.leave_out_identical(item, ref, sha256)
                report(ItemProgress(item.id, "making"))
                if item.crashes:
                    try_out(item, check, command())
                with self._decoding.of(item.id):
                    prepared, content = self._preparing.prepare(opened, data, sha256, slot, check)
                entry = self._lookalikes.entry(
                    item, prepared.fingerprint, lambda: self._journal.added_by(item.batch)
                )
                opened.check_unchanged()
                self._step("prepared")
                check()
                plan = self._plan(item, prepared, entry.status)
                self._step("planned")
                try:
                    self._put(item, plan, prepared, content, check, report)
                except Conflict as error:
                    self._make_room(item, plan)
                    raise Transient("key_taken", "Its place in the storage is taken.") from error
                self._step("put")
                check()
                report(ItemProgress(item.id, "saving"))
                # What is written with it may have been edited meanwhile.
                item = self._journal.get(item.id) or item
                change = self._recording.record(item, prepared, plan, entry)
                self._step("committed")
                kept = self._finish_replacing(item, plan)
        alike = entry.alike
        moved = self._done(
            item,
            plan,
            item.options,
            (*prepared.notes, HELD if entry.known_bad else None, kept),
            crashes=0,
            **({} if alike is None else {"duplicate_of": alike[0], "distance": alike[1]}),
        )
        return Outcome(moved, change)

    def _finished(self, item: UploadItem, plan: UploadPlan) -> Outcome | None:
        """An earlier process had come as far as the row: nothing is left to do.

        Somebody may have deleted it already.
        """
        with self._database.read() as tx:
            media = trash.live_or_deleted(tx, plan.public_id)
        if media is None:
            return None
        flagged = media.moderation_status is ModerationStatus.FLAGGED
        said = HELD if flagged else None, self._finish_replacing(item, plan)
        return Outcome(self._done(item, plan, plan.options or item.options, said))

    def _done(
        self,
        item: UploadItem,
        plan: UploadPlan,
        written: UploadOptions,
        said: Iterable[str | None],
        **values: Any,
    ) -> UploadItem:
        """Bring a row to its end, once the media also has what was ``written`` with it since.

        What comes after that is an edit at once, see UploadService.describe.
        """
        now = (self._journal.get(item.id) or item).options
        refused = self.describing.write(plan.public_id, Description.between(written, now))
        if note := " ".join(filter(None, (*said, refused))):
            values["note"] = note
        moved = self._journal.move(
            item, UploadState.DONE, media_public_id=plan.public_id, error=None, **values
        )
        self.describing.write(plan.public_id, Description.between(now, moved.options))
        return moved

    def _finish_replacing(self, item: UploadItem, plan: UploadPlan) -> str | None:
        """Move the media whose place the file has taken to the trash; that may be repeated.

        Returns what is to be said where it stays: the file itself is added all the same. A file
        that entered hidden, which its keys still say after a crash, removes nothing.
        """
        if item.options.on_duplicate is not OnDuplicate.REPLACE or item.duplicate_of is None:
            return None
        if is_private(plan.keys.original):
            return STAYS
        try:
            self._trash.delete([item.duplicate_of])
        except NotFound:
            return None  # an earlier try did it, or somebody else
        except Unusable:
            raise
        except Permanent as error:
            return f"The picture that it was to replace is still there: {error.message}"
        return None

    def _plan(self, item: UploadItem, prepared: Prepared, status: ModerationStatus) -> UploadPlan:
        now = datetime.now(UTC)
        key = new_key(item.target.slot, item.target.public_id, prepared.format, now)
        if status is not ModerationStatus.APPROVED:
            key = private_key(key)
        if item.plan is not None:
            same_file = item.plan.sha256 == prepared.fingerprint.sha256
            if same_file and _folder(item.plan.keys.original) == _folder(key):
                return item.plan
            self.take_back(item)  # the file or its place is another than before the interruption
            # or its area, where something was decided meanwhile
        made = {each.name for each in prepared.variants}
        keys = ObjectKeys.of(key, [each.name for each in VARIANTS if each.name in made])
        plan = UploadPlan(new_public_id(now), keys, prepared.fingerprint.sha256, item.options)
        self._journal.plan(item.id, plan, prepared.size)
        return plan

    def _put(
        self,
        item: UploadItem,
        plan: UploadPlan,
        prepared: Prepared,
        content: Content,
        check: Callable[[], None],
        report: Callable[[ItemProgress], None],
    ) -> None:
        total = content.size + sum(len(each.data) for each in prepared.variants)
        before = 0

        def sent(count: int) -> None:
            check()
            report(ItemProgress(item.id, "sending", before + count, total))

        # The original first: where its key is taken, nothing else is put beside it.
        original = Payload(
            content.body,
            content.size,
            content.sha256,
            prepared.format.content_type,
            is_sum_of_body=isinstance(content.body, bytes),
        )
        self._store.put(plan.keys.original, original, sent)
        before += content.size
        for each in prepared.variants:
            key = plan.keys.variant(each.name)
            if key is None:
                raise LookupError(f"{each.name} is not in the plan of {plan.public_id}")
            self._store.put(key, Payload.of(each.data, "image/jpeg"), sent)
            before += len(each.data)

    def _make_room(self, item: UploadItem, plan: UploadPlan) -> None:
        """Objects of other content lie under the plan's keys: the next try plans anew.

        They are ours, and removed, where the plan is that of an earlier try: an update of this
        application may encode differently. Under a new plan they are somebody else's.
        """
        if item.plan == plan:
            self.take_back(item)
        # Even where they could not be removed: their place is taken, so another one is planned.
        self._journal.forget_plan(item.id)

    def _move(self, item: UploadItem, state: UploadState, **values: Any) -> UploadItem:
        moved = self._journal.move(item, state, **values)
        if moved.state is UploadState.SKIPPED:  # somebody has cancelled it meanwhile
            self.take_back(moved)
        return moved

    def _failed(self, item: UploadItem, error: MediaError) -> Outcome:
        self.take_back(item)
        return Outcome(
            self._journal.move(item, UploadState.FAILED, error=(error.code, error.message))
        )

    def take_back(self, item: UploadItem) -> bool:
        """Remove what was put for a file that ends without a row, or goes elsewhere.

        Returns whether nothing of it is left. One that turns out to have its row is DONE.
        """
        now = self._journal.get(item.id)
        if now is None or now.plan is None:
            return True
        try:
            if self._finished(now, now.plan) is not None:
                return True
            self._store.abandon(now.plan.keys.original)
            for key in now.plan.keys.all:
                self._store.delete(key)
        except MediaError as error:
            # The keys stay in the journal: it is tried again at the next start.
            _LOG.warning("objects of upload %s were not removed: %s", item.id, error.code)
            return False
        self._journal.forget_plan(item.id)
        return True


def _folder(key: str) -> PurePosixPath:
    """What a key says of the place: all but the month and the name."""
    return PurePosixPath(key).parent.parent


def _passes(error: MediaError) -> bool:
    """Whether the same file may go through later, without anybody touching it."""
    return isinstance(error, Transient | Unusable) or error.code == "read_only"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
