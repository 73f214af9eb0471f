"""What the frame expects of a page, so that pages need to know neither the frame nor each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page wants a person to be told in passing.

    ``tone`` is success, info, warning or danger; a danger stays until it is closed. ``action`` is
    the word on the one button (Undo, Copy), ``on_action`` what it does. ``change`` is the number of
    the change that it tells of: once that is taken back, it is told no more.
    """

    text: str
    detail: str = ""
    tone: str = "success"
    action: str = ""
    on_action: Callable[[], None] | None = None
    icon: str = ""
    change: int | None = None


class Panel(QWidget):
    """A page of the window. It is made when it is first shown, and kept."""

    #: The left part of the status bar, as "6 of 41 selected · 28.4 MB".
    status_changed = Signal(str)
    #: A Notice to be shown as a toast.
    noticed = Signal(object)
    #: The name of another page to go to (empty: the one before), what to show there (or None).
    page_requested = Signal(str, object)
    #: What is shown now, as ``reveal`` takes it, to come back to; True: a search was typed on.
    went = Signal(object, bool)
    #: The name of a profile whose library is to be opened instead.
    library_wanted = Signal(str)
    #: A Dragged whose place is to be chosen later.
    unplaced_dropped = Signal(object)
    #: Somebody wants to be shown around.
    tour_wanted = Signal()
    #: tuple of ids: uploads to be compared with the media that they look like.
    compare_wanted = Signal(object)

    def activate(self) -> None:
        """The page was brought to the front and the library is open. May be called again."""

    def refresh(self) -> None:
        """What is shown may be out of date: the library answers again, or rights changed."""
        self.activate()

    def add_files(self) -> None:
        """Ctrl+O: let the person choose files to add here."""

    def find_place(self) -> None:
        """Ctrl+F: let the person type the name of a place; only the library has them."""

    def reveal(self, what: object) -> None:
        """Show what another page named: for the library an EntityRef or a Target."""

    def keys(self) -> list[tuple[str, str]]:
        """What the page does by which key, for the overlay: ``("Retry failed", "Ctrl+Shift+R")``.

        Keys are in Qt's portable spelling; several are divided by spaces.
        """
        return []

    def take_focus(self) -> None:
        """Have the keyboard where one begins: in the last pane, unless it is hidden."""
        shown = [pane for pane in self.panes() if pane.isVisible()]
        (shown[-1] if shown else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def landmark(self) -> QWidget:
        """The part that somebody new is shown first."""
        return self

    def toast_ground(self) -> QWidget:
        """The part over whose lower right corner toasts may lie: no buttons are there."""
        return self

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes through, left to right; each takes the focus itself."""
        return []


def next_pane(
    panes: Sequence[QWidget], focused: QWidget | None, first: QWidget, step: int
) -> QWidget:
    """The pane that F6 goes to, in a circle; all of ``first`` counts as the first one."""
    inside = [
        at
        for at, pane in enumerate(panes)
        if focused is not None and (pane is focused or pane.isAncestorOf(focused))
    ]
    in_first = focused is not None and first.isAncestorOf(focused)
    now = inside[-1] if inside else 0 if in_first else -1 if step > 0 else 0
    return panes[(now + step) % len(panes)]
