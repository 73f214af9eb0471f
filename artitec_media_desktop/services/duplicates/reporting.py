"""What a clean-up of many groups did, media by media."""

from dataclasses import replace

from ...domain.changes import Change, Failure, merged
from ...domain.duplicates import Merge, Outcome, Report, ReportLine
from ...domain.errors import MediaError
from ...domain.media import Media


class Session:
    """Counts while groups are decided; ``change`` is what was written so far."""

    def __init__(self, batch: Change) -> None:
        self.change = batch
        self._numbers: set[int] = set()
        self._lines: list[ReportLine] = []
        self._failed: list[Failure] = []
        self._groups = self._resolved = self._left = 0

    def pass_over(self) -> None:
        """A group that nothing is done to."""
        self._groups += 1
        self._left += 1

    def fail_group(self, error: MediaError) -> None:
        """A group that could not even be looked at."""
        self._failed.append(Failure("", error))
        self._groups += 1

    def fail(self, merge: Merge, error: MediaError) -> None:
        """A group that could not be merged."""
        for each in merge.trashed:
            self._failed.append(Failure(each.public_id, error))
            self._line(each, Outcome.FAILED, error.message)
        self._line(merge.keeper, Outcome.LEFT)
        self._groups += 1

    def add(self, merge: Merge, change: Change | None) -> None:
        """A merge that was carried out, or would be where there is no change."""
        lost = {} if change is None else {each.public_id: each.error for each in change.failed}
        # What was written too has only its old objects left.
        written = set() if change is None else set(change.public_ids)
        if change is not None:
            media = merged([*self.change.media, *change.media])
            self.change = replace(self.change, id=change.id, media=media)
            self._failed += change.failed
        self._line(merge.keeper, Outcome.KEPT, _gained(merge))
        for each in merge.trashed:
            error = lost.get(each.public_id)
            if error is not None and each.public_id not in written:
                self._line(each, Outcome.FAILED, error.message)
            else:
                self._line(each, Outcome.TRASHED, "" if error is None else error.message)
        for each in merge.left:
            last = each.public_id in merge.last
            self._line(each, Outcome.LEFT, "the last one of its place" if last else "elsewhere")
        self._groups += 1
        self._resolved += not merge.is_nothing
        self._left += merge.is_nothing

    def report(self, dry_run: bool) -> Report:
        """All of it."""
        gone = [each for each in self._lines if each.outcome is Outcome.TRASHED]
        return Report(
            resolved=self._resolved,
            trashed=len(gone),
            freed_bytes=sum(each.media.file_size or 0 for each in gone),
            left=self._left,
            failed=tuple(self._failed),
            lines=tuple(self._lines),
            change=None if dry_run or self.change.id is None else self.change,
        )

    def _line(self, media: Media, outcome: Outcome, note: str = "") -> None:
        self._lines.append(ReportLine(self._groups, media, outcome, note))


def _gained(merge: Merge) -> str:
    """What the keeper got, in words for a table."""
    got = [f"tags {', '.join(merge.tags)}"] if merge.tags else []
    got += ["alt text"] if merge.alt_text is not None else []
    got += ["caption"] if merge.caption is not None else []
    got += ["primary role"] if merge.becomes_primary else []
    got += ["order"] if merge.sort_order is not None else []
    got += [f"slot {merge.slot}"] if merge.slot is not None else []
    return f"got {'; '.join(got)}" if got else ""
