"""What a person does with uploads: drop, look, cancel, retry, clear."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ..database.journal import Journal
from ..domain.permissions import Action
from ..domain.targets import Target
from ..domain.uploads import (
    WORTH_RETRYING,
    ItemProgress,
    UploadItem,
    UploadOptions,
    UploadState,
)
from ..domain.work import Unwatched, Work
from .access import Access
from .intake import expand
from .pipeline import Outcome, UploadPipeline


class UploadService:
    """The journal, in a person's words; every method may wait for a disk."""

    def __init__(self, journal: Journal, access: Access, pipeline: UploadPipeline) -> None:
        self._journal = journal
        self._access = access
        self._pipeline = pipeline

    def drop(
        self,
        paths: Sequence[str],
        target: Target,
        options: UploadOptions | None = None,
        work: Work | None = None,
    ) -> int:
        """Put files and folders into the journal, one row a file; returns the batch's number.

        From here on nothing is lost. Raises Forbidden.
        """
        self._access.require(Action.UPLOAD, target.entity)
        files = expand(paths, work or Unwatched())
        account = self._access.account.user_id
        return self._journal.add(files, target, options or UploadOptions(), account)

    def items(self, batch: int | None = None) -> list[UploadItem]:
        """The journal, or one batch of it; the newest batch first, in the order of the drop."""
        return self._journal.items(batch)

    def newer(self, revision: int) -> tuple[list[UploadItem], int]:
        """Rows of the journal written since a revision, and the revision now."""
        return self._journal.newer(revision)

    def claim(self) -> UploadItem | None:
        """Take the next file that may be worked on now; None where there is none."""
        return self._journal.claim()

    def work_on(
        self, item: UploadItem, work: Work, report: Callable[[ItemProgress], None]
    ) -> Outcome:
        """Bring a claimed file as far as it gets; see UploadPipeline.run."""
        return self._pipeline.run(item, work, report)

    def recover(self) -> int:
        """Queue again what a process that is gone had taken; see Journal.recover."""
        return self._journal.recover()

    def next_due(self) -> datetime | None:
        """When the next waiting file may be tried; None where none waits."""
        return self._journal.next_due()

    def preview(self, item: UploadItem, pixels: int) -> bytes | None:
        """A small JPEG of a file on its way; None for a video or what can't be read."""
        from ..processing.image import preview

        return preview(item.path, pixels)

    def cancel(self, ids: Sequence[int] | None = None) -> None:
        """Stop files, or all that are not finished; what was sent of them is removed."""
        sentence = ("cancelled", "It was cancelled.")
        for working in self._journal.cancel(ids, sentence):
            self._pipeline.cancel(working)

    def retry_failed(self) -> int:
        """Queue again what failed and could end differently now; returns how many."""
        return self._journal.retry([UploadState.FAILED], sorted(WORTH_RETRYING))

    def hurry(self) -> int:
        """Try at once what waits for a fault to pass; returns how many files."""
        return self._journal.hurry()

    def clear_finished(self) -> tuple[int, ...]:
        """Forget what is finished; returns the numbers of the rows."""
        return self._journal.clear()
