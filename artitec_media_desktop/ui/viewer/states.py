"""What stands where there is no picture to be seen: why, and what to do."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton

from ...domain.errors import MediaError, NotFound
from ...domain.media import Media
from ..widgets import EmptyState, button
from .words import address, tr


def show_loading(state: EmptyState) -> None:
    """Its row is being read."""
    state.show_state("image", tr("One moment"), tr("It is being read from the library."))


def show_gone(state: EmptyState) -> None:
    """Somebody deleted it or moved it meanwhile."""
    text = tr("It was moved or deleted. Go on with ← and →, or go back with Esc.")
    state.show_state("image", tr("This is no longer here"), text)


def show_link(state: EmptyState, media: Media) -> None:
    """A hosted video or tour: its address as a card."""
    url = address(media)
    buttons: list[QPushButton] = []
    if QUrl(url).scheme() in ("http", "https"):
        opening = button(tr("Open in the browser"), "arrow-square-out", "primary")
        opening.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(url)))
        buttons.append(opening)
    if url:
        buttons.append(_copying(tr("Copy address"), url))
    name = media.alt_text or media.original_filename
    state.show_state("link", name, url or tr("Its address is not known."), buttons=buttons)


def show_fault(state: EmptyState, error: MediaError, try_again: Callable[[], None]) -> None:
    """There is no picture; the sentence says why."""
    again = button(tr("Try again"), "arrow-clockwise", "primary")
    again.clicked.connect(try_again)
    missing = isinstance(error, NotFound)
    title = tr("There is nothing to show") if missing else tr("It can't be shown")
    copying = _copying(tr("Copy details"), f"{error.message} ({error.code})")
    icon, tone = ("image", "warning") if missing else ("warning-circle", "danger")
    state.show_state(icon, title, error.message, tone, [again, copying])


def _copying(words: str, text: str) -> QPushButton:
    made = button(words, "copy-simple")
    made.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    return made
