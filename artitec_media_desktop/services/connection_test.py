"""“Test connection”: tries every step of the way to a platform, and says which one fails."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..config.secrets import Secrets
from ..domain.errors import MediaError
from ..domain.profiles import Profile
from ..domain.work import Work
from .trying_database import DatabaseTry
from .trying_storage import StorageTry


class StepState(StrEnum):
    """How a step ended."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"  #: another one that it needs failed, or there is nothing to try


@dataclass(frozen=True, slots=True)
class ConnectionStep:
    """One step; ``detail`` says what was found, or what failed and what to do."""

    name: str
    title: str
    state: StepState
    detail: str = ""


class _Half(Protocol):
    """The database or the storage; each step needs those before it, but for ``independent``."""

    @property
    def steps(self) -> Sequence[tuple[str, str, Callable[[], str | None]]]:
        """Name, title, and what is done: returns what was found, None for nothing to try."""

    @property
    def independent(self) -> frozenset[str]:
        """Steps whose failure stops none of the others."""

    def close(self) -> None:
        """Leave nothing behind."""


class ConnectionTest:
    """Over one profile, which need not be kept yet. Nothing stays in the database or the store."""

    def __init__(self, profile: Profile, secrets: Secrets) -> None:
        self._profile = profile
        self._secrets = secrets

    def titles(self) -> list[tuple[str, str]]:
        """Name and title of every step, in order."""
        return [(name, title) for half in self._halves() for name, title, _ in half.steps]

    def run(
        self, work: Work, report: Callable[[ConnectionStep], None] = lambda _step: None
    ) -> list[ConnectionStep]:
        """Try each step; ``report`` is told each one as it ends. Raises Cancelled between steps.

        A server that does not answer costs some seconds a step, and its later steps are skipped.
        """
        total = len(self.titles())
        found: list[ConnectionStep] = []
        for half in self._halves():
            with closing(half):
                broken = False
                for name, title, act in half.steps:
                    work.check_cancelled()
                    work.progress(len(found), total, title)
                    step = _skipped(name, title) if broken else _try(name, title, act)
                    broken |= step.state is StepState.FAILED and name not in half.independent
                    found.append(step)
                    report(step)
        work.progress(total, total)
        return found

    def _halves(self) -> "list[_Half]":
        if self._profile.is_embedded:
            return []
        return [
            DatabaseTry(self._profile, self._secrets),
            StorageTry(self._profile, self._secrets),
        ]


def _try(name: str, title: str, act: Callable[[], str | None]) -> ConnectionStep:
    try:
        detail = act()
    except MediaError as error:
        sentence = error.message.removesuffix(" Trying again.")
        return ConnectionStep(name, title, StepState.FAILED, sentence)
    if detail is None:
        return _skipped(name, title)
    return ConnectionStep(name, title, StepState.OK, detail)


def _skipped(name: str, title: str) -> ConnectionStep:
    return ConnectionStep(name, title, StepState.SKIPPED)
