"""Of a group of more than two: a strip of all of them."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.media import Media
from ...small_pictures import SmallPictures
from ...theme import Radius, Space, theme
from ...theme.icons import draw
from ...widgets import menu
from .heads import Fate, draw_fate, fate_word
from .words import tr

if TYPE_CHECKING:
    from .reading import Case

THUMB: Final = QSize(64, 48)
_CELL: Final = QSize(72, 56)
_MARK: Final = 20
_FATE: Final = Qt.ItemDataRole.UserRole + 1
_MEDIA: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class MemberModel(QAbstractListModel):
    """The media of a case with what becomes of each; the keeper first."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self._trash: frozenset[int] = frozenset()

    def show_case(self, case: "Case | None") -> None:
        """Another group, or the same with other choices."""
        same = (
            case is not None
            and self.case is not None
            and [each.id for each in case.media] == [each.id for each in self.case.media]
        )
        if not same:
            self.beginResetModel()
        self.case = case
        self._trash = frozenset() if case is None else frozenset(e.id for e in case.merge.trashed)
        if not same:
            self.endResetModel()
        elif self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as are still there."""
        return 0 if parent.isValid() or self.case is None else len(self.case.media)

    def media(self, row: int) -> Media:
        """The media of a row."""
        assert self.case is not None  # noqa: S101  # there are no rows without one
        return self.case.media[row]

    def fate(self, media: Media) -> Fate:
        """What accepting does to one of them."""
        if self.case is not None and media.id == self.case.merge.keeper.id:
            return Fate.KEEP
        return Fate.TRASH if media.id in self._trash else Fate.STAY

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The media, its fate, and what is said of it."""
        if not index.isValid():
            return None
        media = self.media(index.row())
        if role == _MEDIA:
            return media
        if role == _FATE:
            return self.fate(media)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{media.original_filename}: {fate_word(self.fate(media))}"
        return None


class Members(QListView):
    """Choose which one is compared; a menu or T says what becomes of it."""

    #: The row that is to be compared with the keeper.
    compared = Signal(int)
    #: Media: is to stay, or to go.
    toggled = Signal(object)
    #: Media: is to be kept.
    kept = Signal(object)

    def __init__(self, thumbs: SmallPictures) -> None:
        super().__init__()
        self.rows = MemberModel()
        self.setModel(self.rows)
        self.setItemDelegate(MemberDelegate(thumbs))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setViewportMargins(Space.M, 0, Space.M, 0)
        self.setFixedHeight(_CELL.height() + 2 * Space.S)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("All of this group"))
        self.selectionModel().currentChanged.connect(self._changed)
        thumbs.arrived.connect(lambda _key: self.viewport().update())

    def show_case(self, case: "Case | None", row: int) -> None:
        """Show a group with one of it compared; a group of two needs no strip."""
        self.rows.show_case(case)
        self.setVisible(self.rows.rowCount() > 2)
        index = self.rows.index(row)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(False)
        self.scrollTo(index)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose; T says whether it goes; the rest is for the page."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """For the page."""
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let it stay or go."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.toggled.emit(self.rows.media(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What may become of it."""
        index = self.indexAt(event.pos()) if event.pos() is not None else self.currentIndex()
        index = index if index.isValid() else self.currentIndex()
        if not index.isValid():
            return
        media = self.rows.media(index.row())
        fate = self.rows.fate(media)
        made = menu(self)
        keep: QAction = made.addAction(tr("Keep this one"), lambda: self.kept.emit(media))
        keep.setEnabled(fate is not Fate.KEEP)
        words = tr("Let it stay") if fate is Fate.TRASH else tr("Move it to the trash")
        toggle: QAction = made.addAction(words, lambda: self.toggled.emit(media))
        toggle.setEnabled(fate is not Fate.KEEP)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(event.globalPos())

    def _changed(self, now: QModelIndex) -> None:
        if now.isValid():
            self.compared.emit(now.row())


class MemberDelegate(QStyledItemDelegate):
    """A small picture with a mark of what becomes of it."""

    def __init__(self, thumbs: SmallPictures) -> None:
        super().__init__()
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture, mark, and an edge around the one that is compared."""
        media: Media = index.data(_MEDIA)
        fate: Fate = index.data(_FATE)
        cell = QRect(option.rect)
        corner = QPoint(
            cell.left() + (cell.width() - THUMB.width()) // 2,
            cell.top() + (cell.height() - THUMB.height()) // 2,
        )
        box = QRect(corner, THUMB)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = self._thumbs.get(media, painter.device().devicePixelRatioF())
        painter.fillPath(outline, theme().color("sunken"))
        if picture is None:
            draw(painter, box, "image", theme().color("muted"))
        else:
            painter.setClipPath(outline)
            painter.setOpacity(1.0 if fate is not Fate.TRASH else 0.7)
            painter.drawPixmap(box, picture)
            painter.setOpacity(1.0)
            painter.setClipping(False)
        mark = QRect(box.right() - _MARK - 1, box.top() + 3, _MARK, _MARK)
        draw_fate(painter, mark, fate, words=False)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(box).adjusted(-2, -2, 2, 2), Radius.THUMB + 1, Radius.THUMB + 1
            )
        painter.restore()
