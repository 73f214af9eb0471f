"""What is being dragged, and where it may land. Nothing here touches the disk, not even a stat."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from typing import Final, cast
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ..domain.limits import BY_EXTENSION
from ..domain.media import MediaType
from ..domain.slots import Slot
from .enclosed import Content, Enclosed, contents_of, enclosed_in, web_addresses

#: Set on what is dragged out of our own grid.
OWN: Final = "application/x-artitec-media"


def path_of(url: QUrl) -> str | None:
    """The path of a file URL, its bytes kept as they are; None for any other URL.

    ``QUrl.toLocalFile`` replaces what is no UTF-8, and the file could not be opened any more;
    here such bytes survive as surrogate escapes, as everywhere in Python.
    """
    if not url.isLocalFile():
        return None
    if os.name == "nt":
        return url.toLocalFile() or None
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return os.fsdecode(unquote_to_bytes(encoded)) or None


def paths_of(mime: QMimeData | None) -> list[str]:
    """The local files and folders a drag or the clipboard holds, in order, none twice."""
    if mime is None or not mime.hasUrls():
        return []
    found = (path_of(url) for url in mime.urls())
    return list(dict.fromkeys(path for path in found if path))


@dataclass(frozen=True)
class Dragged:
    """The files of one drag, counted by their extensions.

    ``enclosed`` are those whose bytes come with the drag, as from a browser or a mail client;
    ``contents`` are their bytes, once the drag was let go. ``links`` tells of web addresses, which
    are not fetched. With ``later`` a person wants to choose the place later, with ``first`` the
    files are taken before all that waits.
    """

    paths: tuple[str, ...]
    kinds: Counter[MediaType | None] = field(compare=False)
    enclosed: tuple[Enclosed, ...] = ()
    links: bool = False
    later: bool = False
    first: bool = False
    contents: tuple[Content, ...] = ()

    @classmethod
    def of(cls, paths: list[str], mime: QMimeData | None = None) -> "Dragged":
        """Count them; what has no known extension may be a folder and counts as None.

        ``mime`` is looked at for other files where there are no paths.
        """
        found = () if paths or mime is None else enclosed_in(mime)
        names = [*paths, *(each.name for each in found)]
        formats = (BY_EXTENSION.get(PurePath(name).suffix.lower()) for name in names)
        kinds = Counter(each.media_type if each else None for each in formats)
        links = not names and mime is not None and bool(web_addresses(mime))
        return cls(tuple(paths), kinds, found, links)

    @cached_property
    def total(self) -> int:
        """How many files and folders."""
        return len(self.paths) + len(self.enclosed)

    @property
    def names(self) -> tuple[str, ...]:
        """Paths and names."""
        return self.paths + tuple(each.name for each in self.enclosed)

    def fitting(self, slot: Slot) -> int:
        """How many of them a slot could take, as far as their names tell."""
        known = sum(count for kind, count in self.kinds.items() if kind in slot.accepts)
        return known + self.kinds[None]

    def fits(self, slot: Slot) -> bool:
        """Whether a slot could take any of them; a slot for one file takes only one."""
        return self.fitting(slot) > 0 and not (slot.single and self.total > 1)


class DropZone(QObject):
    """Watches a widget (of a view, its viewport) for files that are dragged over it.

    ``allowed`` tells whether they may be dropped at that point. The action is always a copy.
    """

    #: Dragged, QPoint
    moved = Signal(object, QPoint)
    left = Signal()
    #: Dragged, QPoint
    dropped = Signal(object, QPoint)

    def __init__(self, widget: QWidget, allowed: Callable[[Dragged, QPoint], bool]) -> None:
        super().__init__(widget)
        self._allowed = allowed
        self._dragged: Dragged | None = None
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    @property
    def dragged(self) -> Dragged | None:
        """What is over the widget now."""
        return self._dragged

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the four events of a drag; everything else goes on."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter:
            drag = cast(QDragMoveEvent, event)
            if drag.mimeData().hasFormat(OWN):
                return False  # our own pictures are not to be added once more
            # Once a drag: ten thousand URLs take a moment to read.
            self._dragged = Dragged.of(paths_of(drag.mimeData()), drag.mimeData())
            if not (self._dragged.total or self._dragged.links):
                self._dragged = None
                event.ignore()
                return True
            self._answer(drag, entering=True)
            return True
        if self._dragged is None:
            return False
        if kind is QEvent.Type.DragMove:
            self._answer(cast(QDragMoveEvent, event))
        elif kind is QEvent.Type.DragLeave:
            self._leave()
        elif kind is QEvent.Type.Drop:
            self._take(cast(QDropEvent, event))
        else:
            return False
        return True

    def _answer(self, event: QDragMoveEvent, entering: bool = False) -> None:
        dragged, position = self._now(event), event.position().toPoint()
        self.moved.emit(dragged, position)
        allowed = dragged.total > 0 and self._allowed(dragged, position)
        event.setDropAction(Qt.DropAction.CopyAction)
        # A drag that is refused on entering would never be heard of again.
        event.setAccepted(allowed or entering)

    def _take(self, event: QDropEvent) -> None:
        dragged, position = self._now(event), event.position().toPoint()
        allowed = dragged.total > 0 and self._allowed(dragged, position)
        if allowed and dragged.enclosed:
            dragged = replace(dragged, contents=contents_of(dragged.enclosed, event.mimeData()))
        self._leave()
        if not allowed:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(dragged, position)

    def _now(self, event: QDropEvent) -> Dragged:
        """With Alt a person says that the place comes later, with Shift that these come first."""
        assert self._dragged is not None  # noqa: S101
        held = event.modifiers()
        later = bool(held & Qt.KeyboardModifier.AltModifier)
        first = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if (later, first) != (self._dragged.later, self._dragged.first):
            self._dragged = replace(self._dragged, later=later, first=first)
        return self._dragged

    def _leave(self) -> None:
        self._dragged = None
        self.left.emit()
