"""An icon in a circle, as it stands over what is said at length."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..theme import Icon, theme
from ..theme.icons import draw

#: Tone → (ground of the circle, ink of the icon).
_TONES = {
    "muted": ("sunken", "muted"),
    "danger": ("danger_bg", "danger"),
    "warning": ("warning_bg", "warning"),
    "success": ("success_bg", "success"),
}
_CIRCLE = 48


class Disc(QWidget):
    """``look`` is the icon's name and the tone: muted, danger, warning or success."""

    def __init__(self, icon_name: str = "image", tone: str = "muted") -> None:
        super().__init__()
        self.look = (icon_name, tone)
        self.setFixedSize(_CIRCLE, _CIRCLE)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(_CIRCLE, _CIRCLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of its tone."""
        name, tone = self.look
        ground, ink = _TONES[tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(ground))
        painter.drawEllipse(QRectF(self.rect()))
        draw(painter, self.rect(), name, theme().color(ink), Icon.EMPTY)
