"""The list of the activity: mouse and keys on top of the rows."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ....domain.activity import Activity
from ....domain.entities import Entity
from ...theme import Height
from .delegate import ActivityDelegate
from .model import ActivityModel
from .words import tr

_K = Qt.Key
_OPEN: Final = (_K.Key_Return, _K.Key_Enter)
_ARROWS: Final = (_K.Key_Down, _K.Key_Up, _K.Key_PageDown, _K.Key_PageUp)
#: The next page is asked for this many rows before the last one comes into view.
_AHEAD: Final = 50


class ActivityView(QTableView):
    """A table of one column, because only that adds rows without laying out all others."""

    #: The current entry's media, or its place.
    open_wanted = Signal()
    undo_wanted = Signal()
    #: Entity
    place_wanted = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, rows: ActivityModel, delegate: ActivityDelegate) -> None:
        super().__init__()
        self._rows, self._delegate = rows, delegate
        self._kept: tuple[int, int, int] = (0, 0, 0)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(Height.UPLOAD_ROW)
        self.verticalHeader().setDefaultSectionSize(Height.UPLOAD_ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Activity"))
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())
        rows.answered.connect(self._look_on)
        rows.modelAboutToBeReset.connect(self._remember)
        rows.modelReset.connect(self._take_up)

    def chosen(self) -> Activity | None:
        """The entry that is selected."""
        index = self.currentIndex()
        row = self._rows.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Activity) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ActivityPanel.keys; whatever has other modifiers is not for the row."""
        key, mods = _K(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.isAutoRepeat() and key in (*_OPEN, _K.Key_Z):
            return  # what acts does so once, however long it is held
        if key in _OPEN and not mods:
            self.open_wanted.emit()
        elif key == _K.Key_Z and not mods:
            self.undo_wanted.emit()
        elif key in _ARROWS and not self.currentIndex().isValid():
            self._go(1)  # Qt would try the heading above it, for ever
        elif key in (_K.Key_Home, _K.Key_End) and not mods:
            self._go(1 if key == _K.Key_Home else self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for keys, not for jumping."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The name of a place is a link."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        place = self._place_at(index, event)
        self._point(None if place is None else (index.row(), place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place whose name was clicked."""
        super().mouseReleaseEvent(event)
        place = self._place_at(self.indexAt(event.position().toPoint()), event)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.place_wanted.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._point(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the buttons do, in words; from the keyboard below the current row."""
        if self.chosen() is None:
            return
        point = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            point = self.viewport().mapToGlobal(box.bottomLeft())
        self.menu_wanted.emit(point)

    def _place_at(self, index: QModelIndex, event: QMouseEvent) -> Entity | None:
        if not index.isValid():
            return None
        row, point = self._rows.rows[index.row()], event.position().toPoint()
        return self._delegate.place_at(self.visualRect(index), row, point)

    def _point(self, pointed: tuple[int, Entity] | None) -> None:
        if pointed == self._delegate.pointed:
            return
        self._delegate.pointed = pointed
        shape = Qt.CursorShape.ArrowCursor if pointed is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def _go(self, row: int) -> None:
        if 0 <= row < self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(row))
            self.scrollTo(self._rows.index(0 if row == 1 else row))

    def _look_ahead(self) -> None:
        below = self.indexAt(self.viewport().rect().bottomLeft())
        if not below.isValid() or below.row() >= self._rows.rowCount() - _AHEAD:
            self._rows.load_more()

    def _look_on(self) -> None:
        if self._rows.error is None:  # or what fails would be asked for again at once
            self._look_ahead()

    def _remember(self) -> None:
        """The chosen entry, and the one on top: new ones above must not move what is read."""
        bar = self.verticalScrollBar().value()
        chosen, top = self.chosen(), self.rowAt(0)
        if 0 <= top < len(self._rows.rows) and not isinstance(self._rows.rows[top], Activity):
            top += 1
        first = self._rows.rows[top] if 0 <= top < len(self._rows.rows) else None
        number = first.changes[-1] if isinstance(first, Activity) and bar else 0
        offset = bar - top * Height.UPLOAD_ROW
        self._kept = (0 if chosen is None else chosen.changes[-1], number, offset)

    def _take_up(self) -> None:
        chosen, first, offset = self._kept
        self.updateGeometries()  # or the scroll bar would not reach as far yet
        # By its oldest change: more uploads may have come to it.
        wanted = {each for each in (chosen, first) if each}
        if not wanted:
            return
        for at, row in enumerate(self._rows.rows):
            if isinstance(row, Activity) and not wanted.isdisjoint(row.changes[-1:]):
                wanted.discard(row.changes[-1])
                if row.changes[-1] == chosen:
                    self.setCurrentIndex(self._rows.index(at))
                if row.changes[-1] == first:
                    self.verticalScrollBar().setValue(at * Height.UPLOAD_ROW + offset)
                if not wanted:
                    return
