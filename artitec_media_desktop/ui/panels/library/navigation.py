"""Turns the page to what is asked for, by whomever, and comes back to it at the next start."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ....domain.entities import EntityRef
from ....domain.errors import MediaError
from ....domain.listing import MediaQuery
from ....domain.search import EVERYTHING, Search, Term, parse
from ....domain.slots import Slot
from ....domain.targets import Target
from .browser import Browser
from .page import MediaPage
from .scope import ALL_MEDIA, Scope

if TYPE_CHECKING:
    from ....bootstrap import App

_SCOPE: Final = "library.scope"
_SEARCH: Final = "library.search"


class Navigation(QObject):
    """Entities are known once the browser has read them; what is asked for before that waits."""

    #: EntityRef: it is shown, and its overview is to be read.
    entity_shown = Signal(object)
    #: See Panel.went; what is shown is a MediaQuery.
    went = Signal(object, bool)

    def __init__(self, app: "App", browser: Browser, page: MediaPage, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = app.settings
        self._browser, self._page = browser, page
        #: What waits for the places, and whether it is of all slots.
        self._wanted: tuple[MediaQuery, bool] | None = None
        self._last: tuple[Scope | None, Search] = None, EVERYTHING
        self._is_loaded = False
        browser.loaded.connect(self._places_loaded)
        page.turned.connect(self._turned)
        page.widen_wanted.connect(lambda search: self.show(MediaQuery(search=search)))

    def go(self, what: object) -> None:
        """Show an EntityRef, a Target, a Search in the whole library, or a MediaQuery."""
        match what:
            case EntityRef():
                self.show(MediaQuery(what))
            case Target():
                self.show(MediaQuery(what.entity, what.slot.field))
            case Search():
                self.show(MediaQuery(search=what))
            case MediaQuery():
                self.show(what, whole=True)

    def open(self, ref: EntityRef, slot: Slot | None = None, *, note: bool = True) -> None:
        """Show an entity, and a slot of it; ``note`` it as recently used."""
        entity = self._browser.model.entity_of(ref)
        if entity is None:
            return
        if ref != self._page.ref:
            self._page.begin(entity, slot)
            self.entity_shown.emit(ref)
        elif slot is not None:
            self._page.show_slot(slot)
        if note:
            self._browser.note_opened(ref)
            self._browser.tree.reveal(ref)

    def show(self, query: MediaQuery, *, whole: bool = False) -> None:
        """Show what a query finds; with ``whole``, one without a field is of all slots."""
        scope, search = _scope_of(query)
        entity = None if scope.entity is None else self._browser.model.entity_of(scope.entity)
        if not self._is_loaded or (scope.entity is not None and entity is None):
            self._wanted = query, whole  # the places may be read anew just now
            return
        self._wanted = None
        if entity is not None and not query.search and scope.slot is None and not whole:
            self.open(entity.ref)
            return
        is_new = scope.entity != self._page.ref
        self._page.show_scope(scope, entity, search if search or not is_new else None)
        if entity is not None:
            self._browser.note_opened(entity.ref)
            self._browser.tree.reveal(entity.ref)
            if is_new:
                self.entity_shown.emit(entity.ref)

    def _places_loaded(self, succeeded: bool) -> None:
        self._is_loaded = succeeded
        self._page.settle()
        if not succeeded:
            return
        if self._wanted is not None:
            query, whole = self._wanted
            self.show(query, whole=whole)
        elif self._page.scope is None:
            self._begin()
        if self._page.ref is not None:
            self._browser.tree.reveal(self._page.ref)

    def _begin(self) -> None:
        """As it was left; else with the place that was opened last."""
        scope = Scope.from_json(self._settings.get(_SCOPE))
        search = _read(self._settings.get(_SEARCH, ""))
        entity = None
        if scope is not None and scope.entity is not None:
            entity = self._browser.model.entity_of(scope.entity)
        if scope is not None and (entity is not None or scope == ALL_MEDIA):
            self._page.show_scope(scope, entity, search)
            if entity is not None:
                self.entity_shown.emit(entity.ref)
            return
        ref = self._browser.start()
        if ref is not None:
            self.open(ref, note=False)

    def _turned(self) -> None:
        scope, search = self._page.scope, self._page.search
        assert scope is not None  # noqa: S101  # it has just turned there
        self._settings.set(_SCOPE, scope.to_json())
        self._settings.set(_SEARCH, search.text)
        self._browser.show_opened(scope, search)
        before, self._last = self._last, (scope, search)
        self.went.emit(scope.query(search), before[0] == scope and bool(before[1] and search))


def _scope_of(query: MediaQuery) -> tuple[Scope, Search]:
    """Its scope, and its search; a field that is no slot there is a condition of the search."""
    scope, search = Scope.of(query), query.search
    if query.field is not None and scope.slot is None:
        search = search.plus(Term("slot", (query.field,)))
    return scope, search


def _read(text: str) -> Search:
    """A search of the settings, which a person may have edited."""
    try:
        return parse(text)
    except MediaError:
        return EVERYTHING
