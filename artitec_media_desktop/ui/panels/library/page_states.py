"""What the page shows: the grid, or why there is none and what to do about it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from ....domain.entities import Entity
from ....domain.errors import MediaError
from ....domain.permissions import Decision
from ....domain.search import Search
from ....domain.slots import Slot
from ...widgets import EmptyState, button
from .words import NOT_HERE, empty_text, empty_title, nothing_of, tr

_CHOOSE: Final = (
    str(QT_TRANSLATE_NOOP("Library", "Choose a place")),
    str(QT_TRANSLATE_NOOP("Library", "Its photos are shown here, and files can be dropped on it.")),
)


class PageStates(QStackedWidget):
    """The grid, or a sentence in its place with up to two buttons."""

    files_wanted = Signal()
    paste_wanted = Signal()
    #: Everything there is in the scope.
    clear_wanted = Signal()
    #: The same search in the whole library.
    widen_wanted = Signal()
    reload_wanted = Signal()
    copy_wanted = Signal(str)

    def __init__(self, grid: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.state = EmptyState("buildings", *_CHOOSE)
        self.addWidget(grid)
        self.addWidget(self.state)

    def show_grid(self) -> None:
        """There is something to show, or will be."""
        self.setCurrentWidget(self._grid)

    def show_nowhere(self) -> None:
        """No place is chosen."""
        title, words = map(tr, _CHOOSE)
        self._say("buildings", title, words)

    def show_no_media(self, entity: Entity | None, slot: Slot | None, may_add: Decision) -> None:
        """Nothing is there yet."""
        if entity is None:
            words = tr("Choose a place on the left and drop photos on it.")
            self._say("stack", tr("The library is empty"), words)
        elif slot is None:
            words = tr("Choose one of the places above and drop files on it.")
            self._say("stack", tr("No files of {name} yet").format(name=entity.name), words)
        elif not may_add:
            self._say("lock-key", tr(NOT_HERE), may_add.reason, "warning")
        else:
            add = _button(tr("Add files"), "plus", self.files_wanted, "primary")
            paste = _button(tr("Paste"), "clipboard-text", self.paste_wanted)
            self._say("image", empty_title(slot, entity), empty_text(slot), buttons=(add, paste))

    def show_no_match(self, search: Search, where: str) -> None:
        """Nothing is found; ``where`` is empty in the whole library."""
        buttons = [_button(tr("Clear the filter"), "x", self.clear_wanted, "primary")]
        if where:
            icon = "magnifying-glass"
            buttons.append(_button(tr("Search the whole library"), icon, self.widen_wanted))
        title = tr("Nothing matches")
        self._say("magnifying-glass", title, nothing_of(search, where), buttons=buttons)

    def show_fault(self, error: MediaError) -> None:
        """It could not be read."""
        again = _button(tr("Try again"), "arrow-clockwise", self.reload_wanted, "primary")
        copy = button(tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: self.copy_wanted.emit(f"{error.message} ({error.code})"))
        title = tr("The library did not answer")
        self._say("warning-circle", title, error.message, "danger", (again, copy))

    def _say(
        self,
        icon: str,
        title: str,
        words: str,
        tone: str = "muted",
        buttons: Sequence[QPushButton] = (),
    ) -> None:
        self.state.show_state(icon, title, words, tone, buttons)
        self.setCurrentWidget(self.state)


def _button(text: str, icon: str, wanted: object, kind: str = "") -> QPushButton:
    made = button(text, icon, kind)
    made.clicked.connect(lambda: wanted.emit())  # type: ignore[attr-defined]
    return made
