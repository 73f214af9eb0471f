"""Where the window is and how large, from one start to the next."""

from base64 import b64decode, b64encode

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from ..config.settings import Settings
from .theme import Space, Width

_SETTING = "window/geometry"


def remember(window: QWidget, settings: Settings) -> None:
    """Write it into the settings."""
    settings.set(_SETTING, b64encode(window.saveGeometry().data()).decode("ascii"))


def restore(window: QWidget, settings: Settings) -> None:
    """As it was left; else as designed, or as much of that as the screen has room for."""
    window.resize(_usual_size(window))
    if saved := settings.get(_SETTING, ""):
        # What can't be read is refused by Qt, and the usual size stays.
        window.restoreGeometry(QByteArray(_bytes(saved)))


def _usual_size(window: QWidget) -> QSize:
    size = QSize(Width.WINDOW, Width.WINDOW_HEIGHT)
    # A frame comes around it.
    room = window.screen().availableGeometry().size() - QSize(Space.XL, 2 * Space.XL)
    bounded = size.boundedTo(room)
    return bounded if bounded.expandedTo(window.minimumSize()) == bounded else size


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
