"""The common shape of what is asked for before a library opens."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..theme import Space
from ..widgets import FormRow, Message, button, label

_WIDE = 384
NAME_WIDE = 96


class GateForm(QWidget):
    """A title, a sentence, rows, and one button in the middle of the room; Enter presses it."""

    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._action = self._busy = ""
        self.title = label(role="section")
        self.text = label(role="muted")
        self.text.setWordWrap(True)
        self.text.setFixedWidth(_WIDE)
        self.text.hide()
        self.message = Message()
        self.rows: list[FormRow] = []
        self.button = button("", kind="primary")
        self.button.clicked.connect(self.submit)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(Space.S)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(NAME_WIDE, 0, 0, 0)
        self._foot.addStretch(1)
        self._foot.addWidget(self.button)
        column = QWidget()
        column.setFixedWidth(_WIDE)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.L)
        for part in (self.title, self.text, self.message):
            box.addWidget(part)
        box.addLayout(self._rows)
        box.addLayout(self._foot)
        box.addSpacing(Space.S)
        box.addWidget(self._way_out(), 0, Qt.AlignmentFlag.AlignHCenter)
        around = QVBoxLayout(self)
        around.addStretch(2)
        around.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(3)

    def set_words(self, title: str, action: str, busy: str) -> None:
        """The title, and what is on the button: before, and while it tries."""
        self._action, self._busy = action, busy
        self.title.setText(title)
        self.button.setText(action)

    def add_row(self, row: FormRow) -> None:
        """Put a row below the others; in a field, Enter presses the button."""
        self.rows.append(row)
        self._rows.addWidget(row)
        if isinstance(row.control, QLineEdit):
            row.control.returnPressed.connect(self.submit)

    def add_note(self, note: QWidget) -> None:
        """Put something beside the button."""
        self._foot.insertWidget(0, note)

    def submit(self) -> None:
        """Enter, or the button: see whether all is there, then ``go``."""
        if self.button.isEnabled() and self.is_filled():
            self.set_busy(True)
            self.go()

    def is_filled(self) -> bool:
        """Whether ``go`` has what it needs; says what is missing where not."""
        return True

    def go(self) -> None:
        """Try; the busy state ends with ``set_busy``."""

    def set_busy(self, busy: bool) -> None:
        """Nothing can be typed or pressed while it is tried."""
        self.button.setText(self._busy if busy else self._action)
        self.button.setEnabled(not busy)
        for row in self.rows:
            row.control.setEnabled(not busy)
            if busy:
                row.set_error("")
        if busy:
            self.message.say("")

    def _way_out(self) -> QPushButton:
        made = button(self.tr("Add or change libraries"), kind="link", small=True)
        made.clicked.connect(self.settings_wanted)
        return made
