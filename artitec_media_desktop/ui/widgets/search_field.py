"""A field with a magnifier in front and the key that reaches it behind."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ..theme import Space, icon
from .key_hint import KeyHint


class SearchField(QLineEdit):
    """Esc clears it; when it is empty already, Esc is left to whoever is around it."""

    def __init__(self, placeholder: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._hint = KeyHint(keys, self) if keys else None
        self.textChanged.connect(self._show_hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the badge at the right end."""
        super().resizeEvent(event)
        if self._hint is not None:
            size = self._hint.sizeHint()
            self._hint.resize(size)
            self._hint.move(
                self.width() - size.width() - Space.S, (self.height() - size.height()) // 2
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _show_hint(self) -> None:
        # The badge would stand on what is typed.
        if self._hint is not None:
            self._hint.setVisible(not self.text())
