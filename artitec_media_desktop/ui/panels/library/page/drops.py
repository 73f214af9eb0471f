"""What happens while files are dragged over the page of a slot."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Signal

from .....domain.slots import Slot
from ....drops import Dragged, DropZone
from ..words import files, tr
from .drop_overlay import DropOverlay

if TYPE_CHECKING:
    from .page import MediaPage

_INSET: Final = 8


class PageDrops(QObject):
    """Only a slot takes files; anywhere else the window does, and asks for the place."""

    #: Dragged, Slot
    dropped = Signal(object, object)
    #: What the status bar says meanwhile.
    said = Signal(str)

    def __init__(self, page: "MediaPage") -> None:
        super().__init__(page)
        self._page = page
        self.overlay = DropOverlay(page)
        self._zone = DropZone(page, self._may_drop)
        page.setAcceptDrops(False)  # until a place is shown
        self._zone.moved.connect(self._moved)
        self._zone.left.connect(self._left)
        self._zone.dropped.connect(self._dropped)

    def place_overlay(self) -> None:
        """The overlay lies over the grid."""
        area = self._page.states.geometry()
        self.overlay.setGeometry(area.adjusted(_INSET, _INSET, -_INSET, -_INSET))

    def _slot_at(self, position: QPoint) -> Slot | None:
        strip = self._page.strip
        card = strip.card_at(strip.mapFrom(self._page, position))
        return self._page.slot if card is None else card.summary.slot

    def _may_drop(self, dragged: Dragged, position: QPoint) -> bool:
        slot = self._slot_at(position)
        return slot is not None and self._page.may_add.allowed and dragged.fits(slot)

    def _moved(self, dragged: Dragged, position: QPoint) -> None:
        page, slot = self._page, self._slot_at(position)
        if page.entity is None or slot is None:
            return
        page.strip.show_drag(dragged, slot)
        self.place_overlay()
        self.overlay.show_drag(dragged, page.entity, slot, page.may_add)
        self.said.emit(tr("Dragging {files}").format(files=files(dragged.total)))

    def _left(self) -> None:
        self._page.strip.show_drag(None, None)
        self.overlay.hide()
        self._page.tell_status()

    def _dropped(self, dragged: Dragged, position: QPoint) -> None:
        slot = self._slot_at(position)
        if slot is not None:
            self.dropped.emit(dragged, slot)
