"""The services over the embedded library; no Qt, so a test or a script can use them alone."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..config.home import Home
from ..database.engine import Database
from ..database.journal import Journal
from ..domain.errors import Permanent
from ..domain.permissions import NOBODY, Account
from ..processing.video import VideoReader
from ..services.access import Access
from ..services.check import CheckService
from ..services.library import LibraryService
from ..services.moderation import ModerationService
from ..services.opening import open_embedded
from ..services.pipeline import UploadPipeline
from ..services.preparing import Preparing
from ..services.publishing import PublishingService
from ..services.relocating import Relocating
from ..services.trash import TrashService
from ..services.uploads import UploadService
from ..storage import LocalStore


@dataclass
class Library:
    """Every service of one library, built over one database and one store."""

    home: Home
    database: Database
    journal_database: Database
    store: LocalStore
    #: Told each step of each upload by its name; the crash test ends the process there.
    step: Callable[[str], None] = lambda _name: None
    account: Account = NOBODY
    access: Access = field(init=False)
    library: LibraryService = field(init=False)
    uploads: UploadService = field(init=False)
    trash: TrashService = field(init=False)
    moderation: ModerationService = field(init=False)
    publishing: PublishingService = field(init=False)
    #: Told to recover what crashed clients left of their moves.
    relocating: Relocating = field(init=False)
    check: CheckService = field(init=False)

    def __post_init__(self) -> None:
        journal = Journal(self.journal_database)
        self.access = Access(self.database, lambda: self.account)
        preparing = Preparing(VideoReader(video_helper()), os.cpu_count() or 1)
        pipeline = UploadPipeline(
            self.database, self.store, journal, self.access, preparing, lambda name: self.step(name)
        )
        self.library = LibraryService(self.database, self.store)
        self.uploads = UploadService(journal, self.access, pipeline)
        self.relocating = Relocating(self.database, self.store, lambda name: self.step(name))
        self.trash = TrashService(self.database, self.access, self.relocating)
        self.moderation = ModerationService(self.database, self.access, self.relocating)
        self.publishing = PublishingService(self.database, self.access, self.relocating)
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
        """Close the store and both databases."""
        self.store.close()
        self.database.close()
        self.journal_database.close()


def video_helper() -> Sequence[str]:
    """The command that reads a video with our own executable, a path to be appended."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--video-poster")
    return (sys.executable, "-m", "artitec_media_desktop", "--video-poster")
