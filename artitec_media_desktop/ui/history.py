"""Where one has been in the window: back and forward, by key, palette and mouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

#: Older ones are forgotten.
_MOST: Final = 200
#: A search that is typed on within so many seconds is one place to come back to.
_TYPING_S: Final = 1.5
_BUTTONS: Final = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, and what it showed as ``Panel.reveal`` takes it; None: as it is."""

    page: str
    what: object = None


class History:
    """A list of stops, and the one where one is now."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1
        self._since = 0.0
        self._held: list[Stop] | None = None

    @contextmanager
    def one_stop(self, *, known: bool = False) -> Iterator[None]:
        """Of what is noted meanwhile only the last counts; none of what is ``known``."""
        self._held, outer = [], self._held
        try:
            yield
        finally:
            held, self._held = self._held, outer
            if held and not known:
                self.note(held[-1])

    def note(self, stop: Stop, *, refines: bool = False) -> None:
        """One is there now; with ``refines`` it takes the place of one that was short."""
        if self._held is not None:
            self._held.append(stop)
            return
        if self._stops and stop == self._stops[self._at]:
            return
        del self._stops[self._at + 1 :]
        if refines and self._stops and monotonic() - self._since < _TYPING_S:
            self._stops[self._at] = stop
        else:
            self._stops.append(stop)
        del self._stops[:-_MOST]
        self._at = len(self._stops) - 1
        self._since = monotonic()

    def step(self, by: int) -> Stop | None:
        """Go so many stops back (negative) or forward; None where there is none."""
        to = self._at + by
        if not 0 <= to < len(self._stops):
            return None
        self._at, self._since = to, 0.0
        return self._stops[to]


class SideButtons(QObject):
    """The two buttons at the side of a mouse that is over the pages of a shown window."""

    #: -1 back, 1 forward
    pressed = Signal(int)

    def __init__(self, pages: QWidget) -> None:
        super().__init__(pages)
        self._pages = pages
        handle = pages.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before the window does: a list takes any button for a click."""
        if event.type() is not QEvent.Type.MouseButtonPress or not isinstance(event, QMouseEvent):
            return False
        by = _BUTTONS.get(event.button(), 0)
        under = self._pages.window().childAt(event.position().toPoint()) if by else None
        if under is None or not self._pages.isAncestorOf(under):
            return False  # a layer covers them
        self.pressed.emit(by)
        return True
