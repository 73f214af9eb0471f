"""The list on the left, the reasons on the right; in a narrow window one of them at a time."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from ...theme import Width
from .view import GroupView

if TYPE_CHECKING:
    from ....bootstrap import App

_SHOWN: Final = "duplicates/reasons"
_SIZES: Final = "duplicates/sizes"
#: From this width on there is room for both.
ROOMY: Final = Width.GROUPS + Width.REASONS + 560
_LEAST: Final = 240
_MOST: Final = 420


class Sides(QObject):
    """Widths come back as they were left, and so does whether reasons are shown."""

    #: Something else is shown, or as wide.
    changed = Signal()

    def __init__(
        self,
        app: "App",
        parts: tuple[QWidget, QWidget, QWidget],
        view: GroupView,
        parent: QObject,
    ) -> None:
        """``parts`` are the groups, the middle that ``view`` stands in, and the reasons."""
        super().__init__(parent)
        groups, middle, reasons = parts
        self._app, self._view = app, view
        self._groups, self._reasons = groups, reasons
        #: All three, to be put where they belong.
        self.splitter = splitter = QSplitter()
        self._wanted = bool(app.settings.get(_SHOWN, True))
        self._is_narrow = self._is_called = False
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for side in (groups, reasons):
            side.setMinimumWidth(_LEAST)
            side.setMaximumWidth(_MOST)
        for part in (groups, middle, reasons):
            splitter.addWidget(part)
        for at, stretch in enumerate((0, 1, 0)):
            splitter.setStretchFactor(at, stretch)
        saved = app.settings.get(_SIZES, ())
        known = [each for each in saved if isinstance(each, int)] if saved else []
        self._sizes = known if len(known) == 2 else [Width.GROUPS, Width.REASONS]
        splitter.splitterMoved.connect(self._remember)
        splitter.splitterMoved.connect(lambda _at, _index: self.changed.emit())
        self._apply()

    def toggle(self) -> None:
        """Show the reasons, or hide them."""
        if self._is_narrow:
            self._is_called = not self._is_called
        else:
            self._wanted = not self._wanted
            self._app.settings.set(_SHOWN, self._wanted)
        self._apply()

    def fit(self, width: int) -> None:
        """The page has this much room now."""
        if (width < ROOMY) is not self._is_narrow:
            self._is_narrow, self._is_called = width < ROOMY, False
            self._apply()
        left, right = self._sizes
        self.splitter.setSizes([left, max(1, width - left - right), right])

    def _apply(self) -> None:
        shown = self._is_called if self._is_narrow else self._wanted
        self._show(self._reasons, shown)
        self._show(self._groups, not (self._is_narrow and shown))
        self._view.summary.setVisible(not shown)
        self._view.tools.reasons.setChecked(shown)
        self.changed.emit()

    def _show(self, side: QWidget, shown: bool) -> None:
        focused = side.window().focusWidget()
        if not shown and focused is not None and side.isAncestorOf(focused):
            self._view.compare.setFocus(Qt.FocusReason.OtherFocusReason)
        side.setVisible(shown)

    def _remember(self) -> None:
        sizes = self.splitter.sizes()
        if sizes[0] and sizes[2]:
            self._sizes = [sizes[0], sizes[2]]
            self._app.settings.set(_SIZES, self._sizes)
