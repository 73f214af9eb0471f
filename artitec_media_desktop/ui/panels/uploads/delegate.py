"""Paints a row of the uploads: a file, or the heading of a batch."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.limits import BY_EXTENSION, size_text
from ....domain.media import MediaType
from ....domain.uploads import UploadItem, UploadState
from ...entity_icons import ENTITY_ICONS
from ...small_pictures import SmallPictures
from ...theme import Height, Icon, Radius, Space, font, theme
from ...theme.icons import draw
from ...upload_queue import Batch, UploadQueue
from ...upload_words import (
    batch_title,
    clock_time,
    files,
    remark,
    speed,
    state_text,
    summary,
    tr,
)
from ...widgets import draw_track
from .actions import RowAction, action_rects, actions_of
from .columns import columns
from .model import UploadsModel, heading_key
from .suggestions import Suggestions

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_TRACK_WIDE = 160
#: Icon and token of a state that is more than words.
_STATE_LOOKS = {
    UploadState.UNPLACED: ("map-pin", "warning"),
    UploadState.PAUSED: ("pause", "muted"),
    UploadState.ASKING: ("copy-simple-fill", "warning"),
    UploadState.FAILED: ("warning-circle-fill", "danger"),
    UploadState.DUPLICATE: ("copy-simple-fill", "warning"),
    UploadState.DONE: ("check-circle-fill", "success"),
}
Index = QModelIndex | QPersistentModelIndex


class UploadsDelegate(QStyledItemDelegate):
    """Rows of 44. ``hovered_action`` is the (id, action) under the mouse, set by the view."""

    def __init__(
        self,
        queue: UploadQueue,
        previews: SmallPictures,
        rows: UploadsModel,
        suggestions: Suggestions,
    ) -> None:
        super().__init__()
        self._queue = queue
        self._suggestions = suggestions
        self._rows = rows
        self._previews = previews
        self.hovered_action: tuple[int, str] | None = None

    def actions(self, index: Index) -> tuple[RowAction, ...]:
        """The buttons of a row."""
        return self._actions(*self._rows.at(index.row()))

    def _actions(self, item: UploadItem | None, batch: Batch | None) -> tuple[RowAction, ...]:
        heading = item is None and batch is not None
        offer = self._suggestions.offer(batch) if heading and batch is not None else ""
        return actions_of(item, batch, offer)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        return QSize(0, Height.UPLOAD_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, content, hairline, and the ring around the current row.

        Each call into Qt may have to wait for Python's lock afterwards: the fewer the better.
        """
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item, batch = self._rows.at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(row, theme().color(_ground(state, heading=item is None)))
        painter.fillRect(row.left(), row.bottom(), row.width(), 1, theme().color("border"))
        actions = self._actions(item, batch)
        rects = action_rects(row, actions)
        end = rects[0].left() - Space.S if rects else columns(row).actions.right()
        if item is not None:
            self._paint_file(painter, row, item, end)
        elif batch is not None:
            self._paint_heading(painter, row, batch, end)
        key = item.id if item is not None else heading_key(batch.id) if batch else 0
        for action, box in zip(actions, rects, strict=True):
            _paint_action(painter, box, action, self.hovered_action == (key, action.name))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_file(self, painter: QPainter, row: QRect, item: UploadItem, end: int) -> None:
        at = columns(row)
        self._paint_preview(painter, at.thumb, item)
        _text(painter, at.name, item.name, mode=Qt.TextElideMode.ElideMiddle)
        suggested = self._suggestions.of_file(item.id) if item.place is None else None
        if suggested is not None:
            _text(painter, at.place, f"{self._suggestions.place(suggested)}?", ink="accent")
        elif item.place is not None:
            _text(painter, at.place, self._queue.place(item), ink="muted")
        if item.size is not None:
            _text(painter, at.size, size_text(item.size), ink="muted", align=_RIGHT)
        if item.state is UploadState.WORKING:
            self._paint_progress(painter, at.state, item)
            progress = self._queue.progress.get(item.id)
            if progress is not None:
                _text(painter, at.speed, speed(progress.bytes_per_second), ink="muted")
        else:
            box = at.state.united(at.speed)
            box.setRight(min(box.right(), end) if end < at.actions.left() else box.right())
            self._paint_state(painter, box, item)

    def _paint_preview(self, painter: QPainter, box: QRect, item: UploadItem) -> None:
        picture = self._previews.get(item, painter.device().devicePixelRatioF())
        if picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("sunken"))
            painter.drawRoundedRect(box, Radius.THUMB, Radius.THUMB)
            draw(painter, box, _kind_icon(item), theme().color("muted"))
            return
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
        painter.save()
        painter.setClipPath(outline)
        painter.drawPixmap(box, picture)
        painter.restore()

    def _paint_progress(self, painter: QPainter, box: QRect, item: UploadItem) -> None:
        wide = min(_TRACK_WIDE, box.width() // 2)
        track = QRect(box.left(), box.top(), wide, box.height())
        draw_track(painter, track, self._queue.share(item.id))
        words = box.adjusted(wide + Space.M, 0, 0, 0)
        _text(painter, words, state_text(self._queue, item), role="small")

    def _paint_state(self, painter: QPainter, box: QRect, item: UploadItem) -> None:
        look = _STATE_LOOKS.get(item.state)
        if look is not None:
            icon_name, ink = look
            square = QRect(box.left(), box.top(), Icon.ROW, box.height())
            draw(painter, square, icon_name, theme().color(ink))
            box = box.adjusted(Icon.ROW + Space.S, 0, 0, 0)
        else:
            ink = "muted"
        ink = "text" if item.state is UploadState.DONE else ink
        used = _text(painter, box, state_text(self._queue, item), ink=ink)
        more = remark(item)
        if more:
            rest = box.adjusted(used + Space.S, 0, 0, 0)
            _text(painter, rest, more, role="small", ink="muted")

    def _paint_heading(self, painter: QPainter, row: QRect, batch: Batch, end: int) -> None:
        at = columns(row)
        folded = self._rows.is_folded(batch.id)
        first = self._queue.items[batch.ids[0]]
        caret = QRect(at.thumb.left(), row.top(), Icon.BADGE, row.height())
        arrow = "caret-right" if folded else "caret-down"
        draw(painter, caret, arrow, theme().color("muted"), Icon.BADGE)
        kind = caret.translated(Icon.BADGE + Space.S, 0)
        kind.setWidth(Icon.ROW)
        lost = first.place is None or batch.is_unplaced
        icon = "map-pin" if first.place is None else ENTITY_ICONS[first.place.entity_type]
        draw(painter, kind, icon, theme().color("warning" if lost else "muted"))
        box = QRect(kind.right() + Space.S, row.top(), 0, row.height())
        box.setRight(end)
        used = _text(painter, box, batch_title(self._queue, batch), role="strong")
        words = [files(batch.total)]
        if first.created_at is not None:
            words.append(tr("dropped {time}").format(time=clock_time(first.created_at)))
        facts = ", ".join(words)
        if not batch.is_active:
            facts += f" · {summary(self._queue, batch)}"
        _text(painter, box.adjusted(used + Space.S, 0, 0, 0), facts, ink="muted")


def _paint_action(painter: QPainter, box: QRect, action: RowAction, hovered: bool) -> None:
    ink = "text"
    if action.words:
        ground = "hover" if hovered else "button"
        painter.setPen(theme().color("control"))
        if action.primary:
            ground, ink = ("accent_hover" if hovered else "accent"), "accent_text"
            painter.setPen(theme().color(ground))
        painter.setBrush(theme().color(ground))
        edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, Radius.CONTROL, Radius.CONTROL)
        painter.setFont(font("small_emphasis"))
        painter.setPen(theme().color(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), action.words)
    else:
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("track"))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        draw(painter, box, action.icon, theme().color(ink))


def _ground(state: QStyle.StateFlag, *, heading: bool) -> str:
    if state & QStyle.StateFlag.State_Selected:
        return "selection"
    if state & QStyle.StateFlag.State_MouseOver:
        return "hover"
    return "surface" if heading else "raised"


def _kind_icon(item: UploadItem) -> str:
    extension = "." + item.path.rpartition(".")[2].lower()
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        return "file"
    return "film-strip" if kind.media_type is MediaType.VIDEO else "image"


def _text(
    painter: QPainter,
    box: QRect,
    text: str,
    role: str = "body",
    ink: str = "text",
    align: int = _LEFT,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Paint one line, cut to fit, and return how wide it came out."""
    if box.width() <= 0 or not text:
        return 0
    shown, used = _fitted(text, role, mode, box.width())
    painter.setFont(font(role))
    painter.setPen(theme().color(ink))
    painter.drawText(box, align, shown)
    return used


@lru_cache(maxsize=2048)
def _fitted(text: str, role: str, mode: Qt.TextElideMode, room: int) -> tuple[str, int]:
    metrics = QFontMetrics(font(role))
    shown = metrics.elidedText(text, mode, room)
    return shown, metrics.horizontalAdvance(shown)
