"""The picture with what stands over and under it, and the facts beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ...theme import Width
from ...widgets import line

if TYPE_CHECKING:
    from ....bootstrap import App

_SHOWN: Final = "moderation/facts"
_SIZE: Final = "moderation/facts_width"
_LEAST: Final = 264
_MOST: Final = 440


class Columns(QSplitter):
    """How wide the facts are, and whether they are shown, comes back as it was left."""

    def __init__(
        self,
        app: "App",
        head: QWidget,
        middle: Sequence[QWidget],
        under: Sequence[QWidget],
        side: QWidget,
    ) -> None:
        """The last one of ``middle`` takes the room that there is."""
        super().__init__()
        self._settings, self._side = app.settings, side
        #: What stands between the header and the buttons.
        self.middle = _column(middle)
        left = QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(head)
        down.addWidget(self.middle, 1)
        for part in under:
            down.addWidget(line())
            down.addWidget(part)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        side.setMinimumWidth(_LEAST)
        side.setMaximumWidth(_MOST)
        for at, part in enumerate((left, side)):
            self.addWidget(part)
            self.setStretchFactor(at, 1 - at)
        self.setSizes([Width.WINDOW, self._settings.get(_SIZE, Width.INSPECTOR)])
        self.splitterMoved.connect(self._remember)
        self.settle()

    @property
    def is_wanted(self) -> bool:
        """Whether a person wants the facts to be shown."""
        return bool(self._settings.get(_SHOWN, True))

    def toggle(self) -> None:
        """Show the facts, or hide them."""
        self._settings.set(_SHOWN, not self.is_wanted)
        self.settle()

    def settle(self, *, needed: bool = False) -> None:
        """Show them as a person wants it, or because something in them is ``needed`` now."""
        self._side.setVisible(needed or self.is_wanted)

    def _remember(self) -> None:
        self._settings.set(_SIZE, self.sizes()[1])


def _column(parts: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for part in parts:
        box.addWidget(part, int(part is parts[-1]))
    return made
