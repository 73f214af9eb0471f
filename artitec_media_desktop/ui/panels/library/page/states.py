"""What the page shows: the grid, or why there is none and what to do about it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from .....domain.entities import Entity
from .....domain.errors import MediaError
from .....domain.permissions import Decision
from .....domain.search import Search
from .....domain.slots import Slot
from ....widgets import EmptyState, button
from ..words import NOT_HERE, empty_text, empty_title, nothing_of, tr

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
        self._said: tuple[str, ...] = ()
        self._fault = ""
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
            add = partial(_button, tr("Add files"), "plus", self.files_wanted, "primary")
            paste = partial(_button, tr("Paste"), "clipboard-text", self.paste_wanted)
            self._say("image", empty_title(slot, entity), empty_text(slot), "muted", add, paste)

    def show_no_match(self, search: Search, where: str) -> None:
        """Nothing is found; ``where`` is empty in the whole library."""
        icon, title = "magnifying-glass", tr("Nothing matches")
        clear = partial(_button, tr("Clear the filter"), "x", self.clear_wanted, "primary")
        widen = partial(_button, tr("Search the whole library"), icon, self.widen_wanted)
        buttons = (clear, widen) if where else (clear,)
        self._say(icon, title, nothing_of(search, where), "muted", *buttons)

    def show_fault(self, error: MediaError) -> None:
        """It could not be read."""
        self._fault = f"{error.message} ({error.code})"
        again = partial(_button, tr("Try again"), "arrow-clockwise", self.reload_wanted, "primary")
        title = tr("The library did not answer")
        self._say("warning-circle", title, error.message, "danger", again, self._copy_button)

    def _copy_button(self) -> QPushButton:
        made = button(tr("Copy details"), "copy-simple")
        made.clicked.connect(lambda: self.copy_wanted.emit(self._fault))
        return made

    def _say(
        self,
        icon: str,
        title: str,
        words: str,
        tone: str = "muted",
        *buttons: Callable[[], QPushButton],
    ) -> None:
        if (said := (icon, title, words, tone)) != self._said:  # it is asked for again and again
            self._said = said
            self.state.show_state(icon, title, words, tone, [make() for make in buttons])
        self.setCurrentWidget(self.state)


def _button(text: str, icon: str, wanted: object, kind: str = "") -> QPushButton:
    made = button(text, icon, kind)
    made.clicked.connect(lambda: wanted.emit())  # type: ignore[attr-defined]
    return made
