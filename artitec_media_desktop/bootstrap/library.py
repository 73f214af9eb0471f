"""The services over one library; no Qt, so a test or a script can use them alone."""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..config.home import Home
from ..config.program import program
from ..config.secrets import Secrets
from ..database import leases, search_index
from ..database.engine import Database
from ..database.journal import Journal
from ..database.journal_requests import JournalRequests
from ..domain.changes import Change
from ..domain.errors import MediaError, Permanent, Transient
from ..domain.media import StorageType
from ..domain.permissions import NOBODY, Account, Action
from ..domain.profiles import EMBEDDED, Profile
from ..domain.work import Work
from ..processing.video import VideoReader
from ..services.access import Access
from ..services.activity import ActivityService
from ..services.analytics import AnalyticsService
from ..services.check import CheckService
from ..services.connecting import database_of, store_of
from ..services.counting import CountingService
from ..services.describing import Describing
from ..services.duplicates import DuplicateService
from ..services.editing import EditService
from ..services.fingerprinting import FingerprintService
from ..services.library import LibraryService
from ..services.migrating import MigrationService
from ..services.moderation import ModerationService
from ..services.moderation.facts import ReviewFacts
from ..services.moderation.policy import PolicyService
from ..services.moderation.queue import ReviewQueue
from ..services.moderation.records import ReviewRecords
from ..services.moderation.screening import ScreeningService
from ..services.opening import open_embedded, open_platform
from ..services.pipeline import UploadPipeline
from ..services.preparing import Preparing
from ..services.profiles import home_of
from ..services.purging import PurgeService
from ..services.relocating import Relocating
from ..services.signing_in import SigningIn, Tries
from ..services.trash import TrashService
from ..services.trash_listing import TrashListing
from ..services.trial import Decoding
from ..services.undoing import UndoService
from ..services.uploads import UploadService
from ..storage import LocalStore, ObjectStore
from ..storage.cache import DiskCache

_CACHE_BYTES: Final = 512 << 20
#: The rest goes at the next look, so that nothing waits for long.
_PURGED_AT_A_TIME: Final = 200
_MIGRATION_SECONDS: Final = 3600.0
#: Of each tidying for the words that a server is searched by.
_INDEX_SECONDS: Final = 20.0
_LOG = logging.getLogger(__name__)


@dataclass
class Library:
    """Every service of one library, built over one database and one store."""

    home: Home
    profile: Profile
    database: Database
    journal_database: Database
    store: ObjectStore
    #: Told each step of each upload by its name; the crash test ends the process there.
    step: Callable[[str], None] = lambda _name: None
    account: Account = NOBODY
    #: Why the library can only be looked at; empty where it can be worked with.
    read_only: str = ""
    access: Access = field(init=False)
    library: LibraryService = field(init=False)
    uploads: UploadService = field(init=False)
    trash: TrashService = field(init=False)
    trash_listing: TrashListing = field(init=False)
    activity: ActivityService = field(init=False)
    policy: PolicyService = field(init=False)
    moderation: ModerationService = field(init=False)
    review_queue: ReviewQueue = field(init=False)
    review_facts: ReviewFacts = field(init=False)
    review_records: ReviewRecords = field(init=False)
    screening: ScreeningService = field(init=False)
    editing: EditService = field(init=False)
    duplicates: DuplicateService = field(init=False)
    fingerprints: FingerprintService = field(init=False)
    undoing: UndoService = field(init=False)
    purging: PurgeService = field(init=False)
    analytics: AnalyticsService = field(init=False)
    counting: CountingService = field(init=False)
    #: Told to recover what crashed clients left of their moves.
    relocating: Relocating = field(init=False)
    check: CheckService = field(init=False)

    def __post_init__(self) -> None:
        journal = Journal(self.journal_database)
        self.access = Access(self.database, lambda: self.account, lambda: self.read_only)
        self.policy = PolicyService(self.database, self.access)
        videos = VideoReader(video_helper())
        preparing = Preparing(videos, os.cpu_count() or 1)
        self.library = LibraryService(
            self.database, self.store, self.access, self._cache(), self.policy.get
        )
        self.relocating = Relocating(self.database, self.store, lambda name: self.step(name))
        self.trash = TrashService(self.database, self.access, self.relocating)
        self.trash_listing = TrashListing(self.database, self.access)
        self.activity = ActivityService(self.database, self.access, self.policy.get)
        self.editing = EditService(
            self.database, self.store, self.access, self.relocating, self.policy.get
        )
        pipeline = UploadPipeline(
            self.database,
            self.store,
            journal,
            self.access,
            preparing,
            Decoding(self.home.decoding),
            self.trash,
            Describing(self.editing),
            self.policy.get,
            lambda name: self.step(name),
        )
        requests = JournalRequests(self.journal_database)
        self.uploads = UploadService(journal, requests, self.access, pipeline)
        self.moderation = ModerationService(
            self.database, self.access, self.relocating, self.policy.get
        )
        self.review_queue = ReviewQueue(self.database, self.access, self.policy.get)
        self.review_facts = ReviewFacts(self.database, self.access)
        self.review_records = ReviewRecords(self.database, self.access, self.policy.get)
        self.screening = ScreeningService(self.database, self.store, self.access)
        self.duplicates = DuplicateService(self.database, self.access, self.relocating)
        self.fingerprints = FingerprintService(self.database, self.store, self.access, videos)
        self.undoing = UndoService(self.database, self.access, self.relocating)
        self.purging = PurgeService(self.database, self.store, self.access, self.relocating)
        self.analytics = AnalyticsService(self.database)
        self.counting = CountingService(self.store, self.home.counted)
        self.check = CheckService(self.database, self.store, journal)

    @classmethod
    def embedded(cls, home: Home) -> "Library":
        """The library in the home folder; nothing is opened or created yet."""
        return cls(
            home,
            Profile(EMBEDDED),
            Database.file(home.database),
            Database.file(home.journal, "upload journal"),
            LocalStore(home.objects),
        )

    @classmethod
    def of(cls, home: Home, profile: Profile, secrets: Secrets) -> "Library":
        """The library of a profile; nothing is opened or created yet.

        Raises Permanent ``no_secret``, and what can't be an address.
        """
        if profile.is_embedded:
            return cls.embedded(home)
        own = home_of(home, profile)
        return cls(
            own,
            profile,
            database_of(profile, secrets),
            Database.file(own.journal, "upload journal"),
            store_of(profile, secrets),
        )

    def make_home(self) -> None:
        """Create the folders. Raises Permanent ``no_home``."""
        try:
            self.home.make()
        except OSError as error:
            raise Permanent(
                "no_home",
                f"The folder {self.home.root} can't be made ({error.strerror}). Choose another "
                "with --home.",
            ) from error

    def open(self, email: str | None = None, password: str | None = None) -> None:
        """Make it ready and sign in.

        The embedded library creates what is missing and knows its local administrator; on a
        platform an account's password is asked for. Raises MediaError: ``no_account`` where it is
        not said who signs in, and as ``SigningIn.sign_in``.
        """
        self.make_home()
        if self.profile.is_embedded:
            self.account = open_embedded(self.database, self.journal_database, email)
            self.tidy()
            return
        self._look_for_folder()
        self.read_only = open_platform(self.database, self.journal_database)
        if email is None or password is None:
            raise Permanent(
                "no_account",
                f"Sign in to “{self.profile.name}” with the e-mail address and password of your "
                "account on the platform.",
            )
        self.account = SigningIn(self.database, Tries(self.home.sign_in)).sign_in(email, password)
        _LOG.info("signed in as %s", self.account.user_id)

    def look(self) -> None:
        """See whether database and store answer, and whether the account is still active.

        Raises Transient where they do not.
        """
        self.account = self.access.look_again()
        if not self.profile.is_embedded:
            self._look_for_folder()
            self.store.info("users/none")

    def tidy(self) -> None:
        """Finish what clients that are gone have left half done; best done now and then.

        What can't be done now is left for the next time.
        """
        if self.read_only:
            return
        for name, work in (
            ("moves", self.relocating.recover),
            ("parts", self.store.sweep),
            ("pasted pictures", lambda: self.uploads.clear_pasted(self.home.pasted)),
            ("leases", lambda: self.database.retrying(leases.forget_old)),
            ("words", lambda: search_index.catch_up(self.database, _INDEX_SECONDS)),
        ):
            try:
                count = work()
            except MediaError as error:
                _LOG.info("the %s that others left are not looked at: %s", name, error.code)
            else:
                if count:
                    _LOG.info("%s %s that others left were finished", count, name)

    def purge_due(self, work: Work | None = None) -> Change | None:
        """Remove for good what was deleted 30 days ago, some at a time, where this account may.

        None for nothing. What can't be done now is left for the next time.
        """
        if self.read_only or not self.access.decide(Action.PURGE, None):
            return None
        try:
            due = self.purging.due()[:_PURGED_AT_A_TIME]
            change = self.purging.purge(public_ids=due, work=work) if due else None
        except MediaError as error:
            _LOG.info("what is due in the trash is left: %s", error.code)
            return None
        if change is not None:
            _LOG.info("%s removed for good after their 30 days", len(change.public_ids))
        return change

    def _cache(self) -> DiskCache | None:
        """Pictures of a store that is far away are kept on this computer."""
        if self.store.storage_type is StorageType.LOCAL:
            return None
        return DiskCache(self.home.thumbnails, _CACHE_BYTES)

    def close(self) -> None:
        """Close the store and both databases."""
        self.store.close()
        self.database.close()
        self.journal_database.close()

    def _look_for_folder(self) -> None:
        """A share that is not mounted must not be taken for an empty store."""
        folder = self.profile.folder
        if folder and not Path(folder).expanduser().is_dir():
            raise Transient("storage_gone", f"The shared folder {folder} is not there. Connect it.")


def migrating(home: Home, profile: Profile, secrets: Secrets) -> MigrationService:
    """What brings a profile's tables up to date; a large table takes its time."""
    if not profile.is_embedded:
        database = database_of(profile, secrets, _MIGRATION_SECONDS)
        return MigrationService(database, profile.storage)
    home.make()
    return MigrationService(Database.file(home.database))


def video_helper() -> Sequence[str]:
    """The command that reads a video with our own executable, a path to be appended."""
    return (*program(), "--video-poster")
