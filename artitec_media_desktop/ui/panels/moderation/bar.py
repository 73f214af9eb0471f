"""Under the picture: what may be done, each with its key."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...theme import Height, Space
from ...widgets import icon_button, line
from ...widgets.key_button import KeyButton
from .keys import APPROVE, FLAG, LOOK, REJECT, SKIP, UNDO, ZOOM, Keys
from .words import tr

_HIGH: Final = 64
_BUTTON: Final = 40
_LINE: Final = 24


class BarButton(KeyButton):
    """Higher than others: it is what one does here all day."""

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        return QSize(super().sizeHint().width(), _BUTTON)


class Bar(QWidget):
    """Approve, Reject…, Flag, Skip, then Undo, Zoom, Hold to look."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(1)  # what has no room is made shorter, see fit
        #: By what they do.
        self.buttons: dict[str, BarButton] = {
            APPROVE: _button(tr("Approve"), "check-circle-fill", "success"),
            REJECT: _button(tr("Reject…"), "x-circle-fill", "danger"),
            FLAG: _button(tr("Flag…"), "flag-fill", "warning"),
            SKIP: _button(tr("Skip"), "skip-forward"),
            UNDO: _button(tr("Undo"), "arrow-counter-clockwise"),
            ZOOM: _button(tr("Zoom"), "magnifying-glass-plus"),
            LOOK: _button(tr("Hold to look"), "eye"),
        }
        for name in (REJECT, FLAG):
            self.buttons[name].setCheckable(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.L, 0, Space.L, 0)
        self._row.setSpacing(Space.S)
        self._row.addStretch(1)
        for name, made in self.buttons.items():
            if name == UNDO:
                between = line("v")
                between.setFixedHeight(_LINE)
                self._row.addSpacing(Space.S)
                self._row.addWidget(between)
                self._row.addSpacing(Space.S)
            self._row.addWidget(made)
        self._row.addStretch(1)
        self.care = icon_button("heart", tr("For your eyes: veils and breaks"), "Ctrl+Shift+E")
        self.keys = icon_button("keyboard", tr("Change keys…"), "Ctrl+Shift+K")
        for each in (self.care, self.keys):
            self._row.addWidget(each)
        self.show_keys()

    def show_keys(self) -> None:
        """Those that are in force now."""
        for name, made in self.buttons.items():
            made.set_keys(self._keys.of(name))
        self.fit()

    def show_armed(self, name: str) -> None:
        """Look as started: REJECT, FLAG or neither."""
        for each in (REJECT, FLAG):
            self.buttons[each].setChecked(each == name)

    def offer(self, *, deciding: bool, undo: bool, look: bool) -> None:
        """What can be done now."""
        for name in (APPROVE, REJECT, FLAG, SKIP, ZOOM):
            self.buttons[name].setEnabled(deciding)
        self.buttons[UNDO].setEnabled(undo)
        self.buttons[LOOK].setEnabled(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Keys go where there is little room, and words with them, the last first."""
        for made in self.buttons.values():
            made.set_short(False)
        for made in reversed(self.buttons.values()):
            if self._needs() <= self.width():
                return
            made.set_short(True)

    def _needs(self) -> int:
        gaps = Space.S * (len(self.buttons) + 4) + 2 * Space.L + 1 + 2 * Height.BUTTON_SMALL
        return sum(each.sizeHint().width() for each in self.buttons.values()) + gaps


def _button(text: str, icon: str, ink: str = "") -> BarButton:
    return BarButton(text, "A", "", icon, ink)
