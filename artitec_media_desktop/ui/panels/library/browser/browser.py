"""The left part of the page: search, recent places, all places."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from .....domain.entities import EntityRef, EntityType
from .....domain.errors import MediaError
from .....domain.media import Media
from .....domain.overview import EntityOverview
from .....domain.search import Search
from ....theme import Height, Space
from ....widgets import EmptyState, SearchField, button, label
from ..rights import Rights
from ..scope import Scope
from ..thumbnails import Thumbnails
from ..words import tr
from .model import BrowserModel, Place, places
from .recent import AT_MOST, RecentList
from .searches import SearchList
from .view import BrowserView

if TYPE_CHECKING:
    from .....bootstrap import App

_RECENT: Final = "library.recent"
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Browser(QWidget):
    """Reads all entities once, in a worker; what follows is in memory."""

    #: EntityRef: a person wants its page.
    opened = Signal(object)
    #: EntityRef: the same by Enter, in the search or the tree: one goes on there.
    entered = Signal(object)
    #: EntityRef: a drag waits over it; nothing may move below the mouse now.
    peeked = Signal(object)
    #: tuple[str, ...], EntityRef: for its first slot.
    files_dropped = Signal(object, object)
    #: Why the place below a drag takes nothing; empty where there is no such place any more.
    status_changed = Signal(str)
    #: The entities are there, or (False) could not be read.
    loaded = Signal(bool)

    def __init__(self, app: "App", thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._load_number = 0
        self._refusal = ""
        self._covers: dict[EntityRef, Media | None] = {}
        self.model = BrowserModel(self)
        self._rights = Rights(app, lambda refs: app.library.may_add(refs), self)
        self.search = SearchField(tr("Name, ID or city"), "Ctrl+F")
        self.recent = RecentList(thumbnails, self._rights)
        self.searches = SearchList(self)
        self.tree = BrowserView(self.model, self._rights)
        self._state = EmptyState("map-pin", tr("No places yet"), tr("The library has none."))
        self._build()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.peeked.connect(self.peeked)
        self.tree.gone_to.connect(self.entered)
        self.tree.typed.connect(self._type)
        for part in (self.recent, self.tree):
            part.opened.connect(self.opened)
            part.files_dropped.connect(self.files_dropped)
            part.refused.connect(self._say_refusal)

    def _type(self, letter: str) -> None:
        """Begun in the tree, gone on with in the field."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(letter)
        self.search.deselect()

    def _say_refusal(self, reason: str) -> None:
        # A drag moves many times a second.
        if reason != self._refusal:
            self._refusal = reason
            self.status_changed.emit(reason)

    def show_opened(self, scope: Scope, search: Search) -> None:
        """Mark what is shown: a place, or a search of the whole library."""
        self.tree.set_opened(scope.entity)
        self.searches.set_opened(search if scope.entity is None else None)

    def load(self) -> None:
        """Read all entities anew; an older answer never replaces a newer one."""
        self._load_number += 1
        number = self._load_number
        self._rights.forget()
        self._app.runner.run(
            lambda _: (number, places(self._app.library.entities())), self._loaded, self._failed
        )

    def refresh(self, overview: EntityOverview) -> None:
        """Take over newer values of one entity."""
        self.model.update_entities((overview.entity, *overview.related))
        self._covers[overview.entity.ref] = _cover(overview)
        self._show_recent_later()

    def note_opened(self, ref: EntityRef) -> None:
        """Remember it as the most recently used."""
        refs = [ref, *(each for each in self._recent_refs() if each != ref)][:AT_MOST]
        self._app.settings.set(_RECENT, [[each.type.value, each.id] for each in refs])
        self._show_recent_later()

    def start(self) -> EntityRef | None:
        """The place to begin with: the last opened that still exists, else the first."""
        for ref in self._recent_refs():
            if self.model.entity_of(ref) is not None:
                return ref
        first = self.model.first_entity()
        return None if first is None else first.ref

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field, Enter opens the first match and the arrow goes down to the tree."""
        if watched is self.search and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress and event.key() in _ENTER:
                first = self.model.first_entity()
                if first is not None and self.search.text():
                    self.entered.emit(first.ref)
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in _DOWN:
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = label(tr("Recent"), "small_strong", "muted")
        self._heading.setFixedHeight(Height.SECTION)
        self._heading.setContentsMargins(Space.PANEL, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._state)
        field = QVBoxLayout()
        field.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        field.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.PANEL, 0, 0)
        column.setSpacing(0)
        column.addLayout(field)
        column.addSpacing(Space.L)
        column.addWidget(self._heading)
        column.addWidget(self.recent)
        column.addSpacing(Space.S)
        column.addWidget(self.searches)
        column.addWidget(self._stack, 1)
        self._show_recent()

    def _search(self, text: str) -> None:
        self.model.set_search(text)
        self.searches.filter(text.casefold().split())
        self._show_recent()
        if self.model.is_empty and text.split():
            self._state.show_state(
                "magnifying-glass",
                tr("Nothing found"),
                tr("No name, ID or city has “{text}” in it.").format(text=_short(text)),
            )
            self._stack.setCurrentWidget(self._state)
        else:
            self._stack.setCurrentWidget(self.tree)

    def _loaded(self, answer: tuple[int, list[Place]]) -> None:
        number, found = answer
        if number != self._load_number:
            return
        self.model.set_places(found)
        self._stack.setCurrentWidget(self.tree)
        self._show_recent()
        self._load_covers()
        self.loaded.emit(True)

    def _failed(self, error: MediaError) -> None:
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.load)
        self._state.show_state(
            "warning-circle", tr("The places did not load"), error.message, "danger", [again]
        )
        self._stack.setCurrentWidget(self._state)
        self.loaded.emit(False)

    # ---- recent places

    def leaveEvent(self, event: QEvent) -> None:
        """Now the list may grow."""
        super().leaveEvent(event)
        self._show_recent()

    def _show_recent_later(self) -> None:
        """Not while the mouse is here: the rows below it would move."""
        if not self.underMouse():
            self._show_recent()

    def _recent_refs(self) -> list[EntityRef]:
        kept = self._app.settings.get(_RECENT, [])
        found = [_ref(each) for each in kept] if isinstance(kept, list) else []
        return [each for each in found if each and self.model.entity_of(each)][:AT_MOST]

    def _show_recent(self) -> None:
        rows = [
            (entity, self._covers.get(ref))
            for ref in self._recent_refs()
            if (entity := self.model.entity_of(ref)) is not None
        ]
        self.recent.set_rows(rows)
        shown = bool(rows) and not self.search.text().split()
        self._heading.setVisible(shown)
        self.recent.setVisible(shown)

    def _load_covers(self) -> None:
        refs = [ref for ref in self._recent_refs() if ref not in self._covers]

        def read(_: object) -> dict[EntityRef, Media | None]:
            return {ref: _cover(self._app.library.overview(ref)) for ref in refs}

        if refs:
            self._app.runner.run(read, self._covers_loaded, lambda _error: None)

    def _covers_loaded(self, covers: dict[EntityRef, Media | None]) -> None:
        self._covers = covers | self._covers
        self._show_recent()


def _cover(overview: EntityOverview) -> Media | None:
    covers = (each.cover for each in overview.slots)
    return next((each for each in covers if each is not None), None)


def _ref(kept: object) -> EntityRef | None:
    """Read ``["community", 456]``; None for anything else that a settings file may hold."""
    match kept:
        case [str(word), int(number)] if word in set(EntityType):
            return EntityRef(EntityType(word), number)
    return None


def _short(text: str) -> str:
    """What was typed, fit for a sentence: a path that was pasted has no place to break."""
    text = " ".join(text.split())
    return text if len(text) <= 24 else f"{text[:23]}…"
