"""The filmstrip: what is held and what was decided, left to right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ....domain.media import MediaType, ModerationStatus
from ...decoding import in_turn
from ...painting import fill, frame, picture
from ...small_pictures import SmallPictures
from ...theme import Icon, Radius, Space, theme
from ...theme.icons import draw
from .entries import Entries, Entry, Index, Role
from .veil import CLEAR, Veil, veiled_file
from .words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ....bootstrap import App

THUMB: Final = QSize(76, 60)
_RING: Final = 3
_HIGH: Final = THUMB.height() + 2 * Space.L
_BADGE: Final = 20
_EYE: Final = 28
_DIMMED: Final = 0.4
_S: Final = ModerationStatus
#: Icon and ground of the mark of a decision.
_MARKS: Final = {
    _S.APPROVED: ("check-bold", "success"),
    _S.REJECTED: ("x-bold", "danger"),
    _S.FLAGGED: ("flag-fill", "warning"),
    _S.PENDING: ("clock-bold", "info"),
}


class Strip(QListView):
    """Shift- and Ctrl-click select several; keys are the page's."""

    #: Entry: a person clicked on it.
    chosen = Signal(object)
    #: Another number of entries is selected.
    selected = Signal()

    def __init__(self, app: "App", entries: Entries, veil: "Callable[[Entry], Veil]") -> None:
        """``veil`` is what an entry is seen through; asked while painting."""
        super().__init__()
        self._entries = entries
        self._front: Entry | None = None
        self.setModel(entries)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "surface")
        self.setAccessibleName(tr("Queue"))
        self.setFixedHeight(_HIGH)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setViewportMargins(Space.L - Space.XS, 0, 0, 0)
        self._thumbs = SmallPictures(
            app,
            THUMB,
            lambda shown: (shown[0].public_id, shown[1]),
            lambda shown, box: _load(app, shown, box),
            self,
        )
        self._thumbs.arrived.connect(lambda key: entries.touch(entries.find(key[0])))
        self._delegate = StripDelegate(self, self._thumbs, veil)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._clicked)
        selection = self.selectionModel()
        selection.selectionChanged.connect(lambda _on, _off: self.selected.emit())

    @property
    def front(self) -> Entry | None:
        """The one with the ring."""
        return self._front

    def show_front(self, entry: Entry | None) -> None:
        """Move the ring, and keep what comes next in view."""
        entries = self._entries
        for each in (self._front, entry):
            self.update(entries.index(entries.row_of(each)))
        self._front = entry
        row = self._entries.row_of(entry)
        place = self._entries.index(row) if row >= 0 else QModelIndex()
        if not self._is_among_selected(entry):
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(place, flag.ClearAndSelect)
        if row >= 0:
            self._scroll_to(self.visualRect(place))

    def several(self) -> list[Entry]:
        """What is selected where that is more than one."""
        found = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        entries = [self._entries.at(row) for row in found]
        return [each for each in entries if each is not None] if len(found) > 1 else []

    def select_only_front(self) -> None:
        """Drop the selection."""
        flag = QItemSelectionModel.SelectionFlag
        row = self._entries.row_of(self._front)
        place = self._entries.index(row) if row >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(place, flag.ClearAndSelect)

    def select_open(self) -> None:
        """All that are to be decided."""
        self.selectionModel().clearSelection()
        for row in range(self._entries.rowCount()):
            entry = self._entries.at(row)
            if entry is not None and entry.is_open:
                self._add(row)

    def extend(self, by: int) -> None:
        """Select the next one too."""
        row = self.selectionModel().currentIndex().row() + by
        if 0 <= row < self._entries.rowCount():
            self._add(row)
            self._scroll_to(self.visualRect(self._entries.index(row)))

    def forget_misses(self) -> None:
        """Try again what could not be loaded."""
        self._thumbs.forget_misses()
        self.viewport().update()

    def _add(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._entries.index(row), flag.Select)

    def _is_among_selected(self, entry: Entry | None) -> bool:
        return entry is not None and entry in self.several()

    def _clicked(self, place: QModelIndex) -> None:
        entry = self._entries.at(place.row())
        if entry is not None:
            self.chosen.emit(entry)

    def _scroll_to(self, cell: QRect) -> None:
        """Two decided ones are seen before it, the rest is for those that come."""
        bar = self.horizontalScrollBar()
        left = bar.value() + cell.left()
        room = self.viewport().width()
        lead = min(4 * cell.width(), max(0, (room - cell.width()) // 2))
        if not lead <= cell.left() <= room - 2 * cell.width():
            bar.setValue(left - lead)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint these cells anew; a QListView would lay out and paint all of them."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground is painted here, so that scrolling moves what is painted already."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), theme().color("surface"))
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and arrows mean the page."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Any wheel goes along it."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()


class StripDelegate(QStyledItemDelegate):
    """The picture as it may be seen; decided ones are dim and have their mark."""

    def __init__(
        self, strip: Strip, thumbs: SmallPictures, veil: "Callable[[Entry], Veil]"
    ) -> None:
        super().__init__(strip)
        self._strip, self._thumbs, self._veil = strip, thumbs, veil

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return QSize(THUMB.width() + Space.S, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture, mark, ring."""
        entry: Entry = index.data(Role.ENTRY)
        cell = QRect(option.rect)
        corner = QPoint(cell.left() + Space.XS, cell.top() + (cell.height() - THUMB.height()) // 2)
        box = QRect(corner, THUMB)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, box, entry)
        if entry.ruling is not None:
            _paint_mark(painter, box, entry.ruling.status)
        around = QRectF(box).adjusted(-_RING, -_RING, _RING, _RING)
        if entry is self._strip.front:
            frame(painter, around, theme().color("focus"), 2.0, Radius.THUMB + _RING)
        elif option.state & QStyle.StateFlag.State_Selected:
            frame(painter, around, theme().color("accent"), 2.0, Radius.THUMB + _RING)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            frame(painter, around, theme().color("control"), 1.0, Radius.THUMB + _RING)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        veil = self._veil(entry)
        dpr = painter.device().devicePixelRatioF()
        found = self._thumbs.get((entry.item.media, veil), dpr)
        painter.setOpacity(1.0 if entry.ruling is None else _DIMMED)
        if found is None:
            fill(painter, QRectF(box), theme().color("sunken"), Radius.THUMB)
            if not veil.blur:
                draw(painter, box, "image", theme().color("muted"))
        else:
            picture(painter, QRectF(box), found)
        if veil.blur:
            _paint_sign(painter, box, "eye-slash")
        elif entry.item.media.media_type is MediaType.VIDEO:
            _paint_sign(painter, box, "play-fill")
        painter.setOpacity(1.0)


def _paint_sign(painter: QPainter, box: QRect, name: str) -> None:
    square = QRectF(0, 0, _EYE, _EYE)
    square.moveCenter(QRectF(box).center())
    fill(painter, square, theme().color("overlay"), Radius.CONTROL)
    draw(painter, square, name, theme().color("overlay_text"), Icon.ROW)


def _paint_mark(painter: QPainter, box: QRect, status: ModerationStatus) -> None:
    name, ground = _MARKS[status]
    square = QRectF(box.right() - _BADGE - 3, box.bottom() - _BADGE - 3, _BADGE, _BADGE)
    fill(painter, square, theme().color(ground), Radius.THUMB)
    draw(painter, square, name, theme().color("surface"), Icon.BADGE)


def _load(app: "App", shown: tuple[object, Veil], box: QSize) -> bytes | None:
    media, veil = shown
    data = app.library.picture(media, 2 * box.width())  # type: ignore[arg-type]
    if not data or veil == CLEAR:
        return data
    with in_turn():
        return veiled_file(data, veil)
