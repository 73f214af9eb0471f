"""Small strokes that several delegates share."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QStyle

from .theme import Radius, font, theme
from .theme.icons import draw

#: More characters than any line of the page has room for.
_LONGEST = 400
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def fill(painter: QPainter, rect: QRectF, color: QColor, radius: float = Radius.CARD) -> None:
    """A rounded ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(rect, radius, radius)


def frame(
    painter: QPainter,
    rect: QRectF,
    color: QColor,
    width: float = 2.0,
    radius: float = Radius.CARD,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A rounded edge of ``width`` that lies within ``rect``."""
    half = width / 2
    pen = QPen(color, width)
    if style is not Qt.PenStyle.SolidLine:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    face: QFont,
    color: QColor,
    flags: Qt.AlignmentFlag = _LEFT,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """One line, cut off with … where it does not fit; returns its width."""
    if rect.width() <= 0:
        return 0
    # A text of 100 kB takes long to be measured.
    shown, wide = _fitted(words[:_LONGEST], face, mode, rect.width())
    painter.setFont(face)
    painter.setPen(color)
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, shown)
    return wide


@lru_cache(4096)
def _fitted(words: str, face: QFont, mode: Qt.TextElideMode, room: int) -> tuple[str, int]:
    """What fits, and its width; kept, since to measure takes as long as to draw."""
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(words, mode, room)
    return shown, metrics.horizontalAdvance(shown)


def line(
    painter: QPainter,
    rect: QRect,
    words: str,
    role: str = "body",
    ink: str = "text",
    flags: Qt.AlignmentFlag = _LEFT,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """As ``text``, in a face and a colour of the theme by their names."""
    return text(painter, rect, words, font(role), theme().color(ink), flags, mode)


def ground(state: QStyle.StateFlag, plain: str = "raised") -> str:
    """The name of a row's ground: selected, under the mouse, or ``plain``."""
    if state & QStyle.StateFlag.State_Selected:
        return "selection"
    return "hover" if state & QStyle.StateFlag.State_MouseOver else plain


def thumb(painter: QPainter, box: QRect, pixmap: QPixmap | None, stands_for: str) -> None:
    """The small picture of a row, or the icon that stands for it while there is none."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if pixmap is None:
        painter.fillPath(outline, theme().color("sunken"))
        draw(painter, box, stands_for, theme().color("muted"))
    else:
        painter.setClipPath(outline)
        painter.drawPixmap(box, pixmap)
    painter.restore()


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle moved and sized to whole pixels of the screen, at any scale factor."""
    to_device = painter.deviceTransform()
    there = to_device.mapRect(rect)
    whole = QRectF(
        round(there.left()), round(there.top()), round(there.width()), round(there.height())
    )
    return to_device.inverted()[0].mapRect(whole)


def picture(painter: QPainter, rect: QRectF, pixmap: QPixmap, radius: float = Radius.THUMB) -> None:
    """A pixmap with rounded corners; drawn one to one where it has the rectangle's size."""
    rect = snapped(painter, rect)
    if rect.isEmpty():
        return
    brush = QBrush(pixmap)
    placed = QTransform.fromTranslate(rect.left(), rect.top())
    size = pixmap.deviceIndependentSize()  # a brush counts in these
    placed.scale(rect.width() / size.width(), rect.height() / size.height())
    brush.setTransform(placed)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    there = painter.deviceTransform().mapRect(rect).size().toSize()
    edge = ceil(radius * there.width() / rect.width())
    if there == pixmap.size() and 2 * edge < min(there.width(), there.height()):
        _one_to_one(painter, rect, pixmap, radius, edge)
    else:
        painter.drawRoundedRect(rect, radius, radius)


def _one_to_one(painter: QPainter, rect: QRectF, pixmap: QPixmap, radius: float, edge: int) -> None:
    """Fill only the corners, ``edge`` pixels each, with the brush that is set.

    An outline filled with a pixmap costs ten times what the pixmap itself does.
    """
    wide, high = pixmap.width(), pixmap.height()
    to_rect = QTransform.fromTranslate(rect.left(), rect.top())
    to_rect.scale(rect.width() / wide, rect.height() / high)
    parts = [QRectF(edge, 0, wide - 2 * edge, high)]
    if edge:
        parts += [QRectF(x, edge, edge, high - 2 * edge) for x in (0, wide - edge)]
    for part in parts:
        painter.drawPixmap(to_rect.mapRect(part), pixmap, part)
    if edge:
        corners = _corners(rect.width(), rect.height(), radius, edge * rect.width() / wide)
        painter.drawPath(corners.translated(rect.topLeft()))


def focus_frame(painter: QPainter, rect: QRectF, radius: float = Radius.CARD) -> None:
    """The ring around whatever has the keyboard, within ``rect``."""
    frame(painter, rect, theme().color("focus"), 2.0, radius)


@lru_cache(64)
def _corners(wide: float, high: float, radius: float, edge: float) -> QPainterPath:
    """Of a rounded rectangle what is in the squares of its corners, which have this edge."""
    one, four = QPainterPath(), QPainterPath()
    one.moveTo(edge, edge)
    one.lineTo(0, edge)
    one.lineTo(0, radius)
    one.arcTo(QRectF(0, 0, 2 * radius, 2 * radius), 180, -90)
    one.lineTo(edge, 0)
    one.closeSubpath()
    for turn, x, y in ((0, 0, 0), (90, wide, 0), (180, wide, high), (270, 0, high)):
        four.addPath(QTransform.fromTranslate(x, y).rotate(turn).map(one))
    return four
