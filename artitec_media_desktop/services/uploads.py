"""What a person does with uploads: drop, place, describe, pause, order, decide, retry, cancel."""

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from ..database.journal import Journal, Seen
from ..database.journal_requests import JournalRequests
from ..domain.permissions import Action
from ..domain.targets import Target
from ..domain.uploads import (
    CANCELLED,
    FINAL,
    WORTH_RETRYING,
    Description,
    ItemProgress,
    OnDuplicate,
    UploadItem,
    UploadOptions,
    UploadState,
)
from ..domain.work import Unwatched, Work
from .access import Access
from .intake import expand
from .pipeline import Outcome, UploadPipeline

_LEFT_OUT = ("left_out", "It looks like a picture that is here already, and was left out.")
_UNSETTLED = frozenset(UploadState) - FINAL

_PASTED_SECONDS: Final = 24 * 3600.0

Ids = Collection[int] | None


class UploadService:
    """The journal, in a person's words; every method may wait for a disk. ``ids`` None: all."""

    def __init__(
        self,
        journal: Journal,
        requests: JournalRequests,
        access: Access,
        pipeline: UploadPipeline,
    ) -> None:
        self._journal = journal
        self._requests = requests
        self._access = access
        self._pipeline = pipeline

    def drop(
        self,
        paths: Sequence[str],
        target: Target | None,
        options: UploadOptions | None = None,
        work: Work | None = None,
        *,
        first: bool = False,
    ) -> int:
        """Put files and folders into the journal, one row a file; returns the batch's number.

        From here on nothing is lost. Without a target they wait to be placed. ``first``: they are
        taken before all that waits now. Raises Forbidden.
        """
        if target is not None:
            self._access.require(Action.UPLOAD, target.entity)
        files = expand(paths, work or Unwatched())
        account = self._access.account.user_id
        wanted = options or UploadOptions()
        return self._journal.add(files, target, wanted, account, first=first)

    def items(self, batch: int | None = None) -> list[UploadItem]:
        """The journal, or one batch of it; the newest batch first, in the order of the drop."""
        return self._journal.items(batch)

    def newer(self, after: Seen, limit: int) -> tuple[list[UploadItem], Seen]:
        """Some rows of the journal written after what was seen, and what is seen now.

        What somebody wants of a file that is worked on here, in whichever window, is seen to.
        """
        items, seen = self._journal.newer(after, limit)
        for item in items:
            if item.state is UploadState.WORKING:
                self._pipeline.stop(item.id, item.wish is not None)
        return items, seen

    def claim(self) -> UploadItem | None:
        """Take the next file of this account that may be worked on now; None for none."""
        item = self._journal.claim(self._access.account.user_id)
        if item is not None:
            self._pipeline.stop(item.id, False)  # what is left of an earlier life
        return item

    def work_on(
        self, item: UploadItem, work: Work, report: Callable[[ItemProgress], None]
    ) -> Outcome:
        """Bring a claimed file as far as it gets; see UploadPipeline.run."""
        return self._pipeline.run(item, work, report)

    def recover(self) -> int:
        """Queue again what a process that is gone had taken; see Journal.recover.

        What it left of files that ended without a media is removed.
        """
        count = self._journal.recover(self._pipeline.suspects())
        self._take_back(None)
        return count

    def next_due(self) -> datetime | None:
        """When the next waiting file may be tried; None where none waits."""
        return self._journal.next_due(self._access.account.user_id)

    def preview(self, item: UploadItem, pixels: int) -> bytes | None:
        """A small JPEG of a file on its way; see UploadPipeline.preview."""
        return self._pipeline.preview(item, pixels)

    def place(self, ids: Collection[int], target: Target) -> int:
        """Let files that wait or have failed go to another place; returns their batch's number.

        What is being worked on stays where it is. What was sent to the former place is removed
        when the file's turn comes. Raises Forbidden.
        """
        self._access.require(Action.UPLOAD, target.entity)
        return self._requests.place(ids, target)

    def describe(self, ids: Collection[int], description: Description) -> None:
        """Change what is written with files; of those that are media by now it is an edit."""
        for public_id in self._requests.describe(ids, description.onto):
            self._pipeline.describing.write(public_id, description)

    def pause(self, ids: Ids = None) -> None:
        """Let files rest; what is being sent stops, and goes on from there later."""
        before = {UploadState.QUEUED, UploadState.WORKING}
        for item_id in self._requests.turn(before, UploadState.PAUSED, ids):
            self._pipeline.stop(item_id, True)

    def resume(self, ids: Ids = None) -> None:
        """Let paused files go on."""
        before = {UploadState.PAUSED, UploadState.WORKING}
        for item_id in self._requests.turn(before, UploadState.QUEUED, ids):
            self._pipeline.stop(item_id, False)

    def reorder(self, ids: Sequence[int], before: int | None) -> None:
        """Take files right before another one that waits, or last."""
        self._requests.reorder(ids, before)

    def decide(self, ids: Collection[int], on_duplicate: OnDuplicate) -> None:
        """Say what happens to files that look like media of the library: SKIP, KEEP, REPLACE."""
        if on_duplicate is OnDuplicate.SKIP:
            self._requests.turn({UploadState.ASKING}, UploadState.DUPLICATE, ids, _LEFT_OUT)
        else:
            self._requests.decide(ids, on_duplicate)

    def cancel(self, ids: Ids = None) -> None:
        """Stop files that are not settled; what was sent of them is removed."""
        for item_id in self._requests.turn(_UNSETTLED, UploadState.SKIPPED, ids, CANCELLED):
            self._pipeline.stop(item_id, True)
        self._take_back(ids)

    def retry_failed(self, ids: Ids = None) -> int:
        """Queue again what failed and could end differently now; returns how many."""
        return self._requests.retry(WORTH_RETRYING, ids)

    def hurry(self) -> int:
        """Try at once what waits for a fault to pass; returns how many files."""
        return self._requests.hurry()

    def clear_finished(self) -> tuple[int, ...]:
        """Forget what is finished; returns the numbers of the rows."""
        return self._requests.clear()

    def clear_pasted(self, folder: Path) -> int:
        """Remove pictures that were saved in a folder to be uploaded, and are; returns how many.

        What is younger than a day stays, and what a file that waits or failed is to be read from.
        """
        before = time.time() - _PASTED_SECONDS
        old = [path for path in folder.rglob("*") if _is_older(path, before)]
        if not old:
            return 0
        needed = {
            item.path
            for item in self._journal.items()
            if not item.state.is_final or item.state is UploadState.FAILED
        }
        removed = 0
        for path in reversed(old):  # what is in a folder before the folder
            with suppress(OSError):  # a folder that is not empty; a disk that does not answer
                if path.is_dir():
                    path.rmdir()
                elif str(path) not in needed:
                    path.unlink()
                    removed += 1
        return removed

    def _take_back(self, ids: Ids) -> None:
        """Remove what was sent of files that ended without a media.

        Where the first can't be, the others wait for the next start: the store may be gone.
        """
        for item in self._journal.unfinished(ids):
            if not self._pipeline.take_back(item):
                break


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.lstat().st_mtime < before
    except OSError:
        return False
