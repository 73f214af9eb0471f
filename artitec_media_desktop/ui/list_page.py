"""A page that lists what workers read: a header, a bar with a search, and rows, or why none."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ..domain.changes import Change
from ..domain.errors import MediaError, Transient
from .edits import Edits
from .panel import Panel
from .small_pictures import SmallPictures
from .theme import Height, Radius, theme
from .widgets import ColumnHead, EmptyState, button, line
from .widgets.shortcuts import key_in

if TYPE_CHECKING:
    from ..bootstrap import App

#: Searched once the typing pauses; changes elsewhere are gathered longer.
_TYPING_MS: Final = 150
_GATHER_MS: Final = 1000
_BAR: Final = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListPage", text)


class ListState(EmptyState):
    """Says why there are no rows, and what to do next."""

    again_wanted = Signal()
    library_wanted = Signal()
    clear_wanted = Signal()

    def show_empty(self, icon: str, title: str, text: str) -> None:
        """There is nothing to be listed yet; what would be begins in the Library."""
        go = button(_tr("Open Library"), "image")
        go.clicked.connect(self.library_wanted)
        self.show_state(icon, title, text, buttons=[go])

    def show_nothing_found(self, text: str, clear: str) -> None:
        """Search and filters let nothing through; ``clear`` is the button that ends them."""
        made = button(clear, "x")
        made.clicked.connect(self.clear_wanted)
        self.show_state("magnifying-glass", _tr("Nothing found"), text, buttons=[made])

    def show_error(self, error: MediaError, title: str) -> None:
        """The list could not be read; what passes by itself is a matter of the connection."""
        again = button(_tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.again_wanted)
        copy = button(_tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
        if isinstance(error, Transient):
            icon, tone, title = "wifi-slash", "warning", _tr("The library did not answer")
        else:
            icon, tone = "warning-circle", "danger"
        self.show_state(icon, title, error.message, tone, [again, copy])


class LoadingRows(QWidget):
    """The shapes of rows that are still to come.

    ``shapes`` of a row's rectangle: where its picture stands, and its texts, each with how much of
    its width a bar takes.
    """

    def __init__(
        self, name: str, shapes: Callable[[QRect], tuple[QRect, Sequence[tuple[QRect, float]]]]
    ) -> None:
        super().__init__()
        self._shapes = shapes
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rows of bars down to the end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = Height.UPLOAD_ROW
        for top in range(0, self.height(), high):
            row = QRect(0, top, self.width(), high)
            painter.fillRect(0, row.bottom(), self.width(), 1, theme().color("border"))
            painter.setBrush(theme().color("sunken"))
            picture, texts = self._shapes(row)
            painter.drawRoundedRect(picture, Radius.THUMB, Radius.THUMB)
            for box, share in texts:
                y = top + (high - _BAR) / 2
                bar = QRectF(box.left(), y, box.width() * share, _BAR)
                painter.drawRoundedRect(bar, Radius.THUMB, Radius.THUMB)


class Bar(Protocol):
    """The bar above the rows."""

    search: QLineEdit


class Rows(Protocol):
    """A model that reads its rows in workers; ``answered`` when an answer or a fault came."""

    answered: Any
    modelReset: Any
    is_loaded: bool
    error: MediaError | None

    def rowCount(self) -> int:
        """As many as were read."""

    def reload(self) -> None:
        """Read them anew."""


class ListPage(Panel):
    """A subclass builds the parts, calls ``_assemble``, and fills in what is empty here."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__()
        self._app, self._edits = app, edits
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedWidget()
        #: The search has the keyboard only until there are rows.
        self._is_lent = False
        self._typing = self._timer(_TYPING_MS, self._find)
        self._gather = self._timer(_GATHER_MS, self._reload_if_shown)

    def _find(self) -> None:
        """Ask for what the bar says."""
        raise NotImplementedError

    def _show_none(self) -> None:
        """Say in ``state`` why nothing is listed."""
        raise NotImplementedError

    def _show_error(self, error: MediaError) -> None:
        """Say in ``state`` what went wrong."""
        raise NotImplementedError

    def _show_chosen(self) -> None:
        """Offer what may be done with the selection."""
        raise NotImplementedError

    def _assemble(
        self,
        rows: Rows,
        view: QAbstractItemView,
        heads: Callable[[QRect], Sequence[Any]],
        thumbs: SmallPictures,
        head: QWidget,
        bar: Any,
        state: ListState,
        loading: LoadingRows,
    ) -> None:
        self._rows, self._view, self._bar, self._state = rows, view, bar, state
        self._thumbs, self._loading = thumbs, loading
        self._lay_out(head, heads)
        rows.answered.connect(self._show_answer)
        rows.modelReset.connect(self._show_chosen)
        thumbs.arrived.connect(lambda _id: view.viewport().update())
        bar.search.textChanged.connect(lambda _text: self._typing.start())
        bar.search.returnPressed.connect(self._enter)
        state.again_wanted.connect(self.refresh)
        state.library_wanted.connect(lambda: self.page_requested.emit("library", None))
        self._edits.busy_changed.connect(self._busy_changed)
        self._app.changes.happened.connect(self._happened)
        self._app.changes.noticed.connect(lambda _found: self._gather.start())
        for keys, act in (("/", self._search), ("F5", self.refresh)):
            key_in(self, keys, act)

    def refresh(self) -> None:
        """See Panel; pictures that did not come are tried again."""
        self._thumbs.forget_misses()
        self.activate()

    def panes(self) -> list[QWidget]:
        """See Panel."""
        return [self._bar.search, self._view]

    def take_focus(self) -> None:
        """See Panel; the rows may be on their way."""
        super().take_focus()
        self._is_lent = self._bar.search.hasFocus()

    def _timer(self, after: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self, head: QWidget, heads: Callable[[QRect], Sequence[Any]]) -> None:
        self._listed = QWidget()
        rows = QVBoxLayout(self._listed)
        rows.addWidget(ColumnHead(self._view, heads))
        rows.addWidget(self._view, 1)
        for page in (self._loading, self._listed, self._state):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        for part in (head, line(), self._bar, line()):
            box.addWidget(part)
        box.addWidget(self._pages, 1)
        for layout in (rows, box):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _search(self) -> None:
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()

    def _enter(self) -> None:
        """From the search on to what it found."""
        self._typing.stop()
        self._find()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _happened(self, _change: Change) -> None:
        self._gather.start()

    def _busy_changed(self, _busy: bool) -> None:
        self._show_chosen()
        if not self._edits.is_busy:
            self._reload_if_shown()

    def _reload_if_shown(self) -> None:
        if self.isVisible():
            self.activate()

    def _show_answer(self) -> None:
        page: QWidget = self._state
        if self._rows.rowCount():
            page = self._listed
        elif self._rows.error is not None:
            self._show_error(self._rows.error)
        elif not self._rows.is_loaded:
            page = self._loading
        else:
            self._show_none()
        had_keys = self._view.hasFocus()
        self._pages.setCurrentWidget(page)
        if had_keys and page is not self._listed:
            self._bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._is_lent and page is self._listed:
            self._is_lent = False
            if self._bar.search.hasFocus() and not self._bar.search.text():
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
