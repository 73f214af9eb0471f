"""The reasons to reject or flag, each with its number, and the field of a note."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy

from .....domain.moderation import NOTE_LENGTH, Reason
from ....theme import Height, Radius, Space, font, theme
from ....widgets import KeyHint, label
from ....widgets.key_hint import draw_key
from ..parts import Section
from ..words import tr

_ROW: Final = 26


class ReasonRow(QAbstractButton):
    """A reason: its number as a key, its words."""

    def __init__(self, number: int, reason: Reason) -> None:
        super().__init__()
        self.reason = reason
        self._number = number
        self._is_armed = False
        self.setText(reason.text)
        self.setToolTip(reason.text)
        self.setAccessibleName(tr("{number}: {reason}").format(number=number, reason=reason.text))
        # A click leaves the keyboard to the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def arm(self, on: bool) -> None:
        """Whether its key would choose it now."""
        if on != self._is_armed:
            self._is_armed = on
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(_ROW, _ROW)

    def enterEvent(self, event: QEnterEvent) -> None:
        """It can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Key and words; a ground below the mouse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), Radius.THUMB, Radius.THUMB)
        key = QRectF(0, (self.height() - Height.KEY) / 2, Height.KEY, Height.KEY)
        draw_key(painter, key, str(self._number))
        if self._is_armed:
            painter.setPen(theme().color("accent"))
            painter.setBrush(theme().color("selection"))
            painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), Radius.THUMB, Radius.THUMB)
            painter.setPen(theme().color("text"))
            painter.setFont(font("badge"))
            painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        face = font("emphasis" if self._is_armed else "body")
        room = self.rect().adjusted(Height.KEY + Space.M, 0, -Space.XS, 0)
        painter.setFont(face)
        painter.setPen(theme().color("text" if self.isEnabled() else "disabled"))
        elide = Qt.TextElideMode.ElideRight
        words = QFontMetrics(face).elidedText(self.text(), elide, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


class Note(QLineEdit):
    """What a person adds to a reason; Enter decides, Esc drops it."""

    #: Enter: it is written.
    entered = Signal()
    #: Esc: it is not wanted.
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(NOTE_LENGTH)
        self.setPlaceholderText(tr("Note, if there is more to say"))
        self.setAccessibleName(tr("Note"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc say so; letters are text, never keys of the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
            event.accept()


class ReasonList(Section):
    """As many rows as the policy has reasons; ``arm`` shows that a number chooses one now."""

    #: The code of a reason that was clicked.
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Reasons to reject"))
        self.reasons: tuple[Reason, ...] = ()
        self.rows: list[ReasonRow] = []
        self.note = Note()
        self._press, self._key = label(tr("press"), "small"), KeyHint("R")
        self._then = label(tr("then"), "small")
        for each in (self._press, self._key, self._then):
            self.head.addWidget(each)
        self.body.setSpacing(1)
        self.body.addSpacing(Space.S)
        self.body.addWidget(self.note)

    def show_key(self, keys: str) -> None:
        """What is pressed before the number."""
        self._key.show_keys(keys)

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show others, in their order."""
        if tuple(reasons) == self.reasons:
            return
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.reasons, self.rows = tuple(reasons), []
        for at, reason in enumerate(self.reasons):
            row = ReasonRow(at + 1, reason)
            row.clicked.connect(lambda _=False, code=reason.code: self.chosen.emit(code))
            self.body.insertWidget(at, row)
            self.rows.append(row)

    def arm(self, on: bool, *, flagging: bool = False) -> None:
        """Say that the next number chooses, and for what."""
        self.title.setText(tr("Reasons to flag") if flagging else tr("Reasons to reject"))
        self._press.setText(tr("press a number") if on else tr("press"))
        for each in (self._key, self._then):
            each.setVisible(not on)
        for row in self.rows:
            row.arm(on)
