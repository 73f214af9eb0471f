"""Takes what is dropped where no place is below it: on the rail, the status bar, another page."""

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from .drops import Dragged, DropZone
from .panels.library.page.drop_overlay import DropOverlay


class DropAnywhere(QObject):
    """The window's own drop zone: a child that takes drops itself comes first."""

    #: Dragged
    dropped = Signal(object)

    def __init__(self, window: QWidget, pages: QWidget) -> None:
        """``pages`` is the part of the window that is covered meanwhile."""
        super().__init__(window)
        self._window, self._pages = window, pages
        self.overlay = DropOverlay(window)
        zone = DropZone(window, lambda _dragged, _at: True)
        zone.moved.connect(self._moved)
        zone.left.connect(self.overlay.hide)
        zone.dropped.connect(lambda dragged, _at: self.dropped.emit(dragged))

    def _moved(self, dragged: Dragged, _at: QPoint) -> None:
        corner = self._pages.mapTo(self._window, QPoint(0, 0))
        self.overlay.setGeometry(QRect(corner, self._pages.size()))
        self.overlay.show_unplaced(dragged)
