"""The window: rail, pages, status bar, and what works on every page."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ..domain import right_of_way
from ..domain.uploads import UploadState
from . import geometry
from .commands import Commands
from .desktop import Desktop
from .edits import Edits
from .everywhere import Everywhere
from .frame.banners import Banners
from .frame.keys_overlay import KeysOverlay
from .frame.rail import Rail
from .frame.status_bar import StatusBar
from .history import History, SideButtons, Stop
from .new_versions import NewVersions
from .panel import Notice, Panel, next_pane
from .panels import PANELS, SETTINGS, PanelEntry
from .quitting import Quitting
from .session import Session
from .theme import Height, Mode, Width, theme
from .upload_news import UploadNews
from .upload_queue import UploadQueue
from .waiting_count import WaitingCount
from .welcome.guide import Guide
from .widgets import EmptyState, FocusRing, Toasts, line

if TYPE_CHECKING:
    from ..bootstrap import App
    from .drop_anywhere import DropAnywhere

#: Closing that takes longer than this says so.
_MOMENT_MS = 300
TITLE = "Artitec Media Desktop"


class MainWindow(QMainWindow):
    """Show it, then call ``open``: the frame is painted first, then page and library follow."""

    #: See Session.left; this window is done then.
    left = Signal(str, bool, str)

    def __init__(self, app: "App", pages: tuple[PanelEntry, ...] = PANELS) -> None:
        super().__init__()
        self._app = app
        self._rail_pages = pages
        self._pages = {page.name: page for page in (*pages, SETTINGS)}
        self._panels: dict[str, Panel] = {}
        self._current = self._before = ""
        self._status: dict[str, str] = {}
        self._history = History()
        #: What each page shows, as it told, and what had the keyboard when it was left.
        self._shown: dict[str, object] = {}
        self._focused: dict[str, QWidget] = {}
        self._side_buttons: SideButtons | None = None
        self._drops: DropAnywhere | None = None
        self.queue = UploadQueue(app)
        self.queue.setParent(self)
        self.edits = Edits(app, self)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(Width.WINDOW_MIN, Width.WINDOW_MIN_HEIGHT)
        self.rail = Rail(pages, app.account)
        self.stack = QStackedWidget()
        self.stack.setProperty("ground", "raised")
        self.status = StatusBar(self.queue)
        self.banners = Banners(app.connection)
        self.session = Session(app, self.rail, self.stack, self.banners, self.queue)
        self.news = UploadNews(app, self.queue, self, lambda: self._current == "uploads")
        self.desktop = Desktop(app, self.queue, self)
        self.waiting = WaitingCount(app, self)
        self.quitting = Quitting(app, self.queue, self)
        self.guide = Guide(app, self)
        self.new_versions = NewVersions(app, self)
        self.everywhere = Everywhere(app, self)
        go = partial(self.go, "library")
        self.commands = Commands(app, self, self.everywhere.commands, go)
        self._lay_out()
        self.toasts = Toasts(self, Height.STATUS_BAR)
        self._ring = FocusRing(self)
        self._connect()
        self.everywhere.add_actions()
        self._restore()

    def begin(self) -> None:
        """Open the library; at the first start, ask which one."""
        if self._app.is_first_start:
            self.session.welcome()
        else:
            self.open()

    def open(self) -> None:
        """Make the page and open the library in a worker; the page fills when that is done."""
        self.show_page(self._current)
        self.session.open()

    def show_page(self, name: str) -> None:
        """Bring a page to the front, making it if it is shown for the first time.

        While the gate stands before them, only the settings are shown.
        """
        page = self._pages.get(name)
        gate = self.session.gate
        if page is None or page.factory is None or self.session.is_leaving:
            return
        focused, turned = self.focusWidget(), name != self._current
        in_rail = focused is not None and self.rail.isAncestorOf(focused)
        if focused is not None and self.stack.isAncestorOf(focused):
            self._focused[self._current] = focused
        if gate is not None and page is not SETTINGS:
            self.stack.setCurrentWidget(gate)
            self.toasts.stand_on(gate)
        else:
            self.stack.setCurrentWidget(self._panel(page))
            self.toasts.stand_on(self._panel(page).toast_ground())
        if page is SETTINGS:
            self._before = self._current if self._current != name else self._before
        else:
            self._app.settings.set("window/page", name)
        self._current = name
        self._history.note(Stop(name, self._shown.get(name)))
        self.rail.set_current(name)
        self.status.left.setText(self._status.get(name, ""))
        if self.is_open or page is SETTINGS:
            self._panel(page).activate()
            if turned and not in_rail:
                self._give_keyboard(name)

    def _give_keyboard(self, name: str) -> None:
        """To what had it when the page was left, if it is still in view."""
        if (before := self._focused.get(name)) and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._panels[name].take_focus()

    @property
    def is_open(self) -> bool:
        """Whether the library was opened."""
        return self.session.is_open

    @property
    def current_panel(self) -> Panel | None:
        """The page in front."""
        return self._panels.get(self._current)

    def notify(self, notice: Notice) -> None:
        """Show a toast."""
        self.toasts.show(
            notice.text,
            notice.detail,
            notice.tone,
            notice.action,
            notice.on_action,
            notice.icon,
            notice.change,
        )

    def show_keys(self) -> None:
        """The keys of the page that is shown."""
        panel = self.current_panel
        title = QCoreApplication.translate("Pages", self._pages[self._current].title)
        overlay = KeysOverlay(
            self,
            self.tr("Keys in {page}").format(page=title),
            panel.keys() if panel is not None else [],
            self.everywhere.keys(),
        )
        overlay.open()

    def show_palette(self) -> None:
        """Every action and every place, by a few letters."""
        title = QCoreApplication.translate("Pages", self._pages[self._current].title)
        self.commands.open(self.current_panel, title, self.is_open)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and let the running work end."""
        if self.session.has_left or self.quitting.may_close(self._begin_to_close):
            super().closeEvent(event)
        else:
            event.ignore()

    def _begin_to_close(self) -> None:
        self.session.blockSignals(True)  # no other library is opened any more
        geometry.remember(self, self._app.settings)
        QTimer.singleShot(_MOMENT_MS, self, self._say_closing)

    def _say_closing(self) -> None:
        self.rail.setEnabled(False)
        words = self.tr("What is under way is put aside, and goes on at the next start.")
        moment = EmptyState("clock-counter-clockwise", self.tr("One moment"), words)
        self.stack.setCurrentIndex(self.stack.addWidget(moment))

    def _panel(self, page: PanelEntry) -> Panel:
        panel = self._panels.get(page.name)
        if panel is None:
            assert page.factory is not None  # noqa: S101  # show_page lets no other through
            panel = page.factory(self._app, self.queue, self.edits)
            panel.status_changed.connect(lambda text: self._show_status(page.name, text))
            panel.noticed.connect(self.notify)
            panel.page_requested.connect(self.go)
            panel.library_wanted.connect(self.session.change)
            panel.tour_wanted.connect(self.guide.start)
            panel.went.connect(partial(self._went, page.name))
            panel.unplaced_dropped.connect(self.news.take_unplaced)
            panel.compare_wanted.connect(self.news.compare)
            self._panels[page.name] = panel
            self.stack.addWidget(panel)
        return panel

    def _lay_out(self) -> None:
        center = QWidget()
        across = QHBoxLayout()
        down = QVBoxLayout(center)
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(line("v"))
        over_page = QVBoxLayout()
        over_page.setSpacing(0)
        over_page.addWidget(self.banners)
        over_page.addWidget(self.stack, 1)
        over_page.addWidget(self.edits.strip)
        across.addLayout(over_page, 1)
        down.addLayout(across, 1)
        down.addWidget(self.status)
        self.setCentralWidget(center)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.rail.toggled.connect(self.toggle_rail)
        self.rail.settings_wanted.connect(self.show_settings)
        self.session.opened.connect(self._opened)
        self.session.opened.connect(self.new_versions.start)
        self.new_versions.noticed.connect(self.notify)
        self.session.gated.connect(self._gated)
        self.session.outdated.connect(self._refresh)
        self.session.noticed.connect(self.notify)
        self.session.settings_wanted.connect(self.show_settings)
        self.session.left.connect(self.left)
        self.edits.noticed.connect(self.notify)
        self.edits.reversed.connect(self.toasts.withdraw)
        self.status.keys_wanted.connect(self.show_keys)
        self.status.commands_wanted.connect(self.show_palette)
        self.status.uploads_wanted.connect(lambda: self.show_page("uploads"))
        self.queue.totals_changed.connect(self._show_count)
        if (moderation := self.rail.buttons.get("moderation")) is not None:
            self.session.opened.connect(self.waiting.start)
            self.waiting.changed.connect(moderation.set_count)
        self.news.noticed.connect(self.notify)
        self.news.uploads_wanted.connect(lambda: self.show_page("uploads"))

    @property
    def rail_pages(self) -> tuple[PanelEntry, ...]:
        """The pages of the rail, in order."""
        return self._rail_pages

    def _restore(self) -> None:
        settings = self._app.settings
        theme().set_mode(_mode(settings.get("theme", Mode.SYSTEM.value)))
        self.rail.set_collapsed(settings.get("rail/collapsed", False))
        geometry.restore(self, settings)
        # Making the page can wait until the frame is on screen.
        self._current = self._known(settings.get("window/page", ""))
        self.rail.set_current(self._current)

    def _known(self, name: str) -> str:
        """The name, or that of the first page when there is no such page (any more)."""
        there = [page.name for page in self._rail_pages if page.factory is not None]
        return name if name in there else there[0]

    def _opened(self) -> None:
        if self._drops is None:
            from .drop_anywhere import DropAnywhere  # with it comes the page of the library

            self._drops = DropAnywhere(self, self.stack)
            self._drops.dropped.connect(self.news.take_unplaced)
        if self._current != SETTINGS.name:
            self.show_page(self._current)
            panel, focused = self.current_panel, self.focusWidget()
            if panel is not None and not (focused is not None and panel.isAncestorOf(focused)):
                panel.take_focus()  # the gate had it, and it fell to the rail

    def _gated(self) -> None:
        gate, leaving = self.session.gate, self.session.is_leaving
        if leaving:
            geometry.remember(self, self._app.settings)
        if gate is not None and (leaving or self._current != SETTINGS.name):
            self.stack.setCurrentWidget(gate)
            self.toasts.stand_on(gate)

    def show_settings(self) -> None:
        """Turn to the settings."""
        self.show_page(SETTINGS.name)

    def _refresh(self) -> None:
        if self.current_panel is not None and self.is_open:
            self.current_panel.refresh()

    def go(self, name: str, what: object) -> None:
        """Turn to a page (empty: the one before) and have it show something, unless None."""
        with self._history.one_stop():
            self._go(name or self._before, what)

    def go_back(self, by: int) -> None:
        """Go to where one was before (-1), or before going back (1)."""
        stop = self._history.step(by) if self.is_open else None
        if stop is not None:
            is_there = stop.what == self._shown.get(stop.page)
            with self._history.one_stop(known=True):
                self._go(stop.page, None if is_there else stop.what)

    def _go(self, name: str, what: object) -> None:
        self.show_page(name)
        panel = self._panels.get(name)
        if what is not None and panel is not None:
            panel.reveal(what)

    def _went(self, name: str, what: object, refines: bool) -> None:
        self._shown[name] = what
        if name == self._current:
            self._history.note(Stop(name, what), refines=refines)

    def _show_status(self, name: str, text: str) -> None:
        self._status[name] = text
        if name == self._current:
            self.status.left.setText(text)

    def _show_count(self) -> None:
        open_ones = [each for each in UploadState if not each.is_final] + [UploadState.FAILED]
        if "uploads" in self.rail.buttons:
            self.rail.buttons["uploads"].set_count(sum(map(self.queue.count, open_ones)))

    def add_files(self) -> None:
        """Let the person choose files to add to the page."""
        if self.current_panel is not None:
            self.current_panel.add_files()

    def find_place(self) -> None:
        """Go to the library, and to where places are found."""
        self.show_page("library")
        if (panel := self._panels.get("library")) is not None and self.session.gate is None:
            panel.find_place()  # also while the library opens: what is typed waits there

    def undo(self) -> None:
        """Take back what was changed last."""
        if self.is_open:
            self.edits.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.is_open:
            self.edits.redo()

    def toggle_rail(self) -> None:
        """Icons only, or with their names."""
        self.rail.set_collapsed(not self.rail.is_collapsed)
        self._app.settings.set("rail/collapsed", self.rail.is_collapsed)

    def toggle_full_screen(self) -> None:
        """All of the screen, or a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def next_pane(self, step: int) -> None:
        """Go through the rail and the panes of the page, in a circle."""
        panel = self.current_panel
        panes: list[QWidget] = [self.rail.buttons.get(self._current, self.rail.gear)]
        panes += (panel.panes() or [panel]) if panel is not None else []
        next_pane(panes, self.focusWidget(), self.rail, step).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def showEvent(self, event: QShowEvent) -> None:
        """There is a window of the system to listen to."""
        super().showEvent(event)
        if self._side_buttons is None:
            self._side_buttons = SideButtons(self.stack)
            self._side_buttons.pressed.connect(self.go_back)

    @right_of_way.first
    def event(self, event: QEvent) -> bool:
        """Everything that is painted is painted in an event of the window."""
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted closes the newest toast."""
        if event.key() == Qt.Key.Key_Escape and self.toasts.dismiss_newest():
            return
        super().keyPressEvent(event)


def _mode(value: str) -> Mode:
    """A mode as the settings spell it; SYSTEM for anything else."""
    return Mode(value) if value in set(Mode) else Mode.SYSTEM
