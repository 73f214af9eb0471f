"""Primary or not, the place in the order, public or private."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from .....domain.selection import Values
from ....theme import Space
from ....widgets import CheckBox, Segments, label
from .parts import NameRow, changed_badge
from .words import number, tr

_PUBLIC: Final = "public"
_PRIVATE: Final = "private"
_ORDER_WIDE: Final = 56


class VisibilityField(QWidget):
    """Two segments; none is chosen where the media differ."""

    edited = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.segments = Segments(
            [(_PUBLIC, tr("Public"), "globe"), (_PRIVATE, tr("Private"), "lock-simple")]
        )
        self.segments.setAccessibleName(tr("Visibility"))
        elastic, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.segments.setSizePolicy(elastic, fixed)
        for each in self.segments.buttons.values():
            each.setSizePolicy(elastic, fixed)
        self._hint = label("", "small")
        self._row = NameRow(tr("Visibility"), self.segments, self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._row)
        column.addWidget(self.segments)
        self.segments.chosen.connect(lambda value: self.edited.emit(value == _PUBLIC))

    def show_values(self, values: Values[bool], draft: bool | None) -> None:
        """What the media are, or what they are to become."""
        now = values.common if draft is None else draft
        self.segments.set_value("" if now is None else _PUBLIC if now else _PRIVATE)
        mixed = draft is None and values.is_mixed
        words = tr("{count} public, {others} private").format(
            count=number(values.count(True)), others=number(values.count(False))
        )
        self._hint.setText(words if mixed else "")

    def set_changed(self, changed: bool) -> None:
        """Say whether it differs from what the library has."""
        self._row.badge.setVisible(changed)


class RoleRow(QWidget):
    """Whether a media is the primary one of its slot, and its number there."""

    edited = Signal(bool)
    #: The number where it is to stand, from 1.
    order_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.primary = CheckBox(tr("Primary"))
        self.badge = changed_badge()
        self.order = _Order()
        self._name = name = label(tr("Order"), "small")
        name.setBuddy(self.order)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.primary)
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(name)
        row.addWidget(self.order)
        self.primary.clicked.connect(self.edited)
        self.order.wanted.connect(self.order_wanted)

    def show_role(self, primary: bool, *, is_free: bool) -> None:
        """``is_free``: it may be another one; else the slot holds one file only."""
        self.primary.setChecked(primary)
        self.primary.setEnabled(is_free)
        held = tr("A slot of one file has it as its primary one.")
        self.primary.setToolTip("" if is_free else held)

    def show_order(self, at: int | None, of: int) -> None:
        """Its number; None where there is no order to speak of."""
        self._name.setVisible(at is not None)
        self.order.setVisible(at is not None)
        if at is not None:
            self.order.show_number(at, of)

    def set_changed(self, changed: bool) -> None:
        """Say whether it differs from what the library has."""
        self.badge.setVisible(changed)


class _Order(QLineEdit):
    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._at = 1
        self._bounds = QIntValidator(1, 1, self)
        self.setValidator(self._bounds)
        self.setFixedWidth(_ORDER_WIDE)
        self.setAccessibleName(tr("Order"))
        self.setToolTip(tr("Its number in the slot. Type another one and press Enter."))
        self.returnPressed.connect(self._take)

    def show_number(self, at: int, of: int) -> None:
        self._at = at
        self._bounds.setTop(max(1, of))
        if not (self.hasFocus() and self.isModified()):
            self.setText(str(at))

    def _take(self) -> None:
        self.setModified(False)
        if int(self.text()) != self._at:
            self.wanted.emit(int(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter belongs to the page."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was not taken is no number any more."""
        super().focusOutEvent(event)
        self.setModified(False)
        self.setText(str(self._at))
