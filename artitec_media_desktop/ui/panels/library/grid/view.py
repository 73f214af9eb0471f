"""The grid: pictures of what is in view, zoom, hover, rubber band."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from .....domain import right_of_way
from ....painting import frame
from ....theme import theme
from ....theme.tokens import Cell
from ....widgets import Sharpness
from ..pixmap_cache import Miss
from ..thumbnails import Thumbnails
from ..words import tr
from .alt_in_place import AltInPlace
from .cell_view import RING, Index
from .delegate import GridDelegate
from .drag_view import DragView
from .keys import Difference, Runs, runs_in
from .layout import GridLayout
from .model import GridModel, State
from .place import GridPlace

_OWNER: Final = "grid"
#: What acts does so once, however long it is held.
_ONCE: Final = frozenset(
    {
        Qt.Key.Key_X,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_F2,
        Qt.Key.Key_E,
        Qt.Key.Key_Escape,
    }
)
#: Sizes are asked for once the slider rests.
_ZOOM_SETTLES_MS: Final = 120
#: Screens ahead of the one in view whose pictures are read too.
_AHEAD: Final = 1
#: A selection in more pieces than this is given up when the rows start afresh.
_MANY_RUNS: Final = 10_000


class GridView(DragView):
    """Click, Shift, Ctrl, rubber band and keys select; Ctrl and + − 0 zoom."""

    #: The width of a thumbnail in pixels.
    zoomed = Signal(int)
    selection_changed = Signal()
    #: The key of a media: Space, Enter or a double click.
    opened = Signal(int)
    #: Where, in the view's viewport.
    menu_wanted = Signal(QPoint)

    def __init__(
        self, model: GridModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._hovered: int | None = None
        self._pressed = QPoint()
        #: Whether the mouse went down on a picture: moving drags it, elsewhere a band is drawn.
        self._on_cell = False
        self._at_edge = False
        #: In pixels of the content, so that it stays in its place while the grid scrolls.
        self._band_start = QPoint()
        self._band: QRect | None = None
        #: What was selected and current before the rows change.
        self._were: tuple[Runs, int] = [], -1
        #: To be selected as soon as they are here.
        self._wished: Sequence[int] = ()
        self._place = GridPlace(self, model)
        self._delegate = GridDelegate(model, self._pixmap)
        self.alt_text = AltInPlace(self, model)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.timeout.connect(self._ask_for_pictures)
        self.setAccessibleName(tr("Photos"))
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self.setModel(model)
        model.rows_about_to_change.connect(self._keep_place)
        model.renumbered.connect(self._select_again)
        model.rows_changed.connect(self._find_place)
        model.turned.connect(self.scrollToTop)
        model.state_changed.connect(self._refresh)
        thumbnails.arrived.connect(self._arrived)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._ask_soon())
        self.doubleClicked.connect(self._open)
        Sharpness(self, self._ask_soon)

    @property
    def zoom(self) -> int:
        """The width of a thumbnail."""
        return self._zoom

    def set_zoom(self, width: int) -> None:
        """Make thumbnails that wide, in the steps there are; one stays where it is in view."""
        width = min(Cell.MAX, max(Cell.MIN, round(width / Cell.STEP) * Cell.STEP))
        if width == self._zoom:
            return
        self._zoom = width
        self._place.lay_out(self.viewport().height() // 2)
        self.zoomed.emit(width)
        self._ask.start(_ZOOM_SETTLES_MS)

    def selected_runs(self) -> Runs:
        """The selected rows, in order."""
        chosen = self.selectionModel().selection().toList()
        return sorted((run.top(), run.bottom()) for run in chosen)

    def selected_keys(self) -> Sequence[int]:
        """The keys of the selected media, in order: a list, of more than 10,000 an ``array``."""
        return self._model.keys_of(self.selected_runs())

    # ---- selecting

    def go_on(self) -> None:
        """Have the next media behind those that are selected, else the one before, as current."""
        runs, count = self.selected_runs(), len(self._model)
        if not runs:
            return
        chosen, row = self.selectionModel().isRowSelected, runs[-1][1] + 1
        if row >= count:
            row = next((each for each in range(count - 1, -1, -1) if not chosen(each)), -1)
        if row < 0:
            self.selectionModel().clear()
            return
        self.setCurrentIndex(self._model.index(row))

    def select_keys(self, keys: Sequence[int]) -> None:
        """Select these media and go there, as soon as they are here."""
        self._wished = keys
        self._select_wished()

    def _select_wished(self) -> None:
        rows = [row for row in map(self._model.row_of, self._wished) if row is not None]
        if not rows:
            return
        self._wished = ()
        flags, chosen = QItemSelectionModel.SelectionFlag, QItemSelection()
        for first, last in runs_in(rows):
            chosen.select(self._model.index(first), self._model.index(last))
        self.selectionModel().setCurrentIndex(self._model.index(min(rows)), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self.scrollTo(self.currentIndex())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say so."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where a rubber band would begin."""
        self._banding = self._at_edge = False
        self._pressed = event.position().toPoint()
        self._band_start = self._pressed + QPoint(0, self.verticalOffset())
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        )
        self._on_cell = plain and self.indexAt(self._pressed).isValid()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the band, and know which cell is hovered."""
        position = event.position().toPoint()
        self._hover(self.indexAt(position))
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        moved = (position - self._pressed).manhattanLength()
        if not self._banding and moved < QApplication.startDragDistance():
            return  # a click of an unsteady hand
        if self._on_cell:
            self._on_cell = False
            self._drag_selected()
            return
        self._banding = True
        margin = self.autoScrollMargin()
        at_edge = not margin <= position.y() < self.viewport().height() - margin
        if at_edge and not self._at_edge:
            self.startAutoScroll()  # ever faster; it sends the mouse here as it goes
        self._at_edge = at_edge
        super().mouseMoveEvent(event)
        offset = QPoint(0, self.verticalOffset())
        self._band = QRect(self._band_start, position + offset).normalized()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The band is done."""
        super().mouseReleaseEvent(event)
        self._banding = False
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def _drag_selected(self) -> None:
        index = self.indexAt(self._pressed)
        if not index.isValid() or not self.selectionModel().isSelected(index):
            return
        picture = self._pixmap(self._model.key_at(index.row()))
        keys = self.selected_keys()
        self.setState(self.State.NoState)
        self.begin_drag(keys, picture if isinstance(picture, QPixmap) else None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the mouse; by the keyboard, at the current cell."""
        current = self.visualRect(self.currentIndex())
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(current.center() if by_key and current.isValid() else event.pos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is hovered when the mouse has left."""
        if event.type() is QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        key = self._model.key_at(index.row()) if index.isValid() else None
        if key != self._hovered:
            before, self._hovered = self._hovered, key
            self._arrived(each for each in (before, key) if each is not None)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle, open; the rest is QAbstractItemView's."""
        key, current, plain = event.key(), self.currentIndex(), not event.modifiers()
        if event.isAutoRepeat() and key in _ONCE:
            return
        if key == Qt.Key.Key_X and plain and current.isValid():
            self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.Toggle)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (key == Qt.Key.Key_Space and plain):
            self._open(current)
        elif plain and key in (Qt.Key.Key_F2, Qt.Key.Key_E):
            self.alt_text.begin()
        elif key == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (Cell.STEP if event.angleDelta().y() > 0 else -Cell.STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def activate(self, index: Index) -> None:
        """Open what is there."""
        self._open(index)

    def _open(self, index: Index) -> None:
        if index.isValid() and self._model.key_at(index.row()) > 0:
            self.opened.emit(self._model.key_at(index.row()))

    # ---- what is in view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns, other pictures in view."""
        self._place.lay_out()
        super().resizeEvent(event)
        self.updateGeometries()
        self._ask_soon()

    def _refresh(self) -> None:
        self.updateGeometries()
        self._ask_soon()

    def _ask_soon(self) -> None:
        if not self._ask.isActive():
            self._ask.start(0)

    @right_of_way.first
    def _ask_for_pictures(self) -> None:
        self.alt_text.place()
        first, last = self.in_view()
        ahead_first, ahead_last = self.in_view(_AHEAD)
        self._model.need((first, last), (last + 1, ahead_last), (ahead_first, first - 1))
        rows = (
            *self._model.items_between(first, last),
            *self._model.items_between(last + 1, ahead_last),
            *self._model.items_between(ahead_first, first - 1),
        )
        self._thumbnails.want(_OWNER, rows, self._pixels())

    def _pixels(self) -> int:
        return round(self._zoom * self.devicePixelRatioF())

    def _pixmap(self, key: int) -> QPixmap | Miss | None:
        return self._thumbnails.get(key, self._pixels())

    @right_of_way.first
    def _arrived(self, keys: Iterable[int]) -> None:
        # Qt gathers what is to be painted, and paints it once.
        for row in map(self._model.row_of, keys):
            if row is not None:
                self.viewport().update(self.visualRect(self._model.index(row)))

    def _keep_place(self) -> None:
        self._were = self.selected_runs(), self.currentIndex().row()
        self._place.keep()

    def _select_again(self, difference: Difference) -> None:
        """The rows started afresh: select what was selected."""
        (runs, current), self._were = self._were, ([], -1)
        followed = difference.followed(runs) if runs else []
        if len(followed) > _MANY_RUNS:
            return  # scattered all over a long list
        index, selection = self._model.index, QItemSelection()
        for first, last in followed:
            selection.select(index(first), index(last))
        flags = QItemSelectionModel.SelectionFlag
        if 0 <= current < len(difference.moved) and difference.moved[current] >= 0:
            row = index(int(difference.moved[current]))
            self.selectionModel().setCurrentIndex(row, flags.NoUpdate)
        self.selectionModel().select(selection, flags.Select)

    def _find_place(self) -> None:
        self._place.find()
        self._select_wished()
        self._ask_soon()

    # ---- painting

    @right_of_way.first
    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells in view; while the first answer is awaited, empty ones."""
        painter = QPainter(self.viewport())
        if self._model.state is State.LOADING and not self._model.rowCount():
            self._paint_loading(painter)
            return
        area = event.rect().adjusted(0, -RING, 0, RING)
        top = self.verticalOffset()
        grid, region = self.grid, event.region()
        first, last = grid.between(area.top() + top, area.bottom() + top)
        selection, focused = self.selectionModel(), self.hasFocus()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        base = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        current = self.currentIndex()
        for row in range(first, last + 1):
            option.rect = grid.rect(row).translated(0, -top)
            if not region.intersects(option.rect.adjusted(-RING, -RING, RING, RING)):
                continue
            index = self._model.index(row)
            option.state = base
            if selection.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if focused and index == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            if self._band is None and self._model.key_at(row) == self._hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self._delegate.paint(painter, option, index)
        if self._band is not None:
            self._paint_band(painter, QRectF(self._band.translated(0, -top)))
        self.paint_mark(painter)

    def _paint_loading(self, painter: QPainter) -> None:
        grid = GridLayout(self._zoom, self.viewport().width(), 10_000)
        for row in range(grid.between(0, self.viewport().height())[1] + 1):
            self._delegate.paint_loading(painter, grid.rect(row))

    def _paint_band(self, painter: QPainter, band: QRectF) -> None:
        veil = QColor(theme().color("accent"))
        veil.setAlphaF(0.12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(band, veil)
        frame(painter, band, theme().color("accent"), 1.0, 2.0)
