"""The trash page: puts its parts together."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...edits import Edits
from ...panel import Panel
from ...small_pictures import SmallPictures
from ...widgets import ColumnHead, line, menu
from .columns import THUMB, heads
from .delegate import TrashDelegate
from .header import TrashBar, TrashHeader, may_purge, may_restore
from .model import TrashModel
from .requests import Requests
from .states import LoadingRows, TrashState
from .view import TrashView
from .words import FOR_GOOD_KEYS, selection, total, tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: Searched once the typing pauses; changes elsewhere are gathered longer.
_TYPING_MS: Final = 150
_GATHER_MS: Final = 1000


class TrashPanel(Panel):
    """What was deleted, newest first, until it is removed for good."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__()
        self._app, self._edits = app, edits
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = TrashModel(app)
        self._thumbs = SmallPictures(
            app,
            THUMB,
            lambda media: media.public_id,
            lambda media, box: app.library.picture(media, 2 * box.width()),
            self,
        )
        self.view = TrashView(self.rows, TrashDelegate(self._thumbs))
        self.header, self.bar = TrashHeader(), TrashBar()
        self.state, self._loading = TrashState(), LoadingRows()
        self._pages = QStackedWidget()
        self.requests = Requests(app, self.rows, edits, self)
        self._typing = self._timer(_TYPING_MS, lambda: self.rows.find(self.bar.search.text()))
        self._gather = self._timer(_GATHER_MS, self._reload_if_shown)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._show_answer()

    def activate(self) -> None:
        """Others delete and put back too, so it is read anew each time."""
        if not self._edits.is_busy:
            self.rows.reload()

    def refresh(self) -> None:
        """See Panel; pictures that did not come are tried again."""
        self._thumbs.forget_misses()
        self.activate()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("Put back"), "R Return"),
            (tr("Delete for good"), FOR_GOOD_KEYS),
            (tr("Search"), "/ Ctrl+F"),
            (tr("Select all"), "Ctrl+A"),
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
        rows, requests, bar = self.rows, self.requests, self.bar
        rows.answered.connect(self._show_answer)
        rows.modelReset.connect(self._show_selection)
        self.view.selectionModel().selectionChanged.connect(self._show_selection)
        self.view.restore_wanted.connect(self._restore)
        self.view.menu_wanted.connect(self._show_menu)
        self._thumbs.arrived.connect(lambda _id: self.view.viewport().update())
        bar.search.textChanged.connect(lambda _text: self._typing.start())
        bar.search.returnPressed.connect(self._enter)
        bar.restore.clicked.connect(self._restore)
        bar.purge.clicked.connect(self._purge)
        self.header.empty.clicked.connect(requests.empty)
        self.state.again_wanted.connect(self.refresh)
        self.state.clear_wanted.connect(bar.search.clear)
        self.state.library_wanted.connect(lambda: self.page_requested.emit("library", None))
        requests.noticed.connect(self.noticed)
        self._edits.busy_changed.connect(self._busy_changed)
        # An upload that replaces a picture puts the old one here, and others delete too.
        self._app.changes.happened.connect(lambda _change: self._gather.start())
        self._app.changes.noticed.connect(lambda _found: self._gather.start())

    def _add_keys(self) -> None:
        for keys, act in (
            ("/", self._search),
            ("Ctrl+F", self._search),
            ("F5", self.refresh),
            (FOR_GOOD_KEYS, self._purge),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _restore(self) -> None:
        self.requests.restore(self.view.selected_items())

    def _purge(self) -> None:
        self.requests.purge(self.view.selected_items())

    def _search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _enter(self) -> None:
        """From the search on to what it found."""
        self._typing.stop()
        self.rows.find(self.bar.search.text())
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _busy_changed(self, busy: bool) -> None:
        self._show_selection()
        if not busy:
            self._reload_if_shown()

    def _reload_if_shown(self) -> None:
        if self.isVisible():
            self.activate()

    def _show_answer(self) -> None:
        rows = self.rows
        if rows.items:
            page = self._listed
        elif rows.error is not None:
            self.state.show_error(rows.error)
            page = self.state
        elif not rows.is_loaded:
            page = self._loading
        else:
            if rows.search.split():
                self.state.show_nothing_found(rows.search)
            else:
                self.state.show_empty()
            page = self.state
        had_keys = self.view.hasFocus()
        self._pages.setCurrentWidget(page)
        if had_keys and page is not self._listed:
            self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_selection()

    def _show_selection(self) -> None:
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
