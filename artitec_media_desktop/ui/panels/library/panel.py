"""The library page: puts its parts together and asks the services for what they want."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ....domain.changes import Change
from ....domain.entities import EntityRef
from ....domain.errors import MediaError
from ....domain.listing import Changed
from ....domain.overview import EntityOverview
from ....domain.slots import Slot, slots_of
from ...edits import Edits
from ...panel import Panel
from ...theme import Width
from ...theme.tokens import Cell
from ...upload_queue import UploadQueue
from ...widgets import key_of
from ...widgets.shortcuts import key_in
from .adding import Adding
from .browser import Browser
from .deleting import Deleting
from .grid_actions import GridActions
from .inspector import Follow, Inspector
from .navigation import Navigation
from .page import MediaPage
from .saving import Saving
from .sides import Sides
from .thumbnails import Thumbnails
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: Changes are gathered this long; while they keep coming, as with a batch of uploads, far longer,
#: and longest where only the tree shows them.
_GATHER_MS: Final = 150
_GATHER_MANY_MS: Final = 2500
_GATHER_ELSEWHERE_MS: Final = 5000
#: Of more places than this the whole list is read again.
_MANY_PLACES: Final = 50
_ZOOM: Final = "library.zoom"
_SPLITTER: Final = "library.splitter"


class LibraryPanel(Panel):
    """Entity browser on the left, the page of a place or a search on the right."""

    def __init__(self, app: "App", queue: UploadQueue, edits: Edits) -> None:
        """``edits`` are those of the window."""
        super().__init__()
        self._app = app
        self._queue = queue
        self._thumbnails = Thumbnails(app, self)
        self.browser = Browser(app, self._thumbnails)
        self.page = MediaPage(app, self._thumbnails, self.browser.model.find)
        self.navigation = Navigation(app, self.browser, self.page, self)
        self.saving = Saving(app, self.browser.searches, self.page, self)
        self._outdated: set[EntityRef] = set()
        self._overview_number = 0
        self._overview_of: dict[EntityRef, int] = {}
        self.edits = edits
        self.inspector = Inspector(app, self._thumbnails, self.edits)
        self.grid_actions = GridActions(app, self.page, self.edits, self)
        entity_of = self.browser.model.entity_of
        self.deleting = Deleting(app, self.page, self.edits, entity_of, self)
        self.adding = Adding(app, self.page, entity_of, self)
        self._refusal = ""
        self._awaits_media = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.timeout.connect(self._refresh_outdated)
        self._build()
        self._connect()
        self._add_keys()

    # ---- what the frame asks

    def activate(self) -> None:
        """The library is open: read the places, the first time; show the last one."""
        if self.page.scope is None:
            self.browser.load()

    def refresh(self) -> None:
        """See Panel."""
        self.reload()

    def add_files(self) -> None:
        """Let the person choose files for the slot that is shown."""
        self.adding.choose(False)

    def reveal(self, what: object) -> None:
        """Show an EntityRef, a Target, a Search in the whole library, or a MediaQuery."""
        self.navigation.go(what)

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("Filter"), "/"),
            (tr("Add files"), "Ctrl+O"),
            (tr("Paste files or a picture"), "Ctrl+V"),
            (tr("Select all"), "Ctrl+A"),
            (tr("Select or not"), "X Ctrl+Space"),
            (tr("View"), "Space Return"),
            (tr("Edit alt text"), "F2 E"),
            (tr("Set as primary"), "P"),
            (tr("Public or private"), "V"),
            (tr("Move to another place"), "M"),
            (tr("Earlier, later"), "Alt+Up Alt+Down"),
            (tr("First, last"), "Alt+Home Alt+End"),
            (tr("Copy files and links"), "Ctrl+C"),
            (tr("Copy link"), "Ctrl+Shift+C"),
            (tr("Save a copy"), "Ctrl+S"),
            (tr("Move to Trash"), "Del"),
            (tr("Find duplicates here"), "Ctrl+Shift+D"),
            (tr("Larger, smaller"), "Ctrl++ Ctrl+-"),
            (tr("Usual size"), "Ctrl+0"),
            (tr("Tags"), "T"),
            (tr("Apply"), "Ctrl+Return"),
            (tr("Inspector"), "Ctrl+I"),
            (tr("Fold, unfold"), "Left Right"),
            (tr("Open a place"), "Return"),
            (tr("Refresh"), "F5"),
        ]

    def panes(self) -> list[QWidget]:
        """See Panel."""
        browser, edit = self.browser, self.page.bar.field.edit
        places = [browser.search, browser.searches, browser.tree, edit]  # hidden ones are left out
        shown = [each for each in places if each.isVisibleTo(self)]
        inspector = [] if self.inspector.isHidden() else [self.inspector]
        return [*shown, self.page.grid, *inspector]

    def landmark(self) -> QWidget:
        """See Panel."""
        return self.browser if self.browser.isVisible() else self

    def toast_ground(self) -> QWidget:
        """See Panel; the inspector has its buttons at its foot."""
        return self.page.states

    def take_focus(self) -> None:
        """See Panel: in the grid, as soon as there are media; the places are always there."""
        self._awaits_media = not self.page.model.rowCount()
        places = self.page if self.browser.isHidden() else self.browser.tree
        first = places if self._awaits_media else self.page.grid
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _media_came(self) -> None:
        """Unless somebody has begun elsewhere meanwhile, the keyboard is theirs."""
        awaited, self._awaits_media = self._awaits_media, False
        waits = self.window().focusWidget() in (None, self.browser.tree, self.page)
        if awaited and waits and self.page.model.rowCount():
            self.page.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, one side has to be enough."""
        super().resizeEvent(event)
        self.sides.fit(event.size().width())

    # ---- going to a place

    def open(self, ref: EntityRef, slot: Slot | None = None, *, note: bool = True) -> None:
        """Show an entity, and a slot of it; ``note`` it as recently used."""
        self.navigation.open(ref, slot, note=note)

    def _enter(self, ref: EntityRef) -> None:
        """Go on there: what is pasted or deleted next is meant for the page, not for the search."""
        self.open(ref)
        page = self.page.grid if self.page.grid.isVisible() else self.page
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read again what is shown, and try again what could not be loaded."""
        self._thumbnails.forget_misses()
        self.grid_actions.rights.forget()
        self.browser.load()
        self.page.refresh()
        if self.page.ref is not None:
            self._read_overviews({self.page.ref})

    # ---- keeping up with changes

    def apply_change(self, change: Change) -> None:
        """Refresh what a change names, and nothing else."""
        self._outdate(change.entities)

    def apply_noticed(self, found: Changed) -> None:
        """The same for what others did; of many places everything is read anew."""
        if found.everything or len(found.entities) > _MANY_PLACES:
            self.reload()
            return
        self.page.model.look_again(found.ids)
        self._outdate(found.entities)

    def _outdate(self, refs: frozenset[EntityRef]) -> None:
        self._outdated |= refs
        waits_long = self._gather.interval() > _GATHER_MANY_MS and self.page.concerns(refs)
        if waits_long or not self._gather.isActive():
            self._gather.start(_GATHER_MS)

    def _refresh_outdated(self) -> None:
        refs, self._outdated = self._outdated, set()
        if not refs:
            return
        concerned = self.page.concerns(refs)
        self._gather.start(_GATHER_MANY_MS if concerned else _GATHER_ELSEWHERE_MS)
        if concerned:
            self.page.model.refresh()
        self._read_overviews(refs)

    def _read_overviews(self, refs: set[EntityRef]) -> None:
        self._overview_number += 1
        number, wanted = self._overview_number, sorted(refs, key=str)

        def read(_: object) -> tuple[int, list[EntityOverview], dict[EntityRef, MediaError]]:
            found, faults = [], {}
            for ref in wanted:
                try:
                    found.append(self._app.library.overview(ref))
                except MediaError as error:
                    faults[ref] = error  # one that is gone takes nothing from the others
            return number, found, faults

        self._app.runner.run(read, self._overviews_read, self.page.show_error)

    def _overviews_read(
        self, answer: tuple[int, list[EntityOverview], dict[EntityRef, MediaError]]
    ) -> None:
        number, found, faults = answer
        if self.page.ref in faults:
            self.page.show_error(faults[self.page.ref])
        for overview in found:
            entity = overview.entity
            if self._overview_of.get(entity.ref, 0) > number:
                continue  # a newer answer was here first
            self._overview_of[entity.ref] = number
            self.browser.refresh(overview)
            above = map(self.browser.model.entity_of, entity.belongs_to)
            self.page.show_overview(overview, [each for each in above if each is not None])

    # ---- what the page tells

    def _say_refusal(self, reason: str) -> None:
        self._refusal = reason
        self._say_status(reason)
        self.page.tell_status()

    def _say_status(self, text: str) -> None:
        """What the page tells waits while a drag is over a place that refuses it."""
        self.status_changed.emit(self._refusal or text)

    # ---- what is on its way

    def _uploads_changed(self, ids: Sequence[int]) -> None:
        items = self._queue.items
        self.page.model.set_uploads([items[each] for each in ids if each in items])

    def _progressed(self, ids: Sequence[int]) -> None:
        for each in ids:
            self.page.model.set_progress(each, self._queue.share(each))

    def _show_uploads(self) -> None:
        items = self._queue.items.values()
        self.page.model.set_uploads([each for each in items if not each.state.is_final])

    # ---- deleting

    def delete_selected(self) -> None:
        """Move what is selected to the trash."""
        if self.grid_actions.allows():
            self.deleting.delete()

    # ---- putting it together

    def _build(self) -> None:
        # Filled once it has its place: what changes its parent is dressed anew, with all inside.
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.browser.setMinimumWidth(Width.BROWSER_MIN)
        self.browser.setMaximumWidth(Width.BROWSER_MAX)
        self._splitter.addWidget(self.browser)
        self.inspector.setMinimumWidth(Width.INSPECTOR_MIN)
        self.inspector.setMaximumWidth(Width.INSPECTOR_MAX)
        self._splitter.addWidget(self.page)
        self._splitter.addWidget(self.inspector)
        self.sides = Sides(self._app, self.browser, self.page.grid, self.inspector, self)
        self._splitter.setStretchFactor(1, 1)
        # The lines between them are drawn inside.
        self._splitter.setSizes([Width.BROWSER - 1, Width.WINDOW, Width.INSPECTOR - 1])
        saved = self._app.settings.get(_SPLITTER, "")
        if saved:
            self._splitter.restoreState(QByteArray.fromBase64(saved.encode("ascii", "ignore")))
        self.page.grid.set_zoom(self._app.settings.get(_ZOOM, int(Cell.DEFAULT)))
        column.addWidget(self.grid_actions.copies.strip)

    def _connect(self) -> None:
        browser, page, queue = self.browser, self.page, self._queue
        browser.opened.connect(self.open)
        browser.entered.connect(self._enter)
        browser.peeked.connect(lambda ref: self.open(ref, note=False))
        browser.searches.opened.connect(self.navigation.go)
        self.navigation.entity_shown.connect(lambda ref: self._read_overviews({ref}))
        self.navigation.went.connect(self.went)
        self.saving.noticed.connect(self.noticed)
        browser.status_changed.connect(self._say_refusal)
        browser.files_dropped.connect(
            lambda dragged, ref: self.adding.take(dragged, ref, slots_of(ref.type)[0])
        )
        page.files_dropped.connect(self.adding.take_here)
        page.files_wanted.connect(self.adding.choose)
        page.paste_wanted.connect(self.adding.paste)
        page.entity_wanted.connect(self.open)
        page.reload_wanted.connect(self.reload)
        page.copy_wanted.connect(_copy)
        page.turned.connect(self._show_uploads)
        page.model.turned.connect(self._media_came)
        page.status_changed.connect(self._say_status)
        page.grid.zoomed.connect(lambda width: self._app.settings.set(_ZOOM, width))
        self._splitter.splitterMoved.connect(self._remember_splitter)
        queue.changed.connect(self._uploads_changed)
        queue.removed.connect(page.model.remove_uploads)
        queue.loaded.connect(self._show_uploads)
        queue.progressed.connect(self._progressed)
        self._app.changes.happened.connect(self.apply_change)
        self._app.changes.noticed.connect(self.apply_noticed)
        self.inspector.noticed.connect(self.noticed)
        self.grid_actions.noticed.connect(self.noticed)
        self.adding.noticed.connect(self.noticed)
        self.adding.unplaced.connect(self.unplaced_dropped)
        self.grid_actions.trash_wanted.connect(self.delete_selected)
        entity_of = browser.model.entity_of
        self._follow = Follow(self.sides, self.inspector, page.grid, entity_of, self)

    def _add_keys(self) -> None:
        grid = self.page.grid
        for keys, act in (
            ("/", self.page.bar.begin),
            ("Ctrl+V", self.adding.paste),
            ("F5", self.reload),
            ("Ctrl+Shift+D", lambda: self.page_requested.emit("duplicates", self.page.ref)),
            ("Ctrl++", lambda: grid.set_zoom(grid.zoom + 2 * Cell.STEP)),
            ("Ctrl+=", lambda: grid.set_zoom(grid.zoom + 2 * Cell.STEP)),
            ("Ctrl+-", lambda: grid.set_zoom(grid.zoom - 2 * Cell.STEP)),
            ("Ctrl+0", lambda: grid.set_zoom(Cell.DEFAULT)),
        ):
            repeats = keys in ("Ctrl++", "Ctrl+=", "Ctrl+-")
            key_in(self, keys, act, repeats=repeats, context=Qt.ShortcutContext.WindowShortcut)
        key_of(grid, QKeySequence.StandardKey.Delete, self.delete_selected)

    def find_place(self) -> None:
        """See Panel."""
        self.sides.show_places()
        self.browser.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.browser.search.selectAll()

    def _remember_splitter(self) -> None:
        state = self._splitter.saveState().toBase64().data()
        self._app.settings.set(_SPLITTER, bytes(state).decode("ascii"))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
