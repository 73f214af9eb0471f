"""Small parts of the inspector: the badge of what is touched, pills, rows of a word and a value."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw
from ....widgets import label
from .words import tr

#: How wide the words before a value are.
NAME_WIDE: Final = 80


class Pill(QWidget):
    """A word on a round ground of its tone: success, warning, danger, info, muted."""

    def __init__(self, text: str = "", tone: str = "info", icon_name: str = "") -> None:
        super().__init__()
        self._look = (text, tone, icon_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_look(self, text: str, tone: str, icon_name: str = "") -> None:
        """Say something else."""
        self._look = (text, tone, icon_name)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon and word need."""
        text, _, icon_name = self._look
        wide = QFontMetrics(font("badge")).horizontalAdvance(text) + 2 * Space.S
        return QSize(wide + (Icon.BADGE + Space.XS if icon_name else 0), Height.BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, word."""
        text, tone, icon_name = self._look
        ink = theme().color(tone)
        ground = theme().color("sunken" if tone == "muted" else f"{tone}_bg")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        rect = self.rect().adjusted(Space.S, 0, -Space.S, 0)
        if icon_name:
            mark = rect.adjusted(0, 0, Icon.BADGE - rect.width(), 0)
            draw(painter, mark, icon_name, ink, Icon.BADGE)
            rect.setLeft(rect.left() + Icon.BADGE + Space.XS)
        painter.setFont(font("badge"))
        painter.setPen(ink)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), text)


def changed_badge() -> Pill:
    """What stands over a field that is touched; hidden at first."""
    made = Pill(tr("Changed"), "info")
    made.hide()
    return made


class NameRow(QWidget):
    """The name over a field, with what is said of it at the other end."""

    def __init__(self, name: str, field: QWidget, *ends: QWidget) -> None:
        super().__init__()
        self.badge = changed_badge()
        word = label(name, "small")
        word.setBuddy(field)
        self.setFixedHeight(Height.BADGE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(word)
        row.addStretch(1)
        for each in (*ends, self.badge):
            row.addWidget(each)


class ValueRow(QWidget):
    """A word and its value, 28 high."""

    def __init__(self, name: str, *values: QWidget) -> None:
        super().__init__()
        self.setMinimumHeight(Height.SECTION)
        word = label(name, "small")
        word.setFixedWidth(NAME_WIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(word)
        for each in values:
            elastic = each.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
            row.addWidget(each, 1 if elastic else 0)
        row.addStretch(0)
