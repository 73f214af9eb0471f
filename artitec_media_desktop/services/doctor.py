"""Looks an installation over: versions, folders, helpers, and the way to every library."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..config.crash_reports import crash_count
from ..config.home import VARIABLE, Home
from ..config.secrets import Secrets
from ..config.versions import versions
from ..database.engine import Database
from ..database.schema import HEADS, current
from ..domain.errors import MediaError
from ..domain.limits import MB, size_text
from ..domain.profiles import Profile
from ..domain.work import Unwatched, Work
from ..services.connecting import missing
from .connection_test import ConnectionTest, StepState
from .profiles import ProfileService

#: With less than this a drop of photos soon fills the disk.
_LOW: Final = 500 * MB


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` False is a fault; ``detail`` says what was found, or what to do."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``paths`` by what lies there; ``ok`` where nothing is wrong."""

    versions: dict[str, str]
    paths: dict[str, Path]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(each.ok for each in self.findings)


class Doctor:
    """Changes nothing; a connection test leaves nothing behind."""

    def __init__(self, home: Home, profiles: ProfileService) -> None:
        self._home = home
        self._profiles = profiles

    def look(
        self,
        only: str | None = None,
        work: Work | None = None,
        told: Callable[[Finding], None] = lambda _finding: None,
    ) -> Diagnosis:
        """Try everything; of the libraries all, or ``only`` the one of that name.

        ``told`` gets each finding as it is made. Raises Permanent where there is none of that
        name, and Cancelled.
        """
        found: list[Finding] = []
        for finding in self._findings(only, work or Unwatched()):
            told(finding)
            found.append(finding)
        home = self._home
        paths = {"home": home.root, "log": home.logs / "media.log", "library": home.database}
        paths |= {"settings": home.settings, "queue": home.journal, "crash reports": home.crashes}
        return Diagnosis(versions(), paths, tuple(found))

    def _findings(self, only: str | None, work: Work) -> Iterator[Finding]:
        yield self._folder()
        yield _keyring(self._profiles.secrets)
        yield _helpers()
        yield self._crashes()
        names = [self._profiles.find(only)] if only else self._profiles.all()
        for profile in names:
            work.check_cancelled()
            if profile.is_embedded:
                yield self._embedded()
            else:
                yield from self._platform(profile, work)

    def _folder(self) -> Finding:
        root = self._home.root
        there = next(each for each in (root, *root.parents) if each.exists())
        if not os.access(there, os.W_OK):
            return Finding(
                "home folder", False, f"{there} can't be written. Choose one: {VARIABLE}."
            )
        free = shutil.disk_usage(there).free
        room = f"{size_text(free)} free"
        if free < _LOW:
            return Finding("home folder", False, f"Only {room}. Make room, or move it: {VARIABLE}.")
        return Finding("home folder", True, room)

    def _crashes(self) -> Finding:
        count = crash_count(self._home)
        detail = f"{count} in {self._home.crashes}" if count else "none"
        return Finding("crash reports", True, detail)

    def _embedded(self) -> Finding:
        name = "library on this computer"
        if not self._home.database.exists():
            return Finding(name, True, "not made yet: it is when it is first opened")
        database = Database.file(self._home.database)
        try:
            at = current(database)
        except MediaError as error:
            return Finding(name, False, error.message)
        finally:
            database.close()
        newest = HEADS["library"]
        return Finding(
            name, True, "ready" if at == newest else f"{at}, becomes {newest} when opened"
        )

    def _platform(self, profile: Profile, work: Work) -> Iterator[Finding]:
        lacking = missing(profile, self._profiles.secrets)
        if lacking:
            words = ", ".join(each.value for each in lacking)
            yield Finding(profile.name, False, f"Its {words} is not known here: open it once.")
            return
        for step in ConnectionTest(profile, self._profiles.secrets).run(work):
            if step.state is not StepState.SKIPPED:
                good = step.state is StepState.OK
                yield Finding(f"{profile.name}: {step.title}", good, step.detail)


def _keyring(secrets: Secrets) -> Finding:
    if secrets.is_lasting:
        return Finding("keyring", True, "passwords and keys are kept in it")
    return Finding("keyring", True, "none here: passwords and keys are asked for once a session")


def _helpers() -> Finding:
    found = [name for name in ("ffmpeg", "ffprobe") if shutil.which(name)]
    if len(found) == 2:
        return Finding("videos", True, "read by ffmpeg")
    return Finding(
        "videos", True, "read by the built-in decoder (with ffmpeg, copies are found too)"
    )
