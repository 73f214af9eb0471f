"""What the keys of the page do, wherever the keyboard is that has no use for them itself."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget

from ...widgets.key_button import KeyButton
from ...widgets.shortcuts import key_in
from . import keys as k
from .keys import code_of, stroke_of

if TYPE_CHECKING:
    from .panel import ModerationPanel

#: What has a use of its own for Enter, Space and arrows.
_BUSY: Final = (QComboBox, QAbstractSlider)
_ENTER: Final = frozenset({code_of("Return"), code_of("Enter")})
#: Only these go on while they are held.
_REPEATS: Final = frozenset({k.BACK, k.NEXT})
_EXTEND: Final = frozenset({code_of("Shift+Left"), code_of("Shift+Right")})
UNDO: Final = code_of("Ctrl+Z")
REDO: Final = frozenset({code_of("Ctrl+Shift+Z"), code_of("Ctrl+Y")})


def add_keys(panel: "ModerationPanel") -> None:
    """What opens something; on some keyboards ``/`` takes Shift, which shortcuts see to."""
    header = panel.header
    for keys, act in (
        ("/", header.begin),
        ("Ctrl+Shift+O", header.turn_order),
        ("Ctrl+Shift+S", header.figures.click),
        ("Ctrl+Shift+R", header.policy.click),
        ("Ctrl+Shift+E", panel.care),
    ):
        key_in(panel, keys, act)


def act_on(panel: "ModerationPanel", event: QKeyEvent, focused: QWidget | None) -> bool:
    """Do what a key means; False where it means nothing."""
    stroke, name = stroke_of(event), panel.key_map.meant(event)
    is_release = event.type() is QEvent.Type.KeyRelease
    if isinstance(focused, _BUSY) or _presses(focused, event):
        return False
    if is_release:
        return _let_go(panel, event)
    repeats = event.isAutoRepeat()
    if name == k.LOOK:
        panel.held.tell(event)
        return True
    if name:
        if name in _REPEATS or not repeats:
            panel.acts[name]()
        return True
    if stroke in _ENTER:
        return repeats or panel.choosing.confirm() or _go_on(panel)
    if stroke == code_of("Esc"):
        return panel.drop()
    digit = event.key() - Qt.Key.Key_0
    if 1 <= digit <= 9 and stroke_of(event) == event.key():
        return panel.choosing.choose(digit)
    act = panel.fixed.get(stroke)
    if act is not None and (stroke in _EXTEND or not repeats):
        act()
    return act is not None


def wants(panel: "ModerationPanel", event: QKeyEvent) -> bool:
    """Whether a key that the window has a use for means the page now."""
    if stroke_of(event) in REDO:
        return panel.deciding.may_redo
    return stroke_of(event) == UNDO and panel.deciding.may_undo


def _presses(focused: QWidget | None, event: QKeyEvent) -> bool:
    """Space and Enter press the button that has the keyboard."""
    pressing = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return isinstance(focused, QAbstractButton) and event.key() in pressing


def _go_on(panel: "ModerationPanel") -> bool:
    """Press what leads on from where there is no picture."""
    shown = panel.state.findChildren(KeyButton) if panel.state.isVisible() else []
    way = next((each for each in shown if each.isVisible()), None)
    if way is not None:
        way.click()
    return way is not None


def _let_go(panel: "ModerationPanel", event: QKeyEvent) -> bool:
    """Modifiers may have been let go before."""
    held = code_of(panel.key_map.of(k.LOOK)) & ~int(Qt.KeyboardModifier.KeyboardModifierMask.value)
    if event.key() != held:
        return False
    panel.held.tell(event)
    return True
