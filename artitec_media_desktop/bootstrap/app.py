"""The library with its background work.

The services are loaded when they are first asked for, which a window does in a worker: it is
painted before SQLAlchemy is read from disk.
"""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ..config.home import Home
from ..config.log import start_log, stop_log
from ..config.settings import Settings
from ..domain.errors import MediaError
from ..domain.permissions import NOBODY, Account
from ..tasks.pump import UploadPump
from ..tasks.runner import Runner

if TYPE_CHECKING:
    from ..services.check import CheckService
    from ..services.library import LibraryService
    from ..services.moderation import ModerationService
    from ..services.trash import TrashService
    from ..services.uploads import UploadService
    from .library import Library

_LOG = logging.getLogger(__name__)
_SAVE_MS = 5_000


class App:
    """A library with its background work: what a window or a command is given.

    Its services are for workers: the first use of any of them loads them all.
    """

    def __init__(
        self, home: Home, concurrency: int | None = None, email: str | None = None
    ) -> None:
        self.home = home
        self.settings = Settings(home.settings)
        self.runner = Runner()
        self.pump = UploadPump(
            self.runner,
            lambda: self.services.uploads,
            home.pump_lock,
            concurrency or self.settings.get("uploads.concurrency", 5),
        )
        # A session that ends without a word costs the last seconds' settings, not all of them.
        self._save = QTimer(interval=_SAVE_MS)
        self._save.timeout.connect(self._save_settings)
        self._email = email
        self._services: Library | None = None
        self._loading = threading.Lock()

    @property
    def services(self) -> "Library":
        """Every service of the library."""
        with self._loading:
            if self._services is None:
                from .library import Library

                self._services = Library.embedded(self.home)
            return self._services

    @property
    def library(self) -> "LibraryService":
        """What is in the library."""
        return self.services.library

    @property
    def uploads(self) -> "UploadService":
        """The upload journal."""
        return self.services.uploads

    @property
    def trash(self) -> "TrashService":
        """Deleting and putting back."""
        return self.services.trash

    @property
    def moderation(self) -> "ModerationService":
        """Decisions of visual review."""
        return self.services.moderation

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
        """Open the library in a worker, then start the pump; the window is there before that."""

        def opened(_: None) -> None:
            self.pump.start()
            self._save.start()
            if on_done is not None:
                on_done()

        def work(_task: object) -> None:
            self.services.open(self._email)
            start_log(self.home.logs)
            _LOG.info("opened %s", self.home.root)

        self.runner.run(work, opened, on_error)

    def close(self) -> None:
        """End all background work; uploads under way go on at the next start."""
        self.pump.stop()
        self._save.stop()
        if not self.runner.shutdown():
            _LOG.warning("some background work did not end in time")
        self.pump.release()
        self.settings.save()
        if self._services is not None:
            self._services.close()
        stop_log()

    def _save_settings(self) -> None:
        if self.settings.is_dirty:
            self.runner.run(lambda _: self.settings.save())
