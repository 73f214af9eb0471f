"""Pictures are asked for in device pixels, so anew where a window moves to another screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class Sharpness(QObject):
    """Watches a widget: its screen has another device pixel ratio now."""

    changed = Signal()

    def __init__(self, widget: QWidget, ask: Callable[[], object]) -> None:
        """``ask`` is called then."""
        super().__init__(widget)
        self.changed.connect(ask)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is kept from the widget."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.changed.emit()
        return False
