"""The page: what is shown of which place, its slots, the filter bar, and the grid."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .....domain.entities import Entity, EntityRef
from .....domain.errors import MediaError
from .....domain.overview import EntityOverview, SlotSummary
from .....domain.permissions import ALLOWED, Decision
from .....domain.search import EVERYTHING, Search
from .....domain.slots import Slot, slots_of
from ....filtering.completion import Places
from ....widgets import line
from ..filter_bar import Counting, Counts, FilterBar
from ..grid import GridModel, GridView, State
from ..scope import ALL_MEDIA, Scope
from ..thumbnails import Thumbnails
from ..viewing import open_viewer
from ..words import selection, tr
from .drops import PageDrops
from .header import PageHeader
from .slot_cards import SlotStrip
from .states import PageStates
from .strip_end import StripEnd

if TYPE_CHECKING:
    from .....bootstrap import App

#: A rubber band, or media that arrive, change what is selected many times a second.
_TELL_MS: Final = 40
#: Of so many selected the size is said; more would have to be read first.
_SUMMED: Final = 1_000


class MediaPage(QWidget):
    """Shows the media of a scope; says what a person wants and does none of it."""

    #: Dragged, Slot
    files_dropped = Signal(object, object)
    #: Choose files (False) or a folder (True).
    files_wanted = Signal(bool)
    paste_wanted = Signal()
    #: EntityRef
    entity_wanted = Signal(object)
    #: Search: the same in the whole library.
    widen_wanted = Signal(object)
    save_wanted = Signal()
    reload_wanted = Signal()
    copy_wanted = Signal(str)
    #: The scope or the search is another one.
    turned = Signal()
    status_changed = Signal(str)

    def __init__(
        self,
        app: "App",
        thumbnails: Thumbnails,
        places: Places = lambda _text, _limit: (),
        parent: QWidget | None = None,
    ) -> None:
        """``places`` finds entities by a part of their name, for the completion."""
        super().__init__(parent)
        self.entity: Entity | None = None
        #: What is shown; None before anything is.
        self.scope: Scope | None = None
        self.search = EVERYTHING
        #: What was found last, which is gone back to when a search is stopped.
        self._found = EVERYTHING
        #: Whether files may be added to the entity; known with its overview.
        self.may_add = ALLOWED
        self._error: MediaError | None = None
        self._waiting = True
        self.model = GridModel(app, self)
        self.grid = GridView(self.model, thumbnails)
        self.end = StripEnd()
        self.strip = SlotStrip(thumbnails, self.end)
        self.states = PageStates(self.grid)
        self.header = PageHeader()
        self.bar = FilterBar(app, places)
        self._counting = Counting(app, self)
        self._telling = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._telling.timeout.connect(self._tell_status)
        self._build()
        self.drops = PageDrops(self)
        self._connect(app)
        self._show_state()

    # ---- what is shown

    @property
    def ref(self) -> EntityRef | None:
        """The entity that is shown."""
        return None if self.entity is None else self.entity.ref

    @property
    def slot(self) -> Slot | None:
        """The slot that is shown; None where it is more than one."""
        return None if self.scope is None else self.scope.slot

    @property
    def title(self) -> str:
        """``Willow Creek, Photos``."""
        if self.entity is None:
            return tr("All media")
        return self.entity.name if self.slot is None else f"{self.entity.name}, {self.slot.label}"

    def settle(self) -> None:
        """Nothing more is awaited: without a scope, ask for one."""
        self._waiting = False
        self._show_state()

    def begin(self, entity: Entity, slot: Slot | None = None) -> None:
        """Turn to a slot of an entity, the first where none is named; its overview follows."""
        self.show_scope(Scope(entity.ref, slot or slots_of(entity.ref.type)[0]), entity)

    def show_all(self, search: Search = EVERYTHING) -> None:
        """Turn to the whole library."""
        self.show_scope(ALL_MEDIA, None, search)

    def show_scope(self, scope: Scope, entity: Entity | None, search: Search | None = None) -> None:
        """Turn to a scope, whose entity has been found; without a search the order stays."""
        is_same = scope.entity == self.ref and self.scope is not None
        self.scope, self.entity, self._error = scope, entity, None
        self.search = Search(order=self.search.order) if search is None else search
        self._found = EVERYTHING
        if not is_same:
            self._set_may_add(ALLOWED)
            self._show_head(entity)
        self.strip.set_current(scope.slot)
        self.end.show_scope(scope)
        self._turn()

    def show_slot(self, slot: Slot | None) -> None:
        """Turn the grid to another slot of the same entity, or to all of them."""
        if self.entity is not None and slot != self.slot:
            self.show_scope(Scope(self.entity.ref, slot), self.entity, self.search)

    def set_search(self, search: Search) -> None:
        """Search for something else in the same scope."""
        if self.scope is not None and search != self.search:
            self.search = search
            self._turn()

    def show_overview(self, overview: EntityOverview, above: Sequence[Entity] = ()) -> None:
        """Counts, covers and sizes of the entity that is shown; others are ignored."""
        if self.scope is None or overview.entity.ref != self.ref:
            return
        self.entity, self._error = overview.entity, None
        self.header.show_overview(overview)
        self._set_may_add(overview.may_add)
        self.strip.set_summaries(overview.slots, self.slot)
        self.end.show_above(above)
        self._show_state()

    def show_error(self, error: MediaError) -> None:
        """The overview could not be read."""
        self._error = error
        self._show_state()

    def refresh(self) -> None:
        """Read again what is shown."""
        self.model.refresh()
        self._counting.count_again()

    def concerns(self, refs: set[EntityRef] | frozenset[EntityRef]) -> bool:
        """Whether a change of these may change what is shown."""
        return self.scope is not None and (self.ref is None or self.ref in refs)

    # ---- from one to another

    def _turn(self) -> None:
        assert self.scope is not None  # noqa: S101
        query = self.scope.query(self.search)
        self.setAcceptDrops(self.scope.place is not None)
        self.header.offer_adding(self.scope.place is not None)
        self.grid.setAccessibleName(self.title)
        self.bar.show_scope(self.scope, self.search)
        # Of a part of the slot nobody can say where a file that arrives belongs.
        self.model.show(query, None if self.search.terms else self.scope.place)
        self._counting.count(query)
        self._head.show()
        self._show_state()
        self.turned.emit()

    def _show_head(self, entity: Entity | None) -> None:
        self.strip.setVisible(entity is not None)
        self.end.show_above(())
        if entity is None:
            self.header.show_all()
            return
        self.header.show_entity(entity)
        slots = [SlotSummary(each, 0, 0, None) for each in slots_of(entity.ref.type)]
        self.strip.set_summaries(slots, self.slot)

    def _stop(self) -> None:
        """Back to what was found before."""
        self.set_search(self._found)

    def _counted(self, counts: Counts) -> None:
        self.bar.show_counts(counts)
        if self.scope == ALL_MEDIA:
            self.header.show_all(counts.total)
        self._show_state()

    # ---- the parts

    def _build(self) -> None:
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = QWidget()
        head, column = QVBoxLayout(self._head), QVBoxLayout(self)
        for layout in (head, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.header, self.strip, self.bar, line()):
            head.addWidget(part)
        self._head.hide()
        column.addWidget(self._head)
        column.addWidget(self.states, 1)

    def _connect(self, app: "App") -> None:
        header, states, bar, grid = self.header, self.states, self.bar, self.grid
        for part in (header, states):
            part.paste_wanted.connect(self.paste_wanted)
            part.reload_wanted.connect(self.reload_wanted)
        header.files_wanted.connect(self.files_wanted)
        header.copy_id_wanted.connect(self._copy_id)
        states.files_wanted.connect(lambda: self.files_wanted.emit(False))
        states.clear_wanted.connect(lambda: self.set_search(Search(order=self.search.order)))
        states.widen_wanted.connect(lambda: self.widen_wanted.emit(self.search))
        states.copy_wanted.connect(self.copy_wanted)
        bar.search_wanted.connect(self.set_search)
        bar.save_wanted.connect(self.save_wanted)
        bar.cancel_wanted.connect(self._stop)
        bar.left.connect(lambda: grid.setFocus(Qt.FocusReason.OtherFocusReason))
        bar.zoom_wanted.connect(grid.set_zoom)
        self._counting.counted.connect(self._counted)
        self.end.entity_wanted.connect(self.entity_wanted)
        self.end.all_wanted.connect(lambda: self.show_slot(None))
        self.strip.chosen.connect(self.show_slot)
        self.drops.dropped.connect(self.files_dropped)
        self.drops.said.connect(self.status_changed)
        self.model.state_changed.connect(self._show_state)
        grid.selection_changed.connect(self.tell_status)
        grid.zoomed.connect(bar.set_zoom)
        grid.opened.connect(lambda key: open_viewer(app, self, key))

    def _copy_id(self) -> None:
        if self.entity is not None:
            self.copy_wanted.emit(self.entity.public_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that the grid has no use for takes the filter away."""
        if event.key() == Qt.Key.Key_Escape and self.search.terms:
            self.set_search(Search(order=self.search.order))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overlay lies over the grid."""
        super().resizeEvent(event)
        self.drops.place_overlay()

    # ---- empty, loading, error

    def _show_state(self) -> None:
        model, states = self.model, self.states
        error = self._error or (model.error if model.state is State.FAILED else None)
        if self.scope is None and not self._waiting:
            states.show_nowhere()
        elif error is not None:
            states.show_fault(error)
        elif self.scope is None or model.state is not State.READY or model.rowCount():
            states.show_grid()
        elif self.search.terms:
            states.show_no_match(self.search, "" if self.entity is None else self.title)
        else:
            states.show_no_media(self.entity, self.slot, self.may_add)
        if model.is_complete:
            self._found = self.search
        busy = model.state is not State.FAILED and not model.is_complete
        self.bar.show_found(model.total, busy=busy and self.scope is not None)
        self.tell_status()

    def _set_may_add(self, may_add: Decision) -> None:
        self.may_add = may_add
        self.header.set_may_add(may_add)
        self.strip.set_may_add(may_add.allowed)

    def tell_status(self) -> None:
        """Say soon what is selected."""
        if not self._telling.isActive():
            self._telling.start()

    def _tell_status(self) -> None:
        runs, total = self.grid.selected_runs(), self.model.total
        count, size = self.model.media_in(runs), None
        if count <= _SUMMED:
            found = {key: self.model.media(key) for key in self.model.keys_of(runs)}
            size = sum(media.file_size for media in found.values() if media is not None)
            # What was selected without ever being in view; it is told again when they are read.
            self.model.need_keys(key for key, media in found.items() if media is None)
        self.status_changed.emit("" if self.scope is None else selection(count, total, size))
