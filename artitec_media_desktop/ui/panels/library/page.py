"""An entity's page: what it is, its slots, and the grid of the slot that is shown."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ....domain.entities import Entity, EntityRef
from ....domain.errors import MediaError
from ....domain.media import Media
from ....domain.overview import EntityOverview, SlotSummary
from ....domain.permissions import ALLOWED, Decision
from ....domain.slots import Slot, slots_of
from ...drops import Dragged, DropZone
from ...widgets import EmptyState, button, line
from .drop_overlay import DropOverlay
from .grid_model import GridModel, State
from .grid_view import GridView
from .page_header import GridBar, PageHeader
from .scope import Scope
from .slot_cards import SlotStrip
from .thumbnails import Thumbnails
from .viewing import open_viewer
from .words import (
    NOT_HERE,
    empty_text,
    empty_title,
    files,
    items,
    selection,
    tr,
)

if TYPE_CHECKING:
    from ....bootstrap import App

_SLIDER: Final = 80
_INSET: Final = 8
#: A rubber band, or media that arrive, change what is selected many times a second.
_TELL_MS: Final = 40
_CHOOSE: Final = (
    str(QT_TRANSLATE_NOOP("Library", "Choose a place")),
    str(QT_TRANSLATE_NOOP("Library", "Its photos are shown here, and files can be dropped on it.")),
)


class EntityPage(QWidget):
    """Shows one entity; says what a person wants and does none of it."""

    #: Dragged, Slot
    files_dropped = Signal(object, object)
    #: Choose files (False) or a folder (True).
    files_wanted = Signal(bool)
    paste_wanted = Signal()
    #: EntityRef
    entity_wanted = Signal(object)
    reload_wanted = Signal()
    copy_wanted = Signal(str)
    slot_changed = Signal()
    status_changed = Signal(str)

    def __init__(self, app: "App", thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entity: Entity | None = None
        self.slot: Slot | None = None
        self.model = GridModel(app, self)
        self.grid = GridView(self.model, thumbnails)
        self.strip = SlotStrip(thumbnails, self._parent_button())
        self._error: MediaError | None = None
        #: Whether files may be added to the entity; known with its overview.
        self.may_add = ALLOWED
        self._waiting = True
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self._tell_status)
        self._build()
        self.overlay = DropOverlay(self)
        self._zone = DropZone(self, self._may_drop)
        self.setAcceptDrops(False)  # until a place is shown, the window takes what is dropped
        self._zone.moved.connect(self._drag_moved)
        self._zone.left.connect(self._drag_left)
        self._zone.dropped.connect(self._drag_dropped)
        self.strip.chosen.connect(self.show_slot)
        self.model.state_changed.connect(self._show_state)
        self.grid.selection_changed.connect(self.tell_status)
        self.grid.zoomed.connect(self._bar.set_zoom)
        self.grid.opened.connect(lambda key: open_viewer(app, self, key))
        self._bar.zoom_wanted.connect(self.grid.set_zoom)
        self._show_state()

    # ---- what is shown

    @property
    def ref(self) -> EntityRef | None:
        """The entity that is shown."""
        return None if self.entity is None else self.entity.ref

    def settle(self) -> None:
        """Nothing more is awaited: without an entity, ask for one."""
        self._waiting = False
        self._show_state()

    def begin(self, entity: Entity, slot: Slot | None = None) -> None:
        """Turn to an entity; its overview follows."""
        self.entity, self._error = entity, None
        self.setAcceptDrops(True)
        self._set_may_add(ALLOWED)
        self._header.show_entity(entity)
        self._parent.hide()
        slots = slots_of(entity.ref.type)
        self.slot = slot or slots[0]
        self.strip.set_summaries([SlotSummary(each, 0, 0, None) for each in slots], self.slot)
        self.grid.setAccessibleName(f"{entity.name}, {self.slot.label}")
        self.model.show(Scope(entity.ref, self.slot).query(), (entity.ref, self.slot))
        self._head.show()
        self.slot_changed.emit()

    def show_overview(self, overview: EntityOverview, parent: Entity | None = None) -> None:
        """Counts, covers and sizes of the entity that is shown; others are ignored."""
        if self.slot is None or overview.entity.ref != self.ref:
            return
        self.entity, self._error = overview.entity, None
        self._header.show_overview(overview)
        self._set_may_add(overview.may_add)
        self.strip.set_summaries(overview.slots, self.slot)
        self._parent.setVisible(parent is not None)
        if parent is not None:
            self._parent.setText(parent.name)
        self._show_state()

    def show_error(self, error: MediaError) -> None:
        """The overview could not be read."""
        self._error = error
        self._show_state()

    def show_slot(self, slot: Slot) -> None:
        """Turn the grid to another slot of the same entity."""
        if self.entity is None or slot == self.slot:
            return
        self.slot = slot
        self.strip.set_summaries([card.summary for card in self.strip.cards], slot)
        self.grid.setAccessibleName(f"{self.entity.name}, {slot.label}")
        self.model.show(Scope(self.entity.ref, slot).query(), (self.entity.ref, slot))
        self.slot_changed.emit()

    # ---- the parts

    def _build(self) -> None:
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = EmptyState("buildings", *_CHOOSE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._state)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        self._header = PageHeader()
        self._header.files_wanted.connect(self.files_wanted)
        self._header.paste_wanted.connect(self.paste_wanted)
        self._header.reload_wanted.connect(self.reload_wanted)
        self._header.copy_id_wanted.connect(self._copy_id)
        head.addWidget(self._header)
        head.addWidget(self.strip)
        self._bar = GridBar()
        head.addWidget(self._bar)
        head.addWidget(line())
        self._head.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    def _parent_button(self) -> QWidget:
        self._parent = button("", "buildings", "quiet", small=True)
        self._parent.clicked.connect(self._go_up)
        self._parent.hide()
        return self._parent

    def _go_up(self) -> None:
        if self.entity is not None and self.entity.parent is not None:
            self.entity_wanted.emit(self.entity.parent)

    def _copy_id(self) -> None:
        if self.entity is not None:
            self.copy_wanted.emit(self.entity.public_id)

    # ---- empty, loading, error

    def _show_state(self) -> None:
        error = self._error or (self.model.error if self.model.state is State.FAILED else None)
        if (self.entity is None or self.slot is None) and not self._waiting:
            title, words = map(tr, _CHOOSE)
            self._state.show_state("buildings", title, words)
        elif error is not None:
            self._show_fault(error)
        elif self.entity and self.slot and self._is_empty():
            self._show_empty(self.entity, self.slot)
        else:
            self._stack.setCurrentWidget(self.grid)
            self.tell_status()
            return
        self._stack.setCurrentWidget(self._state)
        self.tell_status()

    def _is_empty(self) -> bool:
        return self.model.state is State.READY and not self.model.rowCount()

    def _set_may_add(self, may_add: Decision) -> None:
        self.may_add = may_add
        self._header.set_may_add(may_add)
        self.strip.set_may_add(may_add.allowed)

    def _show_empty(self, entity: Entity, slot: Slot) -> None:
        if not self.may_add:
            self._state.show_state("lock-key", tr(NOT_HERE), self.may_add.reason, "warning")
            return
        add = button(tr("Add files"), "plus", "primary")
        add.clicked.connect(lambda: self.files_wanted.emit(False))
        paste = button(tr("Paste"), "clipboard-text")
        paste.clicked.connect(self.paste_wanted)
        self._state.show_state(
            "image", empty_title(slot, entity), empty_text(slot), buttons=[add, paste]
        )

    def _show_fault(self, error: MediaError) -> None:
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.reload_wanted)
        copy = button(tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: self.copy_wanted.emit(f"{error.message} ({error.code})"))
        self._state.show_state(
            "warning-circle",
            tr("The library did not answer"),
            error.message,
            "danger",
            [again, copy],
        )

    def tell_status(self) -> None:
        """Say soon what is selected."""
        if not self._telling.isActive():
            self._telling.start()

    def _tell_status(self) -> None:
        keys = self.grid.selected_keys()
        found = [self.model.item(key) for key in keys]
        size = sum(item.file_size for item in found if isinstance(item, Media))
        total = self.model.total
        self._bar.count.setText(items(total) if total else "")
        self.status_changed.emit(selection(len(keys), total, size) if self.entity else "")
        # What was selected without ever being in view; it is told again when they are read.
        self.model.need_keys(key for key, item in zip(keys, found, strict=True) if item is None)

    # ---- drags

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overlay lies over the grid."""
        super().resizeEvent(event)
        self._place_overlay()

    def _place_overlay(self) -> None:
        area = QRect(self._stack.geometry())
        self.overlay.setGeometry(area.adjusted(_INSET, _INSET, -_INSET, -_INSET))

    def _slot_at(self, position: QPoint) -> Slot | None:
        card = self.strip.card_at(self.strip.mapFrom(self, position))
        return self.slot if card is None else card.summary.slot

    def _may_drop(self, dragged: Dragged, position: QPoint) -> bool:
        slot = self._slot_at(position)
        return slot is not None and self.may_add.allowed and dragged.fits(slot)

    def _drag_moved(self, dragged: Dragged, position: QPoint) -> None:
        slot = self._slot_at(position)
        if self.entity is None or slot is None:
            return
        self.strip.show_drag(dragged, slot)
        self._place_overlay()
        self.overlay.show_drag(dragged, self.entity, slot, self.may_add)
        self.status_changed.emit(tr("Dragging {files}").format(files=files(dragged.total)))

    def _drag_left(self) -> None:
        self.strip.show_drag(None, None)
        self.overlay.hide()
        self.tell_status()

    def _drag_dropped(self, dragged: Dragged, position: QPoint) -> None:
        slot = self._slot_at(position)
        if slot is not None:
            self.files_dropped.emit(dragged, slot)
