"""The rows of the trash: read in workers, a page at a time."""

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ....domain.errors import MediaError
from ....domain.permissions import Decision
from ....domain.trash import TrashItem, TrashPage, TrashPlace
from .words import spoken, tooltip

if TYPE_CHECKING:
    from ....bootstrap import App

_PAGE: Final = 100
#: Where everything is asked for: as many rows as are put in without holding up the window.
_MANY: Final = 1_000
_NO: Final = Decision(False)
Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row is asked for."""

    ITEM = Qt.ItemDataRole.UserRole


class TrashModel(QAbstractListModel):
    """``items`` are those read so far, newest deleted first, of ``total`` that the search finds."""

    #: An answer came, or a fault: totals, rights and ``error`` may be new.
    answered = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.items: list[TrashItem] = []
        self.total = self.total_bytes = 0
        self.may_purge = _NO
        self.search = ""
        self.is_loaded = False
        self.error: MediaError | None = None
        self._next: TrashPlace | None = None
        self._shown = ""
        self._asked = 0
        self._is_growing = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as were read."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item, its name, and what is said of it."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Role.ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.media.original_filename
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(item)
        return spoken(item) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def find(self, text: str) -> None:
        """Show what holds these words; the rows stay until the answer is there."""
        if text.split() != self.search.split():
            self.search = text
            self._ask(None, _PAGE)

    def reload(self) -> None:
        """Read as many rows anew as are there."""
        self._ask(None, max(_PAGE, len(self.items)))

    def load_more(self) -> None:
        """Read the next page, unless it is on its way or there is none."""
        if self._next is not None and not self._is_growing:
            self._ask(self._next, _PAGE)

    def load_all(self, on_done: Callable[[], None]) -> None:
        """Read what is left, some at a time."""
        if self._next is None:
            on_done()
        else:
            self._ask(self._next, _MANY, lambda: self.load_all(on_done))

    def _ask(
        self, after: TrashPlace | None, limit: int, on_done: Callable[[], None] | None = None
    ) -> None:
        self._asked += 1
        number, search = self._asked, self.search
        self._is_growing = after is not None

        def arrived(page: TrashPage) -> None:
            if number != self._asked:
                return  # a later question was asked meanwhile
            self._take(page, after)
            if on_done is not None:
                on_done()

        def failed(error: MediaError) -> None:
            if number == self._asked:
                self._fail(error)

        self._app.runner.run(
            lambda _: self._app.trash_listing.page(search, limit, after), arrived, failed
        )

    def _fail(self, error: MediaError) -> None:
        """The rows stay, unless they are those of another search."""
        self._is_growing = False
        self.error = error
        if self._shown != self.search:
            self._replace([])
            self.total = self.total_bytes = 0
            self._next = None
        self.answered.emit()

    def _replace(self, items: list[TrashItem]) -> None:
        self._shown = self.search
        if items != self.items:
            self.beginResetModel()
            self.items = items
            self.endResetModel()

    def _take(self, page: TrashPage, after: TrashPlace | None) -> None:
        self._is_growing = False
        self.is_loaded, self.error = True, None
        self._next = page.next
        self.total, self.total_bytes = page.total, page.total_bytes
        self.may_purge = page.may_purge
        if after is not None and page.items:
            last = len(self.items)
            self.beginInsertRows(QModelIndex(), last, last + len(page.items) - 1)
            self.items += page.items
            self.endInsertRows()
        elif after is None:
            self._replace(list(page.items))
        self.answered.emit()
