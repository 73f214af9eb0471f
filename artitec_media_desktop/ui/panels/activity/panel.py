"""The activity page: puts its parts together."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ....domain.activity import Activity, ActivityMedia, ActivityQuery
from ....domain.changes import Change, MediaChange
from ....domain.entities import Entity
from ...edits import Edits
from ...panel import Notice, Panel
from ...small_pictures import SmallPictures
from ...widgets import ColumnHead, line, menu
from .columns import THUMB, heads
from .delegate import ActivityDelegate
from .header import ActivityBar, ActivityHeader, may_open, may_undo
from .model import ActivityModel
from .opening import page_of
from .states import ActivityState, LoadingRows
from .view import ActivityView
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: Searched once the typing pauses; changes elsewhere are gathered longer.
_TYPING_MS: Final = 150
_GATHER_MS: Final = 1000


class ActivityPanel(Panel):
    """What anybody did to the library, newest first."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__()
        self._app, self._edits = app, edits
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = ActivityModel(app)

        def picture(media: ActivityMedia, box: QSize) -> bytes:
            return app.library.picture(app.activity.media(media.public_id), 2 * box.width())

        self._thumbs = SmallPictures(app, THUMB, lambda media: media.public_id, picture, self)
        self._delegate = ActivityDelegate(self._thumbs)
        self.view = ActivityView(self.rows, self._delegate)
        self.header, self.bar = ActivityHeader(), ActivityBar()
        self.header.sentence.setText(tr("Who did what, and where; most of it can be undone"))
        self.state, self._loading = ActivityState(), LoadingRows()
        self._pages = QStackedWidget()
        self._typing = self._timer(_TYPING_MS, self._find)
        self._gather = self._timer(_GATHER_MS, self._reload_if_shown)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._show_answer()

    def activate(self) -> None:
        """Others work too, so the newest is read anew each time."""
        self._delegate.me = self._app.account.user_id
        self.rows.reload()

    def refresh(self) -> None:
        """See Panel; pictures that did not come are tried again."""
        self._thumbs.forget_misses()
        self.activate()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("Open"), "Return"),
            (tr("Undo this entry"), "Z"),
            (tr("Search"), "/ Ctrl+F"),
            (tr("First, last"), "Home End"),
            (tr("Refresh"), "F5"),
        ]

    def panes(self) -> list[QWidget]:
        """See Panel."""
        return [self.bar.search, self.view]

    def _timer(self, after: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        listed = QWidget()
        rows = QVBoxLayout(listed)
        rows.addWidget(ColumnHead(self.view, heads))
        rows.addWidget(self.view, 1)
        for page in (self._loading, listed, self.state):
            self._pages.addWidget(page)
        self._listed = listed
        box = QVBoxLayout(self)
        for part in (self.header, line(), self.bar, line()):
            box.addWidget(part)
        box.addWidget(self._pages, 1)
        for layout in (rows, box):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _connect(self) -> None:
        view, bar = self.view, self.bar
        self.rows.answered.connect(self._show_answer)
        self.rows.modelReset.connect(self._show_chosen)
        view.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        view.open_wanted.connect(self.open)
        view.undo_wanted.connect(self.undo)
        view.place_wanted.connect(self._go_to)
        view.menu_wanted.connect(self._show_menu)
        self._thumbs.arrived.connect(lambda _id: view.viewport().update())
        bar.search.textChanged.connect(lambda _text: self._typing.start())
        bar.search.returnPressed.connect(self._enter)
        bar.filtered.connect(self._find)
        bar.open.clicked.connect(self.open)
        bar.undo.clicked.connect(self.undo)
        self.state.again_wanted.connect(self.refresh)
        self.state.clear_wanted.connect(bar.clear)
        self.state.library_wanted.connect(lambda: self.page_requested.emit("library", None))
        self._edits.busy_changed.connect(self._busy_changed)
        self._app.changes.happened.connect(lambda _change: self._gather.start())
        self._app.changes.noticed.connect(lambda _found: self._gather.start())

    def _add_keys(self) -> None:
        for keys, act in (("/", self._search), ("Ctrl+F", self._search), ("F5", self.refresh)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def open(self) -> None:
        """Go to what the chosen entry was about."""
        entry = self.view.chosen()
        where = None if entry is None else page_of(entry)
        if where is not None:
            self.page_requested.emit(*where)
        elif entry is not None:
            self.noticed.emit(Notice(may_open(entry).reason, tone="info"))

    def undo(self) -> None:
        """Take the chosen entry back, or say why not."""
        entry = self.view.chosen()
        if entry is None:
            return
        may = may_undo(entry, self._edits.is_busy)
        if not may:
            self.noticed.emit(Notice(tr("Nothing was undone"), may.reason, "warning"))
            return
        together = entry.changes if len(entry.changes) > 1 else ()

        def done(undoing: Change) -> None:
            if not undoing.failed:
                self.rows.mark_undone(entry)

        self._edits.undo(_change_of(entry), together, done)

    def _go_to(self, place: Entity) -> None:
        self.page_requested.emit("library", place.ref)

    def _search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _find(self) -> None:
        self._typing.stop()
        self.rows.find(self.bar.query)

    def _enter(self) -> None:
        """From the search on to what it found."""
        self._find()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _busy_changed(self, busy: bool) -> None:
        self._show_chosen()
        if not busy:
            self._reload_if_shown()

    def _reload_if_shown(self) -> None:
        if self.isVisible():
            self.activate()

    def _show_answer(self) -> None:
        rows = self.rows
        if rows.rows:
            page = self._listed
        elif rows.error is not None:
            self.state.show_error(rows.error)
            page = self.state
        elif not rows.is_loaded:
            page = self._loading
        else:
            if rows.query == ActivityQuery():
                self.state.show_empty()
            else:
                self.state.show_nothing_found()
            page = self.state
        had_keys = self.view.hasFocus()
        self._pages.setCurrentWidget(page)
        if had_keys and page is not self._listed:
            self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry = self.view.chosen()
        self.bar.show_entry(entry, self._edits.is_busy)
        stale = self.rows.error is not None and bool(self.rows.rows)
        self.status_changed.emit(tr("Not up to date") if stale else "")

    def _show_menu(self, point: QPoint) -> None:
        entry = self.view.chosen()
        made = menu(self)
        made.setToolTipsVisible(True)
        for words, keys, may, act in (
            (tr("Open"), "Return", may_open(entry), self.open),
            (tr("Undo"), "Z", may_undo(entry, self._edits.is_busy), self.undo),
        ):
            action = made.addAction(words, act)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(may.allowed)
            action.setToolTip(may.reason)
        made.addSeparator()
        for place in () if entry is None else entry.places:
            words = tr("Go to {place}").format(place=place.name)
            made.addAction(words).triggered.connect(lambda _=False, to=place: self._go_to(to))
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(point)


def _change_of(entry: Activity) -> Change:
    """As much of it as is told when it was undone."""
    after = dict.fromkeys(entry.columns)
    parts = tuple(MediaChange(each.public_id, None, {}, after) for each in entry.media)
    return Change(entry.kind, parts, entry.account, entry.at, entry.changes[0])
