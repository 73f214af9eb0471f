"""Which theme is on: the system's choice, or light or dark because a person said so."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from .tokens import DARK, LIGHT, Tokens


class Mode(StrEnum):
    """What a person chose; the value is kept in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_SCHEMES = {
    Mode.SYSTEM: Qt.ColorScheme.Unknown,
    Mode.LIGHT: Qt.ColorScheme.Light,
    Mode.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The tokens in force. ``changed`` comes after palette and style sheet were exchanged."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = Mode.SYSTEM
        self._dark = False
        self._app: QApplication | None = None
        self._colors: dict[str, QColor] = {}

    @property
    def tokens(self) -> Tokens:
        """The colours of the theme that is on."""
        return DARK if self._dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is on, for whatever reason."""
        return self._dark

    @property
    def mode(self) -> Mode:
        """What the person chose."""
        return self._mode

    def color(self, token: str) -> QColor:
        """A token as a QColor, kept, because painters ask for it thousands of times."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(getattr(self.tokens, token))
        return found

    def apply(self, app: QApplication) -> None:
        """Dress the application, once, before its first window is shown."""
        from .fonts import font

        self._app = app
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if self._mode is not Mode.SYSTEM:
            hints.setColorScheme(_SCHEMES[self._mode])
        self._dark = self._wants_dark()
        with _nothing_collected():
            app.setStyle("Fusion")
            app.setFont(font("body"))
        self._dress()

    def set_mode(self, mode: Mode) -> None:
        """Follow the system, or be light or dark from now on."""
        if mode is self._mode:
            return
        self._mode = mode
        if self._app is not None:
            # Also tells the window system, so that the title bar goes along.
            QGuiApplication.styleHints().setColorScheme(_SCHEMES[mode])
        self._switch()

    def _wants_dark(self) -> bool:
        if self._mode is Mode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    def _follow_system(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._switch()

    def _switch(self) -> None:
        dark = self._wants_dark()
        if dark is not self._dark:
            self._dark = dark
            self._dress()

    def _dress(self) -> None:
        from .palette import palette
        from .stylesheet import stylesheet

        self._colors.clear()
        if self._app is not None:
            with _nothing_collected():
                self._app.setPalette(palette(self.tokens))
                self._app.setStyleSheet(stylesheet(self.tokens))
        self.changed.emit()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Qt dresses all widgets of a list: one that Python frees meanwhile would crash it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_theme: Theme | None = None


def theme() -> Theme:
    """The application's one theme, made when it is first asked for."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme
