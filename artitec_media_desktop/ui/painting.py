"""Small strokes that several delegates share."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTransform

from .theme import Radius, theme

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
    font: QFont,
    color: QColor,
    flags: Qt.AlignmentFlag = _LEFT,
) -> int:
    """One line, cut off with … where it does not fit; returns its width."""
    words = words[:_LONGEST]  # a text of 100 kB takes long to be measured
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


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
    brush = QBrush(pixmap)
    placed = QTransform.fromTranslate(rect.left(), rect.top())
    placed.scale(rect.width() / pixmap.width(), rect.height() / pixmap.height())
    brush.setTransform(placed)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)


def focus_frame(painter: QPainter, rect: QRectF, radius: float = Radius.CARD) -> None:
    """The ring around whatever has the keyboard, within ``rect``."""
    frame(painter, rect, theme().color("focus"), 2.0, radius)
