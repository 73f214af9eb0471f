"""The folder that holds everything of one person: library, journal, settings, logs."""

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "ARTITEC_MEDIA_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below one root; nothing is created until ``make`` is called."""

    root: Path

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
        for folder in (self.root, self.logs, self.library, self.pasted):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

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
        return self.root / "uploads.db"

    @property
    def pump_lock(self) -> Path:
        """Held by the one process that works the journal off."""
        return self.root / "uploads.lock"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.json"

    @property
    def logs(self) -> Path:
        """The folder of ``media.log``."""
        return self.root / "logs"

    @property
    def pasted(self) -> Path:
        """Pictures that came through the clipboard, until they are uploaded."""
        return self.root / "pasted"
