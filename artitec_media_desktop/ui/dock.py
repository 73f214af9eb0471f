"""Progress on the icon of the program, where the system has it.

Linux: the launcher signal that Plasma, Ubuntu's dock and others listen to, over D-Bus. macOS and
Windows: the number of files left, as a badge; Qt has no bar for their icons.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ..domain.errors import MediaError
from ..tasks.runner import Runner

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_INTERFACE = "com.canonical.Unity.LauncherEntry"
_PATH = "/com/artitec/media"


class Dock(QObject):
    """Asks for nothing until there is progress: QtDBus is loaded and connected in a worker."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._shown: tuple[float | None, int] = (None, 0)
        self._asked = False
        self._bus: QDBusConnection | None = None

    def show_progress(self, share: float | None, left: int) -> None:
        """A bar, 0 to 1, and how many files are left; None takes it away."""
        if (share, left) == self._shown:
            return
        self._shown = (share, left)
        if sys.platform in ("win32", "darwin"):
            QGuiApplication.setBadgeNumber(left)
        elif self._bus is not None:
            self._send(self._bus)
        elif not self._asked and _has_bus():
            self._asked = True
            self._runner.run(lambda _: _connect(), self._connected, _no_dock)

    def _connected(self, bus: "QDBusConnection | None") -> None:
        self._bus = bus
        if bus is not None:
            self._send(bus)

    def _send(self, bus: "QDBusConnection") -> None:
        from PySide6.QtDBus import QDBusMessage

        share, _ = self._shown
        values: dict[str, Any] = {"progress": share or 0.0, "progress-visible": share is not None}
        name = f"application://{QGuiApplication.desktopFileName()}.desktop"
        message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
        message.setArguments([name, values])
        bus.send(message)


def _has_bus() -> bool:
    """Whether a desktop is there, with a bus that need not be started first."""
    there = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or os.environ.get("XDG_RUNTIME_DIR")
    return bool(there) and QGuiApplication.platformName() in ("xcb", "wayland")


def _connect() -> "QDBusConnection | None":
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not (Path(folder) / "bus").exists():
        return None
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return None  # it is left out of some builds
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None


def _no_dock(_error: MediaError) -> None:
    """Nothing is lost."""
