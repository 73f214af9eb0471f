"""A field for one tag, with those that are in use and begin so below it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from .....domain.errors import MediaError
from .....domain.search import fold
from ....theme import Height, Space
from .words import number, tr

if TYPE_CHECKING:
    from .....bootstrap import App

_SHOWN: Final = 7
_ASK_MS: Final = 80
_TAG: Final = Qt.ItemDataRole.UserRole


class TagInput(QLineEdit):
    """Enter takes what is marked in the list, a comma what is typed; Esc closes the list."""

    #: A tag.
    taken = Signal(str)
    #: Backspace in the empty field.
    back = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self._number = 0
        self._leave_out: frozenset[str] = frozenset()
        self.list = _Completions(self)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_ASK_MS)
        self._asking.timeout.connect(self._ask)
        self.setPlaceholderText(tr("Add a tag"))
        self.setAccessibleName(tr("Add a tag"))
        self.textEdited.connect(self._edited)
        self.list.chosen.connect(self._take)

    def set_taken(self, tags: frozenset[str]) -> None:
        """These are there already and need not be offered."""
        self._leave_out = tags

    def _edited(self, text: str) -> None:
        parts = text.split(",")
        if len(parts) > 1:
            for each in parts[:-1]:
                self._take(each)
            self.setText(parts[-1].strip())
        self._asking.start()

    def _ask(self) -> None:
        self._number += 1
        asked, prefix = self._number, self.text().strip()
        if not prefix:
            self.list.hide()
            return
        limit = _SHOWN + min(100, len(self._leave_out))

        def done(found: list[tuple[str, int]]) -> None:
            if asked == self._number and self.hasFocus():
                offered = [each for each in found if each[0] not in self._leave_out]
                self.list.offer(prefix, offered[:_SHOWN])

        def failed(_error: MediaError) -> None:
            self.list.hide()  # a tag can be typed without any help

        self._app.runner.run(lambda _: self._app.library.tags_in_use(prefix, limit), done, failed)

    def _take(self, tag: str) -> None:
        self._number += 1  # an answer that is under way comes too late
        self._asking.stop()
        self.list.hide()
        self.clear()
        tag = " ".join(tag.split())
        if tag:
            self.taken.emit(tag)

    def _meant(self) -> str:
        """What is marked; what is typed where the list is still that of an earlier text."""
        typed, marked = self.text(), self.list.tag
        return marked if marked and fold(marked).startswith(fold(typed.strip())) else typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the list, and those that take a tag."""
        key, plain = event.key(), event.modifiers() in _PLAIN
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.list.isVisible():
            self.list.go(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._take(self._meant())
        elif key == Qt.Key.Key_Escape and (self.list.isVisible() or self.text()):
            self._take("")
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody looks at the list any more; what is typed stays."""
        super().focusOutEvent(event)
        self.list.hide()


_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class _Completions(QListWidget):
    """Lies over the window, below the field, and never takes the keyboard."""

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("ground", "float")
        self.setAccessibleName(tr("Tags in use"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setViewportMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        self.itemEntered.connect(self.setCurrentItem)
        self.itemPressed.connect(lambda item: self.chosen.emit(item.data(_TAG)))
        field.destroyed.connect(self.deleteLater)
        self.hide()

    @property
    def tag(self) -> str:
        """The one that is marked, while the list is shown; else empty."""
        item = self.currentItem() if self.isVisible() else None
        return "" if item is None else str(item.data(_TAG))

    def offer(self, typed: str, found: list[tuple[str, int]]) -> None:
        """Tags and how often they are used; what is typed is offered too."""
        self.clear()
        for tag, count in found:
            self._add(tag, f"{tag}  ·  {number(count)}")
        if typed not in {tag for tag, _ in found}:
            self._add(typed, tr("New: {tag}").format(tag=typed))
        self.setCurrentRow(0)
        self._place()

    def go(self, step: int) -> None:
        """Mark another one, in a circle."""
        self.setCurrentRow((self.currentRow() + step) % self.count())

    def _add(self, tag: str, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(_TAG, tag)
        item.setToolTip(tag)
        item.setSizeHint(QSize(0, Height.SECTION))
        self.addItem(item)

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        high = self.count() * Height.SECTION + 2 * Space.XS + 2
        below = self._field.mapTo(window, QPoint(0, self._field.height() + Space.XS))
        if below.y() + high > window.height():
            below.setY(self._field.mapTo(window, QPoint(0, 0)).y() - high - Space.XS)
        self.setGeometry(below.x(), below.y(), self._field.width(), high)
        self.show()
        self.raise_()
