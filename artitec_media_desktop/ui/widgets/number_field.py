"""A field of a dialog that takes a number."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox

from ..theme import Space


class NumberField(QSpinBox):
    """The wheel scrolls the dialog instead of changing it unseen."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        # Not by ButtonSymbols: with a style sheet the field would have no room then.
        self.setStyleSheet("QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }")
        self.setFixedWidth(wide)
        # The field inside has no frame of its own.
        self.lineEdit().setProperty("kind", "bare")
        self.lineEdit().setTextMargins(Space.S - 2, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See above."""
        event.ignore()
