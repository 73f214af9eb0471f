"""One of several: a list that drops down, or segments side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ..theme import Icon, Space, theme
from ..theme.icons import draw


class Choice(QComboBox):
    """A list that drops down. The wheel scrolls the page instead of changing it unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field and words come from the style sheet, the mark at the end from the icons."""
        super().paintEvent(event)
        ink = theme().color("muted" if self.isEnabled() else "disabled")
        end = QRect(self.width() - Space.XL, 0, Icon.ROW, self.height())
        draw(QPainter(self), end, "caret-down", ink, Icon.BADGE)


class Segments(QFrame):
    """Two to four words side by side, one of them chosen; arrow keys go from one to the next."""

    #: The value of the one that was chosen by a person.
    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``choices`` are values and words."""
        super().__init__(parent)
        self.setProperty("ground", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for value, words in choices:
            made = QToolButton()
            made.setText(words)
            made.setProperty("kind", "segment")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            group.addButton(made)
            row.addWidget(made)
            self.buttons[value] = made

    @property
    def value(self) -> str:
        """The one that is chosen; empty before any is."""
        return next((value for value, each in self.buttons.items() if each.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose one without a signal."""
        self.buttons[value].setChecked(True)
