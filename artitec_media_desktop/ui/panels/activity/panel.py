"""The activity page: puts its parts together."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence

from ....domain.activity import Activity, ActivityMedia, ActivityQuery
from ....domain.changes import Change, MediaChange
from ....domain.entities import Entity
from ....domain.errors import MediaError
from ...edits import Edits
from ...list_page import ListPage, ListState, LoadingRows
from ...panel import Notice
from ...small_pictures import SmallPictures
from ...widgets import menu
from .columns import THUMB, heads, shapes
from .delegate import ActivityDelegate
from .header import ActivityBar, ActivityHeader, may_open, may_undo
from .model import ActivityModel
from .opening import page_of
from .view import ActivityView
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App

_ICON: Final = "clock-counter-clockwise"


class ActivityPanel(ListPage):
    """What anybody did to the library, newest first."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__(app, edits)
        self.rows = ActivityModel(app)

        def picture(media: ActivityMedia, box: QSize) -> bytes:
            return app.library.picture(app.activity.media(media.public_id), 2 * box.width())

        thumbs = SmallPictures(app, THUMB, lambda media: media.public_id, picture, self)
        self._delegate = ActivityDelegate(thumbs)
        self.view = ActivityView(self.rows, self._delegate)
        self.header, self.bar = ActivityHeader(), ActivityBar()
        self.header.sentence.setText(tr("Who did what, and where; most of it can be undone"))
        self.state = ListState(_ICON, "", "")
        loading = LoadingRows(tr("The history is being read"), shapes)
        self._assemble(
            self.rows, self.view, heads, thumbs, self.header, self.bar, self.state, loading
        )
        self._connect()
        self._show_answer()

    def activate(self) -> None:
        """Others work too, so the newest is read anew each time."""
        self._delegate.me = self._app.account.user_id
        self.rows.reload()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("Open"), "Return"),
            (tr("Undo this entry"), "Z"),
            (tr("Search"), "/"),
            (tr("First, last"), "Home End"),
            (tr("Refresh"), "F5"),
        ]

    def _connect(self) -> None:
        view, bar = self.view, self.bar
        view.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        view.open_wanted.connect(self.open)
        view.undo_wanted.connect(self.undo)
        view.place_wanted.connect(self._go_to)
        view.menu_wanted.connect(self._show_menu)
        bar.filtered.connect(self._find)
        bar.open.clicked.connect(self.open)
        bar.undo.clicked.connect(self.undo)
        self.state.clear_wanted.connect(bar.clear)

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

    def _find(self) -> None:
        self._typing.stop()
        self.rows.find(self.bar.query)

    def _show_none(self) -> None:
        if self.rows.query == ActivityQuery():
            text = tr("What anybody adds, edits, moves or deletes is written down here.")
            self.state.show_empty(_ICON, tr("Nothing has happened yet"), text)
        else:
            text = tr(
                "No change is like that. Words are looked for in names of people, places and files."
            )
            self.state.show_nothing_found(text, tr("Clear the filters"))

    def _show_error(self, error: MediaError) -> None:
        self.state.show_error(error, tr("The history did not load"))

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
