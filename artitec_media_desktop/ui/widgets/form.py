"""Forms: a name, a control, and what is wrong with it right below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..theme import Height, Icon, Space, theme
from ..theme.icons import draw
from ..theme.stylesheet import set_property
from .labels import label

_ICONS = {"danger": "warning-circle-fill", "success": "check-circle-fill", "muted": "info"}
NAME_WIDE = 80


class Message(QWidget):
    """A sentence with the mark of its tone: danger, success or muted. Hidden while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = "danger"
        self._mark = _Mark()
        self._words = label(role="small")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS + 2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines: not every layout around asks for that."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._words.ensurePolished()
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(self._words.width())))

    def say(self, text: str, tone: str = "danger") -> None:
        """Say something else; nothing hides it."""
        self.tone = tone
        self._mark.look = (_ICONS[tone], tone)
        self._mark.update()
        self._words.setText(text)
        set_property(self._words, "tone", tone)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._fit()


class FormRow(QWidget):
    """The name of a control on its left, and a message below it."""

    def __init__(
        self, name: str, control: QWidget, hint: str = "", name_wide: int = NAME_WIDE
    ) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self.message = Message()
        word = label(name, role="muted")
        word.setFixedWidth(name_wide)
        word.setMinimumHeight(Height.FIELD)
        word.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(name)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        fixed = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        left = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0)
        column.addWidget(control, 0, left)
        column.addWidget(self.message)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_error("")

    @property
    def error(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        return self.message.text if self.message.tone == "danger" else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong; nothing brings the hint back."""
        set_property(self.control, "invalid", "true" if text else "false")
        self.message.say(text or self._hint, "danger" if text else "muted")
        self.control.setAccessibleDescription(text or self._hint)

    def set_hint(self, text: str) -> None:
        """Say something else as long as nothing is wrong."""
        self._hint = text
        self.set_error("")


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.look = ("info", "muted")
        self.setFixedSize(Icon.BADGE, Icon.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        name, tone = self.look
        draw(QPainter(self), self.rect(), name, theme().color(tone), Icon.BADGE)
