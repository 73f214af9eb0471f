"""Which rows of the uploads are shown: by state, and not those of a folded batch."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel

from ....domain.uploads import UploadItem, UploadState
from ...upload_queue import Batch, UploadQueue
from .model import Role, UploadsModel


class UploadsFilter(QSortFilterProxyModel):
    """Takes a set of states, or None for all. A heading stays while one of its files would."""

    def __init__(self, queue: UploadQueue) -> None:
        super().__init__()
        self._states: frozenset[UploadState] | None = None
        self._folded: set[int] = set()
        self._queue = queue
        self._model = UploadsModel(queue)
        self.setSourceModel(self._model)

    @property
    def states(self) -> frozenset[UploadState] | None:
        """What is shown now."""
        return self._states

    def show_states(self, states: frozenset[UploadState] | None) -> None:
        """Show only these states, or all."""
        self.beginFilterChange()
        self._states = states
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def all_items(self, batch: Batch) -> list[UploadItem]:
        """The files of a batch, shown or not."""
        return [self._queue.items[item_id] for item_id in batch.ids]

    def shown_items(self, batch: Batch) -> list[UploadItem]:
        """The files of a batch that are in one of the states shown."""
        wanted = self._states
        return [each for each in self.all_items(batch) if wanted is None or each.state in wanted]

    def index_of(self, key: int) -> QModelIndex:
        """Where a file's id or a heading's key is shown; invalid when it is not."""
        row = self._model.row_of(key)
        return self.mapFromSource(self._model.index(row)) if row is not None else QModelIndex()

    def is_folded(self, batch: int) -> bool:
        """Whether only the heading of a batch is shown."""
        return batch in self._folded

    def fold(self, batch: int, folded: bool) -> None:
        """Hide or show the files of a batch."""
        self.beginFilterChange()
        (self._folded.add if folded else self._folded.discard)(batch)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Ask the row's item or batch."""
        index = self.sourceModel().index(row, 0, parent)
        item: UploadItem | None = index.data(Role.ITEM)
        if item is not None:
            shown = self._states is None or item.state in self._states
            return shown and item.batch not in self._folded
        batch: Batch | None = index.data(Role.BATCH)
        if batch is None:
            return False
        return self._states is None or any(batch.counts[state] for state in self._states)
