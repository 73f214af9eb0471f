"""How far all that moves by itself is, for the status bar, the window's title and the dock."""

from dataclasses import dataclass

from .upload_queue import Batch, UploadQueue


@dataclass(frozen=True, slots=True)
class Overall:
    """``done`` of ``total`` files are through; ``share``, 0 to 1, also counts parts of files."""

    batches: tuple[Batch, ...]
    done: int
    total: int
    share: float

    @property
    def left(self) -> int:
        """How many files are still to be seen to."""
        return self.total - self.done


def moving(queue: UploadQueue) -> int:
    """How many files something will happen to by itself: none that is paused or asks.

    Nor those of another account, which wait until it signs in.
    """
    items = queue.items.values()
    return sum(each.state.is_moving and not queue.waits_for(each) for each in items)


def overall(queue: UploadQueue) -> Overall | None:
    """Sums over the batches that have files under way; None where none has.

    Files of another account are left out: they wait until it signs in.
    """
    batches = tuple(each for each in queue.batches.values() if queue.moving(each))
    if not batches:
        return None
    left = sum(map(queue.moving, batches))
    done = sum(batch.final for batch in batches)
    parts = sum(queue.share(item_id) for item_id in queue.progress)
    return Overall(batches, done, done + left, min(1.0, (done + parts) / (done + left)))
