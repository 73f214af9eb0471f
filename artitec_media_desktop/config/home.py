"""The folder that holds everything of one person: library, journal, settings, logs."""

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "ARTITEC_MEDIA_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below one root; nothing is created until ``make`` is called.

    ``profile`` names the folder of what belongs to one library only: its upload journal and its
    cache. The embedded library's lie at the root.
    """

    root: Path
    profile: str = ""

    @classmethod
    def find(cls, given: str | None = None) -> "Home":
        """``--home``, else ARTITEC_MEDIA_HOME, else the user's data folder."""
        chosen = given or os.environ.get(VARIABLE)
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        from platformdirs import user_data_path

        return cls(user_data_path("Artitec Media", appauthor=False))

    def make(self) -> None:
        """Create the folders, readable by this person only. Raises OSError."""
        for folder in (self.root, self.own, self.logs, self.pasted):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def is_new(self) -> bool:
        """Whether no library was made here, and none was added."""
        return not (self.database.exists() or self.profiles.exists())

    @property
    def own(self) -> Path:
        """What belongs to one library only."""
        return self.root / "profiles" / self.profile if self.profile else self.library

    @property
    def library(self) -> Path:
        """The embedded library: its database and its files."""
        return self.root / "library"

    @property
    def database(self) -> Path:
        """The embedded library's database file."""
        return self.library / "library.db"

    @property
    def objects(self) -> Path:
        """The embedded library's store."""
        return self.library / "uploads"

    @property
    def journal(self) -> Path:
        """The upload journal's database file."""
        return (self.own if self.profile else self.root) / "uploads.db"

    @property
    def pump_lock(self) -> Path:
        """Held by the one process that works the journal off."""
        return self.journal.with_suffix(".lock")

    @property
    def seats(self) -> Path:
        """Which windows are open, for each other to see."""
        return self.own / "seats"

    @property
    def decoding(self) -> Path:
        """Which files are being decoded now."""
        return self.journal.with_suffix(".decoding")

    @property
    def thumbnails(self) -> Path:
        """Pictures of a library whose store is far away."""
        return self.own / "thumbnails"

    @property
    def counted(self) -> Path:
        """What the store held when it was counted last."""
        return self.own / "counted.json"

    @property
    def sign_in(self) -> Path:
        """How often signing in failed lately."""
        return self.own / "sign-in.json"

    @property
    def profiles(self) -> Path:
        """The file of profiles."""
        return self.root / "profiles.json"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.json"

    @property
    def logs(self) -> Path:
        """The folder of ``media.log``."""
        return self.root / "logs"

    @property
    def crashes(self) -> Path:
        """Reports of errors that nobody expected."""
        return self.root / "crashes"

    @property
    def pasted(self) -> Path:
        """Pictures that came without a file, until they are uploaded; beside their journal."""
        return (self.own if self.profile else self.root) / "pasted"

    @property
    def dragged(self) -> Path:
        """Copies of originals that were dragged or copied out of the window, for a day."""
        return self.root / "dragged"
