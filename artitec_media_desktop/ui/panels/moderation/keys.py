"""The keys of the page: which there are, which a person chose, and which can't be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ....config.settings import Settings
from .words import tr

#: The name in the settings: what is done → key, in Qt's portable spelling, where it was changed.
SETTING: Final = "moderation.keys"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One thing that is done by a key."""

    name: str
    words: str
    usual: str


APPROVE: Final = "approve"
REJECT: Final = "reject"
FLAG: Final = "flag"
SKIP: Final = "skip"
UNDO: Final = "undo"
BACK: Final = "back"
NEXT: Final = "next"
ZOOM: Final = "zoom"
PLAY: Final = "play"
LOOK: Final = "look"
#: In the order in which they are shown.
ROWS: Final = (
    KeyRow(APPROVE, str(QT_TRANSLATE_NOOP("Moderation", "Approve")), "A"),
    KeyRow(REJECT, str(QT_TRANSLATE_NOOP("Moderation", "Reject, then a reason by number")), "R"),
    KeyRow(FLAG, str(QT_TRANSLATE_NOOP("Moderation", "Flag, then a reason by number")), "F"),
    KeyRow(SKIP, str(QT_TRANSLATE_NOOP("Moderation", "Skip")), "S"),
    KeyRow(UNDO, str(QT_TRANSLATE_NOOP("Moderation", "Take back the last decision")), "Z"),
    KeyRow(BACK, str(QT_TRANSLATE_NOOP("Moderation", "The one before")), "Left"),
    KeyRow(NEXT, str(QT_TRANSLATE_NOOP("Moderation", "The next one")), "Right"),
    KeyRow(ZOOM, str(QT_TRANSLATE_NOOP("Moderation", "Zoom")), "Space"),
    KeyRow(PLAY, str(QT_TRANSLATE_NOOP("Moderation", "Play, pause a video")), "K"),
    KeyRow(LOOK, str(QT_TRANSLATE_NOOP("Moderation", "Look clearly, while it is held")), "B"),
)
#: What stays as it is, for the overlay.
_FIXED: Final = (
    (str(QT_TRANSLATE_NOOP("Moderation", "Drop a started reject or a selection")), "Esc"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Select one more")), "Shift+Left Shift+Right"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Select all that are held")), "Ctrl+A"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Filter")), "/"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Oldest or highest score first")), "Ctrl+Shift+O"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Show or hide the facts")), "Ctrl+I"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Figures…")), "Ctrl+Shift+S"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Reasons and rules…")), "Ctrl+Shift+R"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Veils and breaks…")), "Ctrl+Shift+E"),
    (str(QT_TRANSLATE_NOOP("Moderation", "Change keys…")), "Ctrl+Shift+K"),
)  # fmt: skip
#: Reasons, and what every page of the window does by a key.
_TAKEN: Final = frozenset(
    [*"123456789", "Esc", "Return", "Enter", "Tab", "Shift+Tab", "?", "F5", "F6", "Shift+F6", "F11"]
    + ["Shift+Left", "Shift+Right", "Ctrl+A", "Ctrl+I", "Ctrl+Shift+K", "Ctrl+Z", "Ctrl+Shift+Z"]
    + ["Ctrl+Y", "Ctrl+K", "Ctrl+F", "Ctrl+O", "Ctrl+B", "Ctrl+,", "Ctrl+Q", "Menu", "Shift+F10"]
    + ["Alt+Left", "Alt+Right", "/"]
    + [f"Ctrl+Shift+{each}" for each in "OSRE"]
    + [f"Ctrl+{each}" for each in range(1, 10)]
)


def code_of(keys: str) -> int:
    """What a key event of these keys has as its ``code``; 0 where they are no single stroke."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return 0
    return QKeyCombination(sequence[0]).toCombined()  # type: ignore[index]  # as in commands.py


def stroke_of(event: QKeyEvent) -> int:
    """The keys of an event, comparable with ``code_of``."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeyCombination(modifiers, Qt.Key(event.key())).toCombined()


class Keys:
    """Those that are in force."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._by_name: dict[str, str] = {}
        self._by_code: dict[int, str] = {}
        self.read()

    def read(self) -> None:
        """As the settings say; what can't be used there, or is used twice, is as usual."""
        saved = self._settings.get(SETTING, {})
        chosen = {each.name: saved.get(each.name) for each in ROWS}
        wanted = {name: keys for name, keys in chosen.items() if isinstance(keys, str)}
        self._by_name = {each.name: wanted.get(each.name, each.usual) for each in ROWS}
        if any(refusal(self._by_name, name) for name in self._by_name):
            self._by_name = {each.name: each.usual for each in ROWS}
        self._by_code = {code_of(keys): name for name, keys in self._by_name.items()}

    def keep(self, chosen: Mapping[str, str]) -> None:
        """Use these from now on."""
        usual = {each.name: each.usual for each in ROWS}
        changed = {name: keys for name, keys in chosen.items() if keys != usual[name]}
        self._settings.set(SETTING, changed)
        self.read()

    @property
    def all(self) -> dict[str, str]:
        """What is done → key."""
        return dict(self._by_name)

    def of(self, name: str) -> str:
        """The key of what is done."""
        return self._by_name[name]

    def meant(self, event: QKeyEvent) -> str:
        """What is to be done; empty for a key that means nothing here."""
        return self._by_code.get(stroke_of(event), "")

    def told(self) -> list[tuple[str, str]]:
        """See Panel.keys."""
        shown = [(tr(each.words), self.of(each.name)) for each in ROWS]
        return [*shown, *((tr(words), keys) for words, keys in _FIXED)]


def refusal(chosen: Mapping[str, str], name: str) -> str:
    """Why a key can't be used for this among these; empty where it can."""
    keys = chosen[name]
    if not code_of(keys):
        return tr("It takes one key.")
    if code_of(keys) in {code_of(each) for each in _TAKEN}:
        return tr("This key means something else on every page or in this one.")
    words = {each.name: tr(each.words) for each in ROWS}
    for other, its in chosen.items():
        if other != name and code_of(its) == code_of(keys):
            return tr("This is the key of “{other}”.").format(other=words[other])
    return ""
