"""What works on every page: as keys, in the palette, and in the overlay of keys."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from .context_menu import open_context_menu
from .frame.palette import Command
from .theme import Mode, theme

if TYPE_CHECKING:
    from ..bootstrap import App
    from .main_window import MainWindow

_MAC: Final = sys.platform == "darwin"
_BACK: Final = "Ctrl+[" if _MAC else "Alt+Left"
_FORWARD: Final = "Ctrl+]" if _MAC else "Alt+Right"
#: Only these go on while they are held.
_REPEATS: Final = frozenset({_BACK, _FORWARD, "F6", "Shift+F6"})


class Everywhere(QObject):
    """Reads as a table; the window does it."""

    def __init__(self, app: "App", window: "MainWindow") -> None:
        super().__init__(window)
        self._app, self._window = app, window

    def add_actions(self) -> None:
        """Have the window do it all by key."""
        window = self._window
        for at, page in enumerate(window.rail_pages, start=1):
            self._add(f"Ctrl+{at}", partial(window.show_page, page.name))
        for _text, act, _icon, keys in self._rows():
            self._add(keys, act)
        self._add("Ctrl+K", window.show_palette)
        self._add("F6", partial(window.next_pane, 1))
        self._add("Shift+F6", partial(window.next_pane, -1))
        self._add("Meta+Return" if _MAC else "Shift+F10", open_context_menu)
        if not _MAC:
            self._add("Ctrl+Y", window.redo)

    def commands(self) -> list[Command]:
        """For the palette."""
        found = [
            Command(
                f"page:{page.name}",
                self.tr("Go to {page}").format(
                    page=QCoreApplication.translate("Pages", page.title)
                ),
                partial(self._window.show_page, page.name),
                page.icon,
                keys=f"Ctrl+{at}",
            )
            for at, page in enumerate(self._window.rail_pages, start=1)
            if page.factory is not None
        ]
        found += [
            Command(f"window:{keys}", text, act, icon, keys=keys)
            for text, act, icon, keys in self._rows()
        ]
        tour = self.tr("Show me around")
        found.append(Command("window:tour", tour, self._window.guide.start, "map-trifold"))
        return found + [
            Command(f"theme:{mode.value}", text, partial(self._dress, mode), icon)
            for mode, text, icon in (
                (Mode.LIGHT, self.tr("Light theme"), "sun"),
                (Mode.DARK, self.tr("Dark theme"), "moon"),
                (Mode.SYSTEM, self.tr("Theme of the system"), "circle-half"),
            )
        ]

    def keys(self) -> list[tuple[str, str]]:
        """For the overlay, as ``Panel.keys``."""
        return [
            (self.tr("Pages"), "Ctrl+1 Ctrl+2"),
            (self.tr("Back, forward"), f"{_BACK} {_FORWARD}"),
            (self.tr("Commands and places"), "Ctrl+K"),
            (self.tr("Find a place"), "Ctrl+F"),
            (self.tr("Add files"), "Ctrl+O"),
            (self.tr("Undo, do it again"), "Ctrl+Z Ctrl+Shift+Z"),
            (self.tr("Icons only, or names"), "Ctrl+B"),
            (self.tr("Next, last pane"), "F6 Shift+F6"),
            (self.tr("Menu"), "Meta+Return" if _MAC else "Shift+F10"),
            (self.tr("Settings"), "Ctrl+,"),
            (self.tr("Full screen"), "F11"),
            (self.tr("These keys"), "?"),
            (self.tr("Quit"), "Ctrl+Q"),
        ]

    def _rows(self) -> list[tuple[str, Callable[[], object], str, str]]:
        """What it is called, what is done, icon and keys."""
        window = self._window
        return [
            (self.tr("Back"), partial(window.go_back, -1), "arrow-left", _BACK),
            (self.tr("Forward"), partial(window.go_back, 1), "arrow-right", _FORWARD),
            (self.tr("Find a place"), window.find_place, "magnifying-glass", "Ctrl+F"),
            (self.tr("Add files"), window.add_files, "upload-simple", "Ctrl+O"),
            (self.tr("Undo"), window.undo, "arrow-counter-clockwise", "Ctrl+Z"),
            (self.tr("Do it again"), window.redo, "arrow-clockwise", "Ctrl+Shift+Z"),
            (self.tr("Settings"), window.show_settings, "gear-six", "Ctrl+,"),
            (self.tr("Icons only, or names"), window.toggle_rail, "list-bullets", "Ctrl+B"),
            (self.tr("Full screen"), window.toggle_full_screen, "arrows-out", "F11"),
            (self.tr("Keys of this page"), window.show_keys, "question", "?"),
            (self.tr("Quit"), window.close, "x", "Ctrl+Q"),
        ]

    def _dress(self, mode: Mode) -> None:
        theme().set_mode(mode)
        self._app.settings.set("theme", mode.value)

    def _add(self, keys: str, act: Callable[[], object]) -> None:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(keys))
        action.setAutoRepeat(keys in _REPEATS)
        action.triggered.connect(lambda _=False: act())
        self._window.addAction(action)
