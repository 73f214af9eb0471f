"""What the palette offers: pages, what every page can, what this page can, and every place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ..domain.entities import Entity, EntityRef
from .frame.palette import Command, Palette, entity_command
from .panel import Panel

if TYPE_CHECKING:
    from ..bootstrap import App


class Commands(QObject):
    """Opens the palette at once with what is known, and adds the places as they are read."""

    def __init__(
        self,
        app: "App",
        window: QWidget,
        own: Callable[[], list[Command]],
        show: Callable[[EntityRef], None],
    ) -> None:
        """``own`` are the window's, ``show`` goes to a place."""
        super().__init__(window)
        self._app, self._window, self._own, self._show = app, window, own, show
        self._entities: list[Entity] = []
        self.palette: Palette | None = None

    def open(self, panel: Panel | None, title: str, may_read: bool) -> None:
        """Show the palette over the window; ``title`` is that of the page in front."""
        if self.palette is not None:
            self.palette.dismiss()
            return
        commands = [] if panel is None else page_commands(panel, title)
        told = {each.keys for each in commands}
        commands += [each for each in self._own() if each.keys not in told]
        self.palette = Palette(self._window, self._app, commands)
        self.palette.closed.connect(self._closed)
        self._offer(self.palette)
        self.palette.open()
        if may_read:
            self._read(self.palette)

    def _read(self, palette: Palette) -> None:
        def done(found: list[Entity]) -> None:
            known, self._entities = self._entities, found
            if found != known and self.palette is palette:
                self._offer(palette)

        self._app.runner.run(lambda _: self._app.library.entities(), done, lambda _error: None)

    def _offer(self, palette: Palette) -> None:
        def go(ref: EntityRef) -> Callable[[], None]:
            return lambda: self._show(ref)

        palette.set_places([entity_command(each, go(each.ref)) for each in self._entities])

    def _closed(self) -> None:
        self.palette = None


def page_commands(panel: Panel, title: str) -> list[Command]:
    """What a page tells of its keys, as commands: each does what its key does."""
    made = []
    told = panel.keys()
    for text, keys in told:
        spelled, words = keys.split(), [each.strip() for each in text.split(",")]
        # "Larger, smaller" are two commands; of several keys for one thing any will do.
        pairs = (
            list(zip(words, spelled, strict=True))
            if len(words) == len(spelled)
            else [(text, spelled[0])]
        )
        for word, key in pairs:
            said = word[:1].upper() + word[1:]
            name = f"{title}:{word}"
            made.append(Command(name, said, _presser(panel, key), "caret-right", "", key))
    return made


def _presser(panel: Panel, key: str) -> Callable[[], None]:
    return lambda: press(panel, key)


def press(panel: Panel, keys: str) -> None:
    """Do what a key does in a page: its shortcut, else what the focused part makes of it."""
    wanted = QKeySequence(keys)
    for shortcut in panel.findChildren(QShortcut):
        its_own = shortcut.keys()
        if shortcut.isEnabled() and wanted in its_own:
            shortcut.activated.emit()
            return
    for action in panel.findChildren(QAction):
        if action.isEnabled() and wanted in action.shortcuts():
            action.trigger()
            return
    focused = panel.window().focusWidget()
    inside = focused is not None and panel.isAncestorOf(focused)
    shown = [pane for pane in panel.panes() if pane.isVisible()]
    target = focused if inside else (shown[-1] if shown else panel)
    if target is None or wanted.isEmpty():
        return
    stroke = QKeyCombination(wanted[0])  # type: ignore[index]  # unknown to PySide's stubs
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        event = QKeyEvent(kind, stroke.key(), stroke.keyboardModifiers())
        QApplication.sendEvent(target, event)
