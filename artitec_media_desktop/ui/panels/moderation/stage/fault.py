"""What stands on the stage where an item has no picture."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from .....domain.errors import MediaError, NotFound
from .....domain.media import Media
from ....widgets import EmptyState, button
from ..words import tr


def show_fault(
    state: EmptyState, media: Media, error: MediaError, try_again: Callable[[], None]
) -> None:
    """Which file it is, why there is nothing to see, and that it can be decided all the same."""
    name = media.original_filename
    again = button(tr("Try again"), "arrow-clockwise", "primary")
    again.clicked.connect(try_again)
    copying = button(tr("Copy details"), "copy-simple")
    details = f"{name} ({media.public_id}): {error.message} ({error.code})"
    copying.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    missing = isinstance(error, NotFound)
    icon, tone = ("image", "warning") if missing else ("warning-circle", "danger")
    text = tr("{fault} It can be decided all the same, or skipped with S.")
    title = tr("“{name}” can't be shown").format(name=name)
    state.show_state(icon, title, text.format(fault=error.message), tone, [again, copying])
