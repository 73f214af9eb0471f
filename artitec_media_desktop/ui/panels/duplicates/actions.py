"""Under the pictures: what is decided, each with its key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...theme import Space
from ...theme.stylesheet import set_property
from ...widgets import ElidedLabel
from ...widgets.key_button import KeyButton
from .words import tr

_HIGH = 64


class Actions(QWidget):
    """Accept and go on, Keep the other, Keep both, Not duplicates, Undo, Skip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(1)  # what has no room is made shorter, see resizeEvent
        self.accept = KeyButton(tr("Accept and go on"), "Return", "primary")
        self.other = KeyButton(tr("Keep the other"), "X")
        self.both = KeyButton(tr("Keep both"), "K")
        self.never = KeyButton(tr("Not duplicates"), "N")
        self.undo = KeyButton(tr("Undo"), "Z", "quiet")
        self.skip = KeyButton(tr("Skip"), "S", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        for made in (self.accept, self.other, self.both, self.never):
            row.addWidget(made)
        row.addStretch(1)
        for made in (self.undo, self.skip):
            row.addWidget(made)

    @property
    def buttons(self) -> tuple[KeyButton, ...]:
        """All of them, left to right."""
        return (self.accept, self.other, self.both, self.never, self.undo, self.skip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys go where there is little room, the last first; they still work."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as many keys as there is room for; after the last one, smaller buttons."""
        for made in self.buttons:
            made.set_short(False)
            set_property(made, "compact", False)
        for made in reversed(self.buttons):
            if self._needs() <= self.width():
                return
            made.set_short(True)
        for made in self.buttons:
            set_property(made, "compact", True)

    def _needs(self) -> int:
        air = 2 * Space.L + Space.S * len(self.buttons)
        return sum(each.sizeHint().width() for each in self.buttons) + air


class SummaryLine(ElidedLabel):
    """What accepting does, in a line, where the reasons are hidden."""

    def __init__(self) -> None:
        super().__init__("", "small")
        self.setContentsMargins(Space.L, 0, Space.L, 0)
        self.setFixedHeight(28)
