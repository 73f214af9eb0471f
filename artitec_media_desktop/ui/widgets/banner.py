"""A quiet line over the page that stays as long as what it says is so."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..theme import Icon, Space, theme
from ..theme.icons import draw
from .labels import label


class Banner(QWidget):
    """An icon, a strong beginning, the rest of the sentence, at most one button."""

    def __init__(self, icon_name: str, action: QPushButton | None = None) -> None:
        super().__init__()
        self._title = label(role="strong")
        self._text = label()
        self._text.setWordWrap(True)
        self.setProperty("ground", "warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(_Icon(icon_name))
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        if action is not None:
            row.addWidget(action)
        self.hide()

    @property
    def text(self) -> str:
        """All it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def say(self, title: str, text: str = "") -> None:
        """Say it; nothing hides the line."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self.setAccessibleName(self.text)
        self.setVisible(bool(title or text))


class _Icon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(Icon.RAIL, Icon.RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw(QPainter(self), self.rect(), self._name, theme().color("warning"))
