"""What is said about uploads, in words; the same on the page, in the status bar and in toasts."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from ..domain.limits import KB, MB, size_text
from ..domain.uploads import UploadItem, UploadState
from .upload_queue import Batch, UploadQueue


def tr(text: str) -> str:
    """Translate a text of the uploads."""
    return QCoreApplication.translate("Uploads", text)


def number(count: int) -> str:
    """A number with the separators of the person's language."""
    return QLocale().toString(count)


def files(count: int) -> str:
    """``1 file``, ``60 files``."""
    text = tr("{count} file") if count == 1 else tr("{count} files")
    return text.format(count=number(count))


def of_size(done: int, total: int) -> str:
    """``214 of 498 MB``."""
    unit, divisor = ("MB", MB) if total >= MB else ("KB", KB)
    return tr("{done} of {total} {unit}").format(
        done=round(done / divisor), total=round(total / divisor), unit=unit
    )


def speed(bytes_per_second: float) -> str:
    """``6.2 MB/s``; empty when nothing moves."""
    return f"{size_text(round(bytes_per_second))}/s" if bytes_per_second >= 1 else ""


def time_left(seconds: float | None) -> str:
    """``About 1 min left``; empty when nobody knows."""
    if seconds is None:
        return ""
    if seconds < 45:
        return tr("Less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return tr("About {count} min left").format(count=max(1, minutes))
    return tr("About {count} hours left").format(count=round(minutes / 60))


def clock_time(moment: datetime | None, today: datetime | None = None) -> str:
    """``2:06 PM``, with the day in front unless it is today; in local time."""
    if moment is None:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    local = aware.astimezone()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == (today or datetime.now().astimezone()).date():
        return time
    return f"{local:%b} {local.day}, {time}"


def problem(item: UploadItem) -> str:
    """The whole sentence about a file that failed."""
    return item.error[1] if item.error else tr("Something went wrong.")


def summary(queue: UploadQueue, batch: Batch) -> str:
    """A batch in words; see UploadQueue.summary."""
    return queue.summary(batch)


def batch_title(queue: UploadQueue, batch: Batch) -> str:
    """Where a batch goes: its place, when all of it goes to one."""
    if batch.is_unplaced:
        return tr("Choose a place")
    items = [queue.items[batch.ids[0]], queue.items[batch.ids[-1]]]
    first, last = (queue.place(item) for item in items)
    return first if first == last else tr("{place} and other places").format(place=first)


def state_text(queue: UploadQueue, item: UploadItem) -> str:
    """What is going on with one file."""
    if item.state is UploadState.FAILED:
        return problem(item)
    if item.state is UploadState.WORKING:
        return _working(queue, item)
    if item.state is UploadState.QUEUED:
        return _waiting(queue, item)
    if item.state is UploadState.SKIPPED:
        return problem(item) if item.error else item.note or tr("Left out")
    words = {
        UploadState.DUPLICATE: tr("Already here"),
        UploadState.UNPLACED: tr("Waits for a place"),
        UploadState.PAUSED: tr("Paused"),
        UploadState.ASKING: tr("Looks like a picture that is here"),
    }
    return words.get(item.state) or tr("Added")


def _waiting(queue: UploadQueue, item: UploadItem) -> str:
    if account := queue.waits_for(item):
        return tr("Waits until {name} signs in").format(name=account)
    return tr("Waiting to try again") if item.attempts else tr("Waiting")


def _working(queue: UploadQueue, item: UploadItem) -> str:
    if item.wish is UploadState.PAUSED:
        return tr("Pausing")
    if item.wish is UploadState.SKIPPED:
        return tr("Cancelling")
    progress = queue.progress.get(item.id)
    stage = progress.stage if progress else "checking"
    words = {
        "checking": tr("Checking"),
        "making": tr("Making smaller sizes"),
        "saving": tr("Saving"),
    }
    return words.get(stage) or f"{round(queue.share(item.id) * 100)}%"


def remark(item: UploadItem) -> str:
    """What else a person should know: the look-alike, or the pipeline's note."""
    parts = []
    if item.duplicate_of and item.state is not UploadState.ASKING:
        if item.distance:
            parts.append(tr("Looks like {id}").format(id=item.duplicate_of))
        else:
            parts.append(tr("The same file as {id}").format(id=item.duplicate_of))
    if item.note and item.state is not UploadState.SKIPPED:
        parts.append(item.note)
    return ". ".join(part.rstrip(".") for part in parts)


def spoken(queue: UploadQueue, item: UploadItem) -> str:
    """A row as a screen reader says it."""
    size = size_text(item.size) if item.size is not None else ""
    parts = [item.name, queue.place(item), size, state_text(queue, item), remark(item)]
    return ", ".join(part for part in parts if part)
