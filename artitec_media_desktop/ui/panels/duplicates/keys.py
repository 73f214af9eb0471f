"""The keys of the duplicates page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget

from ...widgets.shortcuts import key_in
from .words import tr

if TYPE_CHECKING:
    from .panel import DuplicatesPanel

_K = Qt.Key
_ENTER: Final = (_K.Key_Return, _K.Key_Enter)
#: What has a use of its own for Enter, Space and arrows.
_BUSY: Final = (QComboBox, QAbstractSlider)


def told_keys() -> list[tuple[str, str]]:
    """For the overlay of keys and the palette."""
    return [
        (tr("Accept and go on"), "Return"),
        (tr("Keep the other"), "X"),
        (tr("Keep both"), "K"),
        (tr("Not duplicates"), "N"),
        (tr("Skip"), "S"),
        (tr("Undo"), "Z"),
        (tr("Group before, next group"), "Up Down"),
        (tr("Previous copy, next copy"), "Left Right"),
        (tr("Let it go, or stay"), "T"),
        (tr("Flick, while it is held"), "Space"),
        (tr("Side by side, flick, swipe, difference"), "M"),
        (tr("Same view on both"), "L"),
        (tr("All of it, 1:1"), "0 1"),
        (tr("Larger, smaller"), "+ -"),
        (tr("Divider left, right"), "Shift+Left Shift+Right"),
        (tr("Why, and what happens"), "Ctrl+I"),
        (tr("Compare again"), "F5"),
        (tr("Accept all exact copies…"), "Ctrl+Shift+Return"),
        (tr("Which one is kept…"), "Ctrl+Shift+K"),
    ]


def add_keys(panel: "DuplicatesPanel") -> None:
    """All but those that are held, or mean something else to a part of the page."""
    compare = panel.view.compare
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("X", panel.keep_other),
        ("K", panel.keep_both),
        ("N", panel.not_duplicates),
        ("S", panel.skip),
        ("Z", panel.undo),
        ("T", panel.toggle),
        ("M", compare.next_mode),
        ("L", lambda: compare.set_locked(not compare.is_locked)),
        ("0", compare.fit),
        ("1", compare.actual),
        ("+", compare.zoom_in),
        ("=", compare.zoom_in),
        ("-", compare.zoom_out),
        ("Shift+Left", lambda: compare.move_split(-0.05)),
        ("Shift+Right", lambda: compare.move_split(0.05)),
        ("Ctrl+I", panel.toggle_reasons),
        ("F5", panel.clean_up.compare),
        ("Ctrl+Shift+Return", panel.accept_exact),
        ("Ctrl+Shift+K", panel.order_rules),
    )
    for keys, act in acts:
        repeats = keys in ("+", "=", "-", "Shift+Left", "Shift+Right")
        key_in(panel, keys, act, repeats=repeats)


def act_on(panel: "DuplicatesPanel", event: QKeyEvent, focused: QWidget | None) -> bool:
    """Enter, Space and arrows, wherever the keyboard is that has no use for them itself."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key, pressed = event.key(), event.type() is QEvent.Type.KeyPress
    if not plain or isinstance(focused, _BUSY):
        return False
    if key == _K.Key_Space and not isinstance(focused, QAbstractButton):
        panel.flicking.tell(event)
        return True
    if not pressed:
        return False
    if key in _ENTER:
        if not event.isAutoRepeat():
            panel.accept()
        return True
    steps = {_K.Key_Up: -1, _K.Key_Down: 1}
    if key in steps:
        panel.step(steps[_K(key)])
        return True
    across = {_K.Key_Left: -1, _K.Key_Right: 1}
    if key in across:
        panel.view.step(across[_K(key)])
        return True
    return False
