"""Keys that are held down: what a person pressed, and what the keyboard made of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QShortcut, QWindow
from PySide6.QtWidgets import QWidget

#: A press that belongs to a release has come by then.
_WAIT_MS: Final = 20
_T: Final = QEvent.Type
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BARE: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Repeats(QObject):
    """Says of every press that only repeats a held key that it does.

    X11 sends each repetition of a held key as a release and a press of the same moment. Qt sees
    that they are one only where both have come when it reads the first; otherwise it says that
    somebody let go and pressed again, and a held key would act again and again. With this,
    ``QKeyEvent.isAutoRepeat`` and ``autoRepeat`` of shortcuts and actions can be relied upon.
    Of a release nobody can know at once; see ``Held``.

    Repetitions of Enter come only where it begins another line: the button that has the keyboard,
    or the default one of a dialog, would be pressed by each.

    It filters what windows get: a filter of all events would take Python's lock for each, and
    wait for it while workers are busy.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app = app
        self._released: tuple[int, int] | None = None
        self._shortcuts = _Shortcuts(self)
        app.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Look at the keys that come to a window; harmless if it does already."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys come to a window first, and to a shortcut at last."""
        kind = event.type()
        if kind not in (_T.KeyRelease, _T.ShortcutOverride, _T.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        moment = event.key(), event.timestamp()
        if kind is _T.KeyRelease:
            self._released = moment
            return False
        is_unmarked = moment == self._released and event.timestamp() != 0
        if event.isAutoRepeat() or not is_unmarked:
            return kind is _T.KeyPress and event.isAutoRepeat() and self._is_spent(event)
        if kind is _T.ShortcutOverride:
            # What it is a shortcut of is looked up before anything else happens.
            self._app.installEventFilter(self._shortcuts)
            QTimer.singleShot(0, self, self._looked_up)
            return False
        if self._is_spent(event):
            return True
        told = _repeating(event)
        QCoreApplication.sendEvent(watched, told)
        event.setAccepted(told.isAccepted())
        return True

    def _is_spent(self, repetition: QKeyEvent) -> bool:
        """Whether an Enter that is held has done by now what it does."""
        if repetition.key() not in _ENTER:
            return False
        focused = self._app.focusObject()
        has_lines = isinstance(focused, QWidget) and bool(
            focused.inputMethodHints() & Qt.InputMethodHint.ImhMultiLine
        )
        return not has_lines or repetition.modifiers() not in _BARE

    def _looked_up(self) -> None:
        self._app.removeEventFilter(self._shortcuts)


class _Shortcuts(QObject):
    """Keeps a repetition from shortcuts that are not to repeat."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not _T.Shortcut or not isinstance(watched, QShortcut | QAction):
            return False
        return not watched.autoRepeat()


class Held(QObject):
    """Something that lasts as long as its key is held."""

    def __init__(self, turn: Callable[[bool], object], parent: QObject | None = None) -> None:
        """``turn`` is told True when it begins, and False when it has ended."""
        super().__init__(parent)
        self._turn = turn
        self._end = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._end.timeout.connect(lambda: turn(False))

    def tell(self, event: QKeyEvent) -> None:
        """Its key was pressed or let go; it is let go unless a press of that moment follows."""
        if event.type() is _T.KeyRelease:
            if not event.isAutoRepeat():
                self._end.start()
            return
        goes_on = self._end.isActive() or event.isAutoRepeat()
        self._end.stop()
        if not goes_on:
            self._turn(True)


def _repeating(event: QKeyEvent) -> QKeyEvent:
    """The same press, marked."""
    made = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        True,
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made
