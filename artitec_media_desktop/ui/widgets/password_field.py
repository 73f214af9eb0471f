"""A field whose text is dots until its eye is pressed."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ..theme import icon


class PasswordField(QLineEdit):
    """Hides what is typed; nothing in it goes into the undo of another field or a spell checker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._eye = self.addAction(
            icon("eye", "muted", on="text"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self._reveal(False)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)
        self._eye.setIcon(icon("eye-slash" if shown else "eye", "muted"))
        words = self.tr("Hide what is typed") if shown else self.tr("Show what is typed")
        self._eye.setText(words)
        self._eye.setToolTip(words)

    def clear_secret(self) -> None:
        """Forget what was typed, and hide what follows."""
        self.clear()
        self._eye.setChecked(False)
