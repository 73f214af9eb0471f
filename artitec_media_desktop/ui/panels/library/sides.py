"""What stands on either side of the page; where that is narrow, one of them has to be enough."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ...theme import Width

if TYPE_CHECKING:
    from ....bootstrap import App

_SHOWN: Final = "library.inspector"
#: The page itself, with the four slots of a community.
_PAGE: Final = 480
#: From this width on there is room for both.
ROOMY: Final = Width.BROWSER + _PAGE + Width.INSPECTOR


class Sides(QObject):
    """The places on the left, the inspector on the right.

    Whether the inspector is shown is remembered. In a narrow window it waits, and when it is
    asked for there, it stands in the places' stead.
    """

    #: The inspector came into view, for whatever reason.
    came = Signal()

    def __init__(
        self, app: "App", places: QWidget, grid: QWidget, inspector: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._places, self._grid, self._inspector = places, grid, inspector
        self._wanted = bool(app.settings.get(_SHOWN, True))
        self._is_narrow = self._is_called = False
        self._apply()

    def fit(self, width: int) -> None:
        """The page and what is beside it have this much room now."""
        if (width < ROOMY) is not self._is_narrow:
            self._is_narrow, self._is_called = width < ROOMY, False
            self._apply()

    def show_inspector(self, shown: bool) -> None:
        """Show it, or fold it away."""
        if self._is_narrow:
            self._is_called = shown
        else:
            self._wanted = shown
            self._app.settings.set(_SHOWN, shown)
        self._apply()

    def show_places(self) -> None:
        """Where the inspector has taken their room, they have it back."""
        if self._places.isHidden():
            self.show_inspector(False)

    def _apply(self) -> None:
        shown = self._is_called if self._is_narrow else self._wanted
        came = shown and self._inspector.isHidden()
        self._show(self._inspector, shown)
        self._show(self._places, not (self._is_narrow and shown))
        if came:
            self.came.emit()

    def _show(self, side: QWidget, shown: bool) -> None:
        focused = side.window().focusWidget()
        if not shown and focused is not None and side.isAncestorOf(focused):
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        side.setVisible(shown)
