"""A few words on a dark ground over the picture."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ....theme import Height, Icon, Radius, Space, font, theme
from ....theme.icons import draw

_ROLE: Final = "small_emphasis"


class Pill(QWidget):
    """The mouse goes through it to the picture."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        """Without an icon where the name is empty."""
        super().__init__(parent)
        self._icon = icon_name
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str) -> None:
        """Say it, as wide as it is; nothing hides it."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.resize(self.sizeHint())
            self.update()
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        wide = QFontMetrics(font(_ROLE)).horizontalAdvance(self.text) + 2 * Space.S
        return QSize(wide + (Icon.ROW + Space.XS if self._icon else 0), Height.BUTTON_SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("overlay"))
        painter.drawRoundedRect(self.rect(), Radius.CONTROL, Radius.CONTROL)
        ink = theme().color("overlay_text")
        room = self.rect().adjusted(Space.S, 0, -Space.S, 0)
        if self._icon:
            draw(painter, QRect(room.topLeft(), QSize(Icon.ROW, room.height())), self._icon, ink)
            room.setLeft(room.left() + Icon.ROW + Space.XS)
        painter.setFont(font(_ROLE))
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text)
