"""The keys of the viewer: what they do, and what the overlay says of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from .words import tr

if TYPE_CHECKING:
    from .viewer import Viewer


def acting(viewer: "Viewer") -> dict[Qt.Key, Callable[[], None]]:
    """What each key does, pressed alone."""
    key = Qt.Key
    return {
        key.Key_Left: lambda: viewer.step(-1),
        key.Key_Right: lambda: viewer.step(1),
        key.Key_0: viewer.fit,
        key.Key_1: viewer.actual,
        key.Key_Plus: lambda: viewer.zoom(1),
        key.Key_Equal: lambda: viewer.zoom(1),
        key.Key_Minus: lambda: viewer.zoom(-1),
        key.Key_R: lambda: viewer.turn(1),
        key.Key_BracketRight: lambda: viewer.turn(1),
        key.Key_BracketLeft: lambda: viewer.turn(-1),
        key.Key_I: viewer.toggle_facts,
        key.Key_K: viewer.toggle_play,
        key.Key_M: viewer.toggle_mute,
        key.Key_C: viewer.toggle_compare,
        key.Key_Space: viewer.space,
        key.Key_Question: viewer.show_keys,
        key.Key_Escape: viewer.dismiss,
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
