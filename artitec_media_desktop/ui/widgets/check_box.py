"""A check box whose mark is a Phosphor icon."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from ..theme import Icon, Radius, Space, font, theme
from ..theme.icons import draw


class CheckBox(QCheckBox):
    """On, off, or, for several things at once, mixed."""

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(Icon.ROW + (Space.S + words if words else 0), 20)

    def hitButton(self, pos: object) -> bool:
        """The words count as the box."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled square with a mark, or an empty one with an edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, (self.height() - Icon.ROW) // 2, Icon.ROW, Icon.ROW)
        state, on = self.checkState(), self.isEnabled()
        if state is Qt.CheckState.Unchecked:
            painter.setPen(theme().color("border_strong" if on else "control"))
            painter.setBrush(theme().color("field"))
            edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, Radius.THUMB, Radius.THUMB)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent" if on else "accent_disabled"))
            painter.drawRoundedRect(box, Radius.THUMB, Radius.THUMB)
            mark = "check-bold" if state is Qt.CheckState.Checked else "minus-bold"
            draw(painter, box, mark, theme().color("accent_text"), Icon.BADGE)
        painter.setFont(font("body"))
        painter.setPen(theme().color("text" if on else "disabled"))
        words = self.rect().adjusted(Icon.ROW + Space.S, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
