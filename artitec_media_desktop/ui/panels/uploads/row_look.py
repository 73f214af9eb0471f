"""What a row of the uploads shows, and how that is painted.

A look says all of it: two rows that look the same have the same picture.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from ....domain.uploads import UploadState
from ...theme import Icon, Radius, Space, font, theme
from ...theme.icons import draw
from ...widgets import draw_track
from .actions import RowAction, action_rects
from .columns import columns

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


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file: words of each column, the token of its place, and the icon where it has no picture.

    ``share`` is how far a file is that is worked on; None for all others.
    """

    name: str
    place: str
    place_ink: str
    size: str
    state: UploadState
    words: str
    more: str
    speed: str
    share: float | None
    icon: str


@dataclass(frozen=True, slots=True)
class HeadingLook:
    """The heading of a batch: where it goes and its facts, an icon and its token."""

    title: str
    facts: str
    icon: str
    icon_ink: str
    folded: bool


@dataclass(frozen=True, slots=True)
class RowLook:
    """A whole row. ``hovered`` is the name of the action under the mouse, or empty."""

    content: FileLook | HeadingLook
    actions: tuple[RowAction, ...]
    hovered: str
    ground: str
    focused: bool


def paint_row(painter: QPainter, row: QRect, look: RowLook, picture: QPixmap | None) -> None:
    """Ground, content, hairline, and the ring around the current row.

    Each call into Qt may have to wait for Python's lock afterwards: the fewer the better.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, row, look)
    rects = action_rects(row, look.actions)
    end = rects[0].left() - Space.S if rects else columns(row).actions.right()
    if isinstance(look.content, FileLook):
        _paint_file(painter, row, look.content, end, picture)
    else:
        _paint_heading(painter, row, look.content, end)
    for action, box in zip(look.actions, rects, strict=True):
        _paint_action(painter, box, action, look.hovered == action.name)
    if look.focused:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(row.adjusted(1, 1, -1, -1))


def paint_ground(painter: QPainter, row: QRect, look: RowLook) -> None:
    """What stands there for a moment when there is no time for more."""
    painter.fillRect(row, theme().color(look.ground))
    painter.fillRect(row.left(), row.bottom(), row.width(), 1, theme().color("border"))


def _paint_file(
    painter: QPainter, row: QRect, file: FileLook, end: int, picture: QPixmap | None
) -> None:
    at = columns(row)
    _paint_preview(painter, at.thumb, file.icon, picture)
    _text(painter, at.name, file.name, mode=Qt.TextElideMode.ElideMiddle)
    _text(painter, at.place, file.place, ink=file.place_ink)
    _text(painter, at.size, file.size, ink="muted", align=_RIGHT)
    if file.share is not None:
        _paint_progress(painter, at.state, file.share, file.words)
        _text(painter, at.speed, file.speed, ink="muted")
    else:
        box = at.state.united(at.speed)
        box.setRight(min(box.right(), end) if end < at.actions.left() else box.right())
        _paint_state(painter, box, file)


def _paint_preview(painter: QPainter, box: QRect, icon: str, picture: QPixmap | None) -> None:
    if picture is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(box, Radius.THUMB, Radius.THUMB)
        draw(painter, box, icon, theme().color("muted"))
        return
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
    painter.save()
    painter.setClipPath(outline)
    painter.drawPixmap(box, picture)
    painter.restore()


def _paint_progress(painter: QPainter, box: QRect, share: float, words: str) -> None:
    wide = min(_TRACK_WIDE, box.width() // 2)
    draw_track(painter, QRect(box.left(), box.top(), wide, box.height()), share)
    _text(painter, box.adjusted(wide + Space.M, 0, 0, 0), words, role="small")


def _paint_state(painter: QPainter, box: QRect, file: FileLook) -> None:
    look = _STATE_LOOKS.get(file.state)
    if look is not None:
        icon_name, ink = look
        square = QRect(box.left(), box.top(), Icon.ROW, box.height())
        draw(painter, square, icon_name, theme().color(ink))
        box = box.adjusted(Icon.ROW + Space.S, 0, 0, 0)
    else:
        ink = "muted"
    ink = "text" if file.state is UploadState.DONE else ink
    used = _text(painter, box, file.words, ink=ink)
    if file.more:
        rest = box.adjusted(used + Space.S, 0, 0, 0)
        _text(painter, rest, file.more, role="small", ink="muted")


def _paint_heading(painter: QPainter, row: QRect, heading: HeadingLook, end: int) -> None:
    caret = QRect(columns(row).thumb.left(), row.top(), Icon.BADGE, row.height())
    arrow = "caret-right" if heading.folded else "caret-down"
    draw(painter, caret, arrow, theme().color("muted"), Icon.BADGE)
    kind = caret.translated(Icon.BADGE + Space.S, 0)
    kind.setWidth(Icon.ROW)
    draw(painter, kind, heading.icon, theme().color(heading.icon_ink))
    box = QRect(kind.right() + Space.S, row.top(), 0, row.height())
    box.setRight(end)
    used = _text(painter, box, heading.title, role="strong")
    _text(painter, box.adjusted(used + Space.S, 0, 0, 0), heading.facts, ink="muted")


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
