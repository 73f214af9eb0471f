"""The keys of the viewer: what they do, and what the overlay says of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from .words import tr

if TYPE_CHECKING:
    from .viewer import Viewer

_K = Qt.Key
#: Only these go on while they are held.
REPEATS: Final = frozenset({_K.Key_Left, _K.Key_Right, _K.Key_Plus, _K.Key_Equal, _K.Key_Minus})


def acting(viewer: "Viewer") -> dict[Qt.Key, Callable[[], None]]:
    """What each key does, pressed alone."""
    return {
        _K.Key_Left: lambda: viewer.step(-1),
        _K.Key_Right: lambda: viewer.step(1),
        _K.Key_0: viewer.fit,
        _K.Key_1: viewer.actual,
        _K.Key_Plus: lambda: viewer.zoom(1),
        _K.Key_Equal: lambda: viewer.zoom(1),
        _K.Key_Minus: lambda: viewer.zoom(-1),
        _K.Key_R: lambda: viewer.turn(1),
        _K.Key_BracketRight: lambda: viewer.turn(1),
        _K.Key_BracketLeft: lambda: viewer.turn(-1),
        _K.Key_I: viewer.toggle_facts,
        _K.Key_K: viewer.toggle_play,
        _K.Key_M: viewer.toggle_mute,
        _K.Key_C: viewer.toggle_compare,
        _K.Key_Space: viewer.space,
        _K.Key_Question: viewer.show_keys,
        _K.Key_Escape: viewer.dismiss,
    }


def keys() -> list[tuple[str, str]]:
    """See Panel.keys."""
    return [
        (tr("The one before, next"), "Left Right"),
        (tr("Show all of it"), "0"),
        (tr("Actual size"), "1"),
        (tr("Larger, smaller"), "+ -"),
        (tr("Turn, only to look"), "R [ ]"),
        (tr("Facts"), "I"),
        (tr("Side by side, of two to four selected"), "C"),
        (tr("Play, pause a video"), "Space K"),
        (tr("Slideshow"), "K"),
        (tr("Sound of a video"), "M"),
        (tr("Back"), "Esc Space"),
    ]


def everywhere() -> list[tuple[str, str]]:
    """What the window does meanwhile."""
    return [(tr("Full screen"), "F11"), (tr("These keys"), "?"), (tr("Quit"), "Ctrl+Q")]
