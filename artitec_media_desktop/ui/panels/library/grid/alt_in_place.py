"""Alt text written in place: a field over the caption of a cell."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from .....domain.limits import ALT_TEXT_LENGTH
from ....theme import font
from ..words import tr
from .delegate import caption_rect

if TYPE_CHECKING:
    from .model import GridModel
    from .view import GridView

#: With these a key is a command of the window, unless the field has a use for it.
_COMMAND: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_TAB: Final = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class AltField(QLineEdit):
    """Enter saves, Tab saves and goes on to the next, Esc leaves."""

    #: The text, and how far to go on: 0, 1 or -1.
    saved = Signal(str, int)
    left = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setMaxLength(ALT_TEXT_LENGTH)
        self.setFont(font("caption"))
        self.setProperty("kind", "cell")
        self.setAccessibleName(tr("Alt text"))
        self.setPlaceholderText(tr("Add alt text"))
        self.setTextMargins(0, 0, 0, 0)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Tab goes to the next photo, not to the next field; letters are no commands here."""
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() is QEvent.Type.ShortcutOverride and not event.modifiers() & _COMMAND:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:
            by = _TAB.get(Qt.Key(event.key()), 0)
            if by:
                self.saved.emit(self.text(), by)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saved.emit(self.text(), 0)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere saves what was written; a menu over it does not."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.saved.emit(self.text(), 0)


class AltInPlace(QObject):
    """Puts a field over the caption of the current cell, and keeps it there."""

    #: The key of a media, and what was written.
    edited = Signal(int, str)

    #: Says why, where it may not be written; set from outside.
    may_begin: Callable[[], bool] = staticmethod(lambda: True)

    def __init__(self, grid: "GridView", model: "GridModel") -> None:
        super().__init__(grid)
        self._grid, self._model = grid, model
        self._key = 0
        #: The field that is open.
        self.field: AltField | None = None

    def begin(self) -> None:
        """Write the alt text of the current media, once it has been read."""
        index = self._grid.currentIndex()
        media = self._model.media(self._model.key_at(index.row())) if index.isValid() else None
        if media is None or not self.may_begin():
            return
        self._close()
        self._grid.scrollTo(index)
        self._key = media.id
        field = self.field = AltField(media.alt_text or "", self._grid.viewport())
        self.place()
        field.saved.connect(self._save)
        field.left.connect(self._close)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Stay over the cell, which has moved or gone."""
        if self.field is None:
            return
        row = self._model.row_of(self._key)
        if row is None:
            self._close()
            return
        cell = self._grid.visualRect(self._model.index(row))
        self.field.setGeometry(caption_rect(cell).adjusted(-4, -3, 4, 3))

    def _save(self, words: str, by: int) -> None:
        if self.field is None:
            return
        key, words = self._key, words.strip()
        self._close()
        media, row = self._model.media(key), self._model.row_of(key)
        if media is not None and words != (media.alt_text or ""):
            self.edited.emit(key, words)
        if by and row is not None and 0 <= row + by < self._model.rowCount():
            self._grid.setCurrentIndex(self._model.index(row + by))
            self.begin()

    def _close(self) -> None:
        if self.field is not None:
            field, self.field = self.field, None
            had_focus = field.hasFocus()
            field.hide()
            field.deleteLater()
            if had_focus:
                self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
