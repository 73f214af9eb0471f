"""Which library is open and who is signed in, as the frame of the window shows it."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from ..domain.errors import MediaError
from ..domain.permissions import NOBODY, Account
from ..domain.uploads import UploadState
from ..tasks.connection import ConnectionState
from . import profile_words
from .frame.account_menu import AccountMenu
from .frame.banners import Banners
from .frame.connection import Connection
from .frame.rail import Rail
from .panel import Notice
from .upload_queue import UploadQueue
from .upload_words import number

if TYPE_CHECKING:
    from ..bootstrap import App
    from .gate import Gate

_LOG = logging.getLogger(__name__)
#: Codes after which a person is asked for something, which is no fault of the connection.
_ASKS = frozenset(
    {"no_account", "no_secret", "sign_in_failed", "sign_in_wait", "account_not_active"}
)


class Session(QObject):
    """Opens the library, stands a gate before it where that fails, watches it, and leaves it."""

    #: The library is open: the pages may read it.
    opened = Signal()
    #: The gate was put in front of the pages.
    gated = Signal()
    #: What the pages show may be out of date.
    outdated = Signal()
    #: Notice
    noticed = Signal(object)
    settings_wanted = Signal()
    #: Nothing is under way any more. The name of the profile to be opened next; whether its
    #: password is to be asked for; what is to be said there.
    left = Signal(str, bool, str)

    def __init__(
        self, app: "App", rail: Rail, stack: QStackedWidget, banners: Banners, queue: UploadQueue
    ) -> None:
        super().__init__(stack)
        self._app = app
        self._rail, self._stack, self._banners, self._queue = rail, stack, banners, queue
        self._account = NOBODY
        self.is_open = False
        self.is_leaving = self.has_left = False
        self.gate: Gate | None = None
        app.connection.changed.connect(self._connection_changed)
        app.connection.looked.connect(self._looked)
        rail.account_wanted.connect(self._show_menu)
        program = QGuiApplication.instance()
        if isinstance(program, QGuiApplication):
            program.applicationStateChanged.connect(self._turned_to)

    def welcome(self) -> None:
        """Ask which library it shall be; the answer opens it."""
        self._rail.connection.set_state(Connection.CLOSED)
        self._rail.set_pages_on(False)
        self._stand_gate().show_welcome()

    def open(self) -> None:
        """Open the library in a worker."""
        self._rail.connection.set_state(Connection.OPENING)
        self._app.open(self._opened, self._failed)

    def change(self, name: str, ask: bool = False) -> None:
        """Leave this library for that of another profile; nothing of it is lost."""
        if self.is_leaving:
            return
        self.is_leaving = True
        waiting = self._queue.count(UploadState.QUEUED) + self._queue.count(UploadState.WORKING)
        words = self._left_behind(waiting) if waiting and self.is_open else ""
        self._rail.setEnabled(False)
        self._banners.hide()
        self._stand_gate().show_leaving(self.tr("One moment"), words or self.tr("Opening…"))

        def leave() -> None:
            self.has_left = True
            self.left.emit(name, ask, words)

        self._app.end(leave)

    def sign_out(self) -> None:
        """Forget the password that is kept, and ask who signs in."""
        profile, email = self._app.profile, self._app.email
        if profile is None:
            return
        name = profile.name
        self._app.runner.run(
            lambda _: self._app.profiles.forget(name, email),
            lambda _: self.change(name, ask=True),
            lambda error: self.noticed.emit(Notice(error.message, tone="danger")),
        )

    # ---- opening

    def _opened(self) -> None:
        self.is_open = True
        self._rail.connection.set_state(Connection.CONNECTED)
        self._rail.set_pages_on(True)
        self._account = self._app.account
        self._rail.account.set_account(self._account)
        self._banners.show_read_only(self._app.read_only)
        profile = self._app.profile
        if profile is not None and not profile.is_embedded:
            self._app.connection.start()
        self._app.others.start()
        self._app.tidy()
        if self.gate is not None:
            self._stack.removeWidget(self.gate)
            self.gate.deleteLater()
            self.gate = None
        self.opened.emit()

    def _failed(self, error: MediaError) -> None:
        asked = error.code in _ASKS
        state = Connection.CLOSED if asked else Connection.FAILED
        self._rail.connection.set_state(state, "" if asked else error.message)
        self._rail.set_pages_on(False)
        self._stand_gate().show_error(error)
        _LOG.info("the library is not open: %s", error.code)

    def _stand_gate(self) -> "Gate":
        if self.gate is None:
            from .gate import Gate

            self.gate = Gate(self._app)
            self.gate.opened.connect(self._opened)
            self.gate.failed.connect(self._failed)
            self.gate.again_wanted.connect(self.open)
            self.gate.library_wanted.connect(self.change)
            self.gate.settings_wanted.connect(self.settings_wanted)
            self._stack.addWidget(self.gate)
        self.gated.emit()
        return self.gate

    # ---- while it is open

    def _connection_changed(self, state: ConnectionState, reason: str) -> None:
        was = self._rail.connection.state
        self._rail.connection.set_state(Connection(state.value), reason)
        if state is ConnectionState.CONNECTED and was is not Connection.CONNECTED:
            self._app.pump.hurry()
            self._app.others.look_now()
            self.outdated.emit()

    def _turned_to(self, state: Qt.ApplicationState) -> None:
        self._app.others.set_active(state == Qt.ApplicationState.ApplicationActive)

    def _looked(self) -> None:
        account, before = self._app.account, self._account
        if account == before:
            return
        self._account = account
        self._rail.account.set_account(account)
        self.outdated.emit()
        if account.active != before.active or account.role != before.role:
            self.noticed.emit(self._account_notice(account))

    def _account_notice(self, account: Account) -> Notice:
        if not account.active:
            return Notice(
                self.tr("Your account was suspended or deleted"),
                self.tr("You can no longer change anything. Ask an admin of the platform."),
                "danger",
            )
        words = self.tr("You are signed in as {role} now")
        role = self._rail.account.role()
        return Notice(words.format(role=role), self.tr("An admin changed your account."), "info")

    def _show_menu(self) -> None:
        profile, row = self._app.profile, self._rail.account
        made = AccountMenu(row)
        where = "" if profile is None else profile_words.title(profile)
        if self.is_open:
            made.add_head(row.name(), row.role(), where)
        else:
            made.add_head(where or self.tr("No library"), row.name(), "")
        made.add("books", self.tr("Change library…"), self.settings_wanted.emit)
        narrow = self._rail.is_collapsed
        names = self.tr("Show names") if narrow else self.tr("Icons only")
        made.add("list-bullets", names, self._rail.toggled.emit, "Ctrl+B")
        if self.is_open and profile is not None and not profile.is_embedded:
            made.add_line()
            made.add("sign-out", self.tr("Sign out"), self.sign_out)
        made.open_above(row)

    def _left_behind(self, count: int) -> str:
        words = (
            self.tr("1 file goes on being added when {name} is opened again.")
            if count == 1
            else self.tr("{count} files go on being added when {name} is opened again.")
        )
        profile = self._app.profile
        name = "" if profile is None else f"“{profile_words.title(profile)}”"
        return words.format(count=number(count), name=name)
