"""Builds the objects that live long; the only place that does."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .config.home import Home
from .config.log import start_log, stop_log
from .config.settings import Settings
from .database.engine import Database
from .database.journal import Journal
from .domain.errors import MediaError, Permanent
from .domain.permissions import Account, Role
from .processing.video import VideoReader
from .services.access import Access
from .services.check import CheckService
from .services.library import LibraryService
from .services.moderation import ModerationService
from .services.opening import open_embedded
from .services.pipeline import UploadPipeline
from .services.preparing import Preparing
from .services.trash import TrashService
from .services.uploads import UploadService
from .storage import LocalStore
from .tasks.pump import UploadPump
from .tasks.runner import Runner

_LOG = logging.getLogger(__name__)
#: Before the library is open nobody may do anything.
_NOBODY = Account("", "nobody", Role.BUYER, active=False)


@dataclass
class Library:
    """The services over one library; no Qt, so that a test or a script can use them alone."""

    home: Home
    database: Database
    journal_database: Database
    store: LocalStore
    account: Account = _NOBODY
    access: Access = field(init=False)
    library: LibraryService = field(init=False)
    uploads: UploadService = field(init=False)
    trash: TrashService = field(init=False)
    moderation: ModerationService = field(init=False)
    check: CheckService = field(init=False)

    def __post_init__(self) -> None:
        journal = Journal(self.journal_database)
        self.access = Access(self.database, lambda: self.account)
        preparing = Preparing(VideoReader(video_helper()), os.cpu_count() or 1)
        pipeline = UploadPipeline(self.database, self.store, journal, self.access, preparing)
        self.library = LibraryService(self.database, self.store)
        self.uploads = UploadService(journal, self.access, pipeline)
        self.trash = TrashService(self.database, self.access)
        self.moderation = ModerationService(self.database, self.access)
        self.check = CheckService(self.database, self.store, journal)

    @classmethod
    def embedded(cls, home: Home) -> "Library":
        """The library in the home folder; nothing is opened or created yet."""
        return cls(
            home,
            Database.file(home.database),
            Database.file(home.journal, "upload journal"),
            LocalStore(home.objects),
        )

    def open(self, email: str | None = None) -> None:
        """Create what is missing and sign in: the local administrator, or the given account.

        Raises MediaError.
        """
        try:
            self.home.make()
        except OSError as error:
            raise Permanent(
                "no_home",
                f"The folder {self.home.root} can't be made ({error.strerror}). Choose another "
                "with --home.",
            ) from error
        self.account = open_embedded(self.database, self.journal_database, email)
        self.store.sweep()

    def close(self) -> None:
        """Close both databases."""
        self.database.close()
        self.journal_database.close()


class App:
    """A library with its background work: what a window or a command is given."""

    def __init__(
        self, home: Home, concurrency: int | None = None, email: str | None = None
    ) -> None:
        self.home = home
        self._email = email
        self.settings = Settings(home.settings)
        self._open = Library.embedded(home)
        self.library = self._open.library
        self.uploads = self._open.uploads
        self.trash = self._open.trash
        self.moderation = self._open.moderation
        self.check = self._open.check
        self.runner = Runner()
        self.pump = UploadPump(
            self.runner,
            self.uploads,
            home.pump_lock,
            concurrency or self.settings.get("uploads.concurrency", 5),
        )

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return self._open.account

    def open(
        self,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[MediaError], None] | None = None,
    ) -> None:
        """Open the library in a worker, then start the pump; the window is there before that."""

        def opened(_: None) -> None:
            self.pump.start()
            if on_done is not None:
                on_done()

        def work(_task: object) -> None:
            self._open.open(self._email)
            start_log(self.home.logs)
            _LOG.info("opened %s", self.home.root)

        self.runner.run(work, opened, on_error)

    def close(self) -> None:
        """End all background work; uploads under way go on at the next start."""
        self.pump.stop()
        if not self.runner.shutdown():
            _LOG.warning("some background work did not end in time")
        self.pump.release()
        self.settings.save()
        self._open.close()
        stop_log()


def video_helper() -> Sequence[str]:
    """The command that reads a video with our own executable, a path to be appended."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--video-poster")
    return (sys.executable, "-m", "artitec_media_desktop", "--video-poster")
