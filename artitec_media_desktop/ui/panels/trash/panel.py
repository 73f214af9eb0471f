"""The trash page: puts its parts together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence

from ....domain.errors import MediaError
from ...edits import Edits
from ...list_page import ListPage, ListState, LoadingRows
from ...small_pictures import SmallPictures
from ...widgets import menu
from ...widgets.shortcuts import key_in
from .columns import THUMB, heads, shapes
from .delegate import TrashDelegate
from .header import TrashBar, TrashHeader, may_purge, may_restore
from .model import TrashModel
from .requests import Requests
from .view import TrashView
from .words import FOR_GOOD_KEYS, selection, total, tr

if TYPE_CHECKING:
    from ....bootstrap import App


class TrashPanel(ListPage):
    """What was deleted, newest first, until it is removed for good."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__(app, edits)
        self.rows = TrashModel(app)
        thumbs = SmallPictures(
            app,
            THUMB,
            lambda media: media.public_id,
            lambda media, box: app.library.picture(media, 2 * box.width()),
            self,
        )
        self.view = TrashView(self.rows, TrashDelegate(thumbs))
        self.header, self.bar, self.state = TrashHeader(), TrashBar(), ListState("trash", "", "")
        self.requests = Requests(app, self.rows, edits, self)
        loading = LoadingRows(tr("The trash is being read"), shapes)
        self._assemble(
            self.rows, self.view, heads, thumbs, self.header, self.bar, self.state, loading
        )
        self._connect()
        key_in(self, FOR_GOOD_KEYS, self._purge)
        self._show_answer()

    def activate(self) -> None:
        """Others delete and put back too, so it is read anew each time."""
        if not self._edits.is_busy:
            self.rows.reload()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("Put back"), "R Return"),
            (tr("Delete for good"), FOR_GOOD_KEYS),
            (tr("Search"), "/"),
            (tr("Select all"), "Ctrl+A"),
            (tr("Refresh"), "F5"),
        ]

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._show_chosen)
        self.view.restore_wanted.connect(self._restore)
        self.view.menu_wanted.connect(self._show_menu)
        self.bar.restore.clicked.connect(self._restore)
        self.bar.purge.clicked.connect(self._purge)
        self.header.empty.clicked.connect(self.requests.empty)
        self.state.clear_wanted.connect(self.bar.search.clear)
        self.requests.noticed.connect(self.noticed)

    def _find(self) -> None:
        self.rows.find(self.bar.search.text())

    def _show_none(self) -> None:
        search = " ".join(self.rows.search.split())
        if search:
            text = tr("No name, alt text, place or person in the trash has “{search}” in it.")
            shown = search if len(search) <= 24 else f"{search[:23]}…"
            self.state.show_nothing_found(text.format(search=shown), tr("Clear the search"))
        else:
            text = tr("What you delete in the Library waits here for 30 days and can be put back.")
            self.state.show_empty("trash", tr("The trash is empty"), text)

    def _show_error(self, error: MediaError) -> None:
        self.state.show_error(error, tr("The trash did not load"))

    def _restore(self) -> None:
        self.requests.restore(self.view.selected_items())

    def _purge(self) -> None:
        self.requests.purge(self.view.selected_items())

    def _show_chosen(self) -> None:
        rows, chosen, busy = self.rows, self.view.selected_items(), self._edits.is_busy
        self.header.show_rows(rows, busy)
        self.bar.show_rows(rows, chosen, busy)
        if chosen:
            size = sum(each.media.file_size for each in chosen)
            self.status_changed.emit(selection(len(chosen), rows.total, size))
        else:
            text = total(rows.total, rows.total_bytes) if rows.total else ""
            self.status_changed.emit(text)

    def _show_menu(self, point: QPoint) -> None:
        chosen, busy = self.view.selected_items(), self._edits.is_busy
        made = menu(self)
        made.setToolTipsVisible(True)
        for words, keys, may, act in (
            (tr("Put back"), "R", may_restore(chosen), self._restore),
            (tr("Delete for good…"), FOR_GOOD_KEYS, may_purge(self.rows, chosen), self._purge),
        ):
            action = made.addAction(words, act)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(may.allowed and not busy)
            action.setToolTip(may.reason)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(point)
