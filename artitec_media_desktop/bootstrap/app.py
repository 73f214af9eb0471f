"""The library with its background work.

The services are loaded when they are first asked for, which a window does in a worker: it is
painted before SQLAlchemy is read from disk.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from ..config.home import Home
from ..config.log import start_log, stop_log
from ..config.secrets import Secrets
from ..config.settings import Settings
from ..domain.changes import Change
from ..domain.errors import MediaError
from ..domain.permissions import NOBODY, Account
from ..domain.profiles import Profile
from ..domain.work import Work
from ..services.profiles import ProfileService
from ..tasks.changes import Changes, ChangeWatch
from ..tasks.connection import ConnectionState, ConnectionWatch
from ..tasks.pump import UploadPump
from ..tasks.runner import Runner
from ..tasks.seat import Seat

if TYPE_CHECKING:
    from ..services.activity import ActivityService
    from ..services.analytics import AnalyticsService
    from ..services.check import CheckService
    from ..services.counting import CountingService
    from ..services.duplicates import DuplicateService
    from ..services.editing import EditService
    from ..services.fingerprinting import FingerprintService
    from ..services.library import LibraryService
    from ..services.moderation import ModerationService
    from ..services.moderation.facts import ReviewFacts
    from ..services.moderation.policy import PolicyService
    from ..services.moderation.queue import ReviewQueue
    from ..services.moderation.records import ReviewRecords
    from ..services.moderation.screening import ScreeningService
    from ..services.purging import PurgeService
    from ..services.trash import TrashService
    from ..services.trash_listing import TrashListing
    from ..services.undoing import UndoService
    from ..services.uploads import UploadService
    from .library import Library

_LOG = logging.getLogger(__name__)
_SAVE_MS: Final = 5_000
_TIDY_MS: Final = 5 * 60_000
_END_SECONDS: Final = 10.0
_END_LOOK_MS: Final = 50
#: How many files are worked on at a time: the setting's name, its bounds and what it is at first.
CONCURRENCY: Final = "uploads.concurrency"
CONCURRENCIES: Final = range(1, 11)
USUAL_CONCURRENCY: Final = 5


class App:
    """A library with its background work: what a window or a command is given.

    Its services are for workers: the first use of any of them loads them all.
    """

    def __init__(
        self,
        home: Home,
        concurrency: int | None = None,
        email: str | None = None,
        password: str | None = None,
        profile: str | None = None,
        profiles: ProfileService | None = None,
        ask: bool = False,
    ) -> None:
        """``profile`` is the name of one; without it, see ProfileService.find.

        With ``ask`` a password that is kept is not used: somebody signed out.
        """
        self.home = home
        self.settings = Settings(home.settings)
        self.profiles = profiles or ProfileService(home, Secrets())
        self.runner = Runner()
        self.pump = UploadPump(
            self.runner,
            lambda: self.services.uploads,
            concurrency or _concurrency(self.settings),
        )
        #: What pages refresh by.
        self.changes = Changes()
        self.pump.added.connect(self._added)
        #: For a window to start, where the library is shared.
        self.connection = ConnectionWatch(self.runner, lambda: self.services.look())
        #: For a window to start: finds what others did.
        self.others = ChangeWatch(
            self.runner,
            lambda: self.library,
            self.changes,
            lambda: self.connection.state is ConnectionState.CONNECTED,
        )
        # A session that ends without a word costs the last seconds' settings, not all of them.
        self._save = QTimer(interval=_SAVE_MS)
        self._save.timeout.connect(self._save_settings)
        self._tidy = QTimer(interval=_TIDY_MS)
        self._tidy.timeout.connect(self.tidy)
        self._name = profile
        self._email = email
        self._password = password
        self._ask = ask
        #: Whether to keep the password, or to forget the one that is kept; None leaves it alone.
        self._remember: bool | None = None
        self._profile: Profile | None = None
        self._services: Library | None = None
        self._seat = Seat()
        #: Asked when it is to end, until each is through with what a person has decided.
        self.finishing: list[Callable[[], bool]] = []
        #: Whether the library was opened.
        self.is_open = False
        self._loading = threading.Lock()

    @property
    def is_first_start(self) -> bool:
        """Whether nobody has said yet which library it shall be: a person is to be asked."""
        return self._name is None and self.profiles.is_first_start

    @property
    def services(self) -> "Library":
        """Every service of the library."""
        with self._loading:
            if self._services is None:
                # By one thread, before workers do: two at once have met it half imported.
                import numpy  # noqa: F401

                from .library import Library

                self._profile = self.profiles.find(self._name, self.settings.get("profile", ""))
                self._services = Library.of(self.home, self._profile, self.profiles.secrets)
            return self._services

    @property
    def profile(self) -> Profile | None:
        """The library that is open or was tried last; None before that."""
        return self._profile

    @property
    def email(self) -> str:
        """Who signed in last to the profile, or tried to; empty where nobody did."""
        name = "" if self._profile is None else self._profile.name
        return self._email or str(self.settings.get(f"account/{name}", ""))

    @property
    def read_only(self) -> str:
        """Why the library can only be looked at; empty where it can be worked with."""
        return "" if self._services is None else self._services.read_only

    @property
    def library(self) -> "LibraryService":
        """What is in the library."""
        return self.services.library

    @property
    def uploads(self) -> "UploadService":
        """The upload journal."""
        return self.services.uploads

    @property
    def pasted(self) -> Path:
        """Where pictures that come without a file are kept until they are uploaded."""
        return self.services.home.pasted

    @property
    def duplicates(self) -> "DuplicateService":
        """Finding copies and merging them."""
        return self.services.duplicates

    @property
    def fingerprints(self) -> "FingerprintService":
        """Computing what media lack to be compared."""
        return self.services.fingerprints

    @property
    def trash(self) -> "TrashService":
        """Deleting and putting back."""
        return self.services.trash

    @property
    def trash_listing(self) -> "TrashListing":
        """What lies in the trash."""
        return self.services.trash_listing

    @property
    def activity(self) -> "ActivityService":
        """The history of changes."""
        return self.services.activity

    @property
    def editing(self) -> "EditService":
        """Bulk edit, order, roles and places."""
        return self.services.editing

    @property
    def undoing(self) -> "UndoService":
        """Reversing what was done."""
        return self.services.undoing

    @property
    def purging(self) -> "PurgeService":
        """Emptying the trash."""
        return self.services.purging

    @property
    def analytics(self) -> "AnalyticsService":
        """What the library uses."""
        return self.services.analytics

    @property
    def counting(self) -> "CountingService":
        """What the store holds."""
        return self.services.counting

    @property
    def policy(self) -> "PolicyService":
        """What all moderators of the library share."""
        return self.services.policy

    @property
    def moderation(self) -> "ModerationService":
        """Decisions of visual review."""
        return self.services.moderation

    @property
    def review_queue(self) -> "ReviewQueue":
        """What waits for a decision, and who looks at what."""
        return self.services.review_queue

    @property
    def review_facts(self) -> "ReviewFacts":
        """What a person is told of an item that is decided on."""
        return self.services.review_facts

    @property
    def review_records(self) -> "ReviewRecords":
        """What was decided: read, exported and in figures."""
        return self.services.review_records

    @property
    def screening(self) -> "ScreeningService":
        """Scores of what waits, by a model."""
        return self.services.screening

    @property
    def check(self) -> "CheckService":
        """Rows against objects."""
        return self.services.check

    @property
    def account(self) -> Account:
        """Who is signed in; nobody before the library is open."""
        return NOBODY if self._services is None else self._services.account

    def open(
        self,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[MediaError], None] | None = None,
    ) -> None:
        """Open the library in a worker, then start the pump; the window is there before that.

        After an error it may be called again: ``no_secret`` asks for a secret of the profile
        (``profiles.secrets``), ``no_account`` and ``sign_in_failed`` for ``sign_in``.
        """

        def opened(home: Home) -> None:
            self.is_open = True
            self.pump.start(home.pump_lock)
            self._save.start()
            self._tidy.start()
            if on_done is not None:
                on_done()

        self.runner.run(lambda _: self._open(), opened, on_error)

    def sign_in(
        self,
        email: str,
        password: str,
        remember: bool,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[MediaError], None] | None = None,
    ) -> None:
        """Open the library as somebody; with ``remember`` the keyring keeps the password.

        Without it, one that was kept earlier is forgotten.
        """
        self._email, self._password, self._remember = email, password, remember
        self.open(on_done, on_error)

    def _open(self) -> Home:
        self._forget()  # what it was built from may have been corrected since
        library = self.services
        name = library.profile.name
        library.make_home()
        start_log(self.home.logs)
        email, password = self._email, self._password
        if not library.profile.is_embedded:
            email = self.email or None
            if email is not None and password is None and not self._ask:
                password = self.profiles.password(name, email)
        library.open(email, password)
        self._seat.take(library.home.seats, library.review_queue)
        _LOG.info("opened %s of %s", name, self.home.root)
        if self._name is not None:
            self.settings.set("profile", name)
        if email is not None and password is not None:
            self.settings.set(f"account/{name}", email)
            if self._remember:
                self.profiles.remember(name, email, password)
            elif self._remember is False:
                self.profiles.forget(name, email)
        self._password = None
        return library.home

    def _forget(self) -> None:
        with self._loading:
            if self._services is not None:
                self._services.close()
                self._services = None

    def end(self, on_done: Callable[[], None]) -> None:
        """Close without holding up the window: once the work has ended, ten seconds at most."""
        self._end(monotonic() + _END_SECONDS, on_done)

    def _end(self, deadline: float, on_done: Callable[[], None]) -> None:
        under_way = [each for each in self.finishing if not each()]
        if under_way and monotonic() < deadline:
            QTimer.singleShot(_END_LOOK_MS, lambda: self._end(deadline, on_done))
            return
        self._stop()
        if self.runner.shutdown(0) or monotonic() > deadline:
            self.close(0)
            on_done()
        else:
            QTimer.singleShot(_END_LOOK_MS, lambda: self._end(deadline, on_done))

    def _stop(self) -> None:
        self.pump.stop()
        self.connection.stop()
        self.others.stop()
        self._save.stop()
        self._tidy.stop()

    def close(self, timeout_ms: int = 10_000) -> None:
        """End all background work; uploads under way go on at the next start."""
        self._stop()
        if not self.runner.shutdown(timeout_ms):
            _LOG.warning("some background work did not end in time")
        self.pump.release()
        self._seat.release()
        self.settings.save()
        if self._services is not None:
            self._services.close()
        stop_log()

    def tidy(self) -> None:
        """Finish what others left half done, and remove what is due in the trash; every 5 minutes.

        A window asks for it once more when the library is open.
        """

        def work(task: Work) -> Change | None:
            self.services.tidy()
            return self.services.purge_due(task)

        def done(change: Change | None) -> None:
            if change is not None:
                self.changes.happened.emit(change)

        self.runner.run(work, done)

    def _added(self, changes: tuple[Change, ...]) -> None:
        self.others.leave_out(changes)
        self.changes.happened.emit(Change.together(changes))

    def _save_settings(self) -> None:
        if self.settings.is_dirty:
            self.runner.run(lambda _: self.settings.save())


def _concurrency(settings: Settings) -> int:
    """As the settings say, which a person may have edited."""
    value = settings.get(CONCURRENCY, USUAL_CONCURRENCY)
    return min(max(value, CONCURRENCIES[0]), CONCURRENCIES[-1])
