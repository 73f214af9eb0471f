"""What stands where there is nothing to show: why, and what to do next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ..theme import Space
from .disc import Disc
from .labels import label
from .shortcuts import has_keyboard

_TEXT_WIDTH = 360


class EmptyState(QWidget):
    """An icon in a circle, a title, a sentence and up to two buttons, in the middle of the room.

    ``tone``: muted where nothing is there yet, danger for a fault, warning for "not allowed".
    """

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        tone: str = "muted",
        buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._circle = Disc()
        self._title = label(role="section")
        self._text = label(role="muted")
        for each in (self._title, self._text):
            each.setWordWrap(True)
            each.setMaximumWidth(_TEXT_WIDTH)
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.S)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        box.setSpacing(0)
        box.addStretch(1)
        box.addWidget(self._circle, 0, Qt.AlignmentFlag.AlignHCenter)
        for part, gap in ((self._title, Space.L), (self._text, Space.XS)):
            box.addSpacing(gap)
            middle = QHBoxLayout()  # a label with a greatest width stays at the left by itself
            middle.addStretch(1)
            middle.addWidget(part, _TEXT_WIDTH)
            middle.addStretch(1)
            box.addLayout(middle)
        box.addSpacing(Space.L)
        box.addLayout(self._row)
        box.addStretch(1)
        self.show_state(icon_name, title, text, tone, buttons)

    def show_state(
        self,
        icon_name: str,
        title: str,
        text: str,
        tone: str = "muted",
        buttons: Sequence[QPushButton] = (),
    ) -> None:
        """Say something else; buttons that were shown before are thrown away.

        If one of them had the keyboard, the first of the new ones gets it, else the state itself.
        """
        had_keyboard = has_keyboard(self)
        self._circle.look = (icon_name, tone)
        self._circle.update()
        self._title.setText(title)
        self._text.setText(text)
        self._fit()
        self.setAccessibleName(f"{title}. {text}")
        if had_keyboard:  # Qt would give it to the first widget of the window
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._row.addStretch(1)
        for each in buttons:
            self._row.addWidget(each)
            each.show()
        self._row.addStretch(1)
        if had_keyboard and buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the lines are; where there is less room, more of them."""
        wide = max(1, min(_TEXT_WIDTH, self.width() - 2 * Space.L))
        for each in (self._title, self._text):
            each.ensurePolished()  # or its height would be that of another font
            each.setMinimumHeight(max(0, each.heightForWidth(wide)))
