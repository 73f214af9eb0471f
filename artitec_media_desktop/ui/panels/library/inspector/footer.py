"""What will be written, and to how many; shown as long as anything is touched."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ....theme import Height, Radius, Space, font, theme
from ....widgets import button, label, line
from ....widgets.key_hint import key_text
from .words import tr

APPLY_KEYS: Final = "Ctrl+Return"


class Footer(QWidget):
    """The sentence, Revert and Apply."""

    reverted = Signal()
    applied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "small")
        self._words.setWordWrap(True)
        self.revert = button(tr("Revert"))
        self.apply = _Apply()
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.revert)
        row.addWidget(self.apply, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        inner.setSpacing(Space.S)
        inner.addWidget(self._words)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        column.addLayout(inner)
        self.revert.clicked.connect(self.reverted)
        self.apply.clicked.connect(self.applied)
        self.hide()

    def say(self, words: str, word: str, refusal: str = "") -> None:
        """The sentence, what is on the button, and why it can't be pressed."""
        self._words.setText(refusal or words)
        self._words.setProperty("tone", "danger" if refusal else "")
        self._words.style().polish(self._words)
        self.apply.setText(word)
        self.apply.setEnabled(not refusal)
        self.setAccessibleName(refusal or words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() - 2 * Space.PANEL
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(max(1, wide))))


class _Apply(QPushButton):
    """A primary button with its key on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "primary")
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The layout decides how wide."""
        return QSize(Height.BUTTON, Height.BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet; word and key stand in its middle."""
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        ink = theme().color("accent_text")
        keys = key_text(APPLY_KEYS)
        word_wide = QFontMetrics(font("emphasis")).horizontalAdvance(self.text())
        key_wide = QFontMetrics(font("caption")).horizontalAdvance(keys) + Space.M
        left = (self.width() - word_wide - Space.S - key_wide) / 2
        if left < Space.S:  # no room for the key
            left, key_wide = (self.width() - word_wide) / 2, 0
        painter.setPen(ink)
        painter.setFont(font("emphasis"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, 0, word_wide + 1, self.height()), middle, self.text())
        if not key_wide:
            return
        top = (self.height() - Height.KEY) / 2
        badge = QRectF(left + word_wide + Space.S, top, key_wide, Height.KEY)
        edge = QColor(ink)
        edge.setAlphaF(0.5)
        painter.setPen(edge)
        painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), Radius.THUMB, Radius.THUMB)
        painter.setPen(ink)
        painter.setFont(font("caption"))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), keys)
