"""What happened to the library: every page refreshes by it, whoever did it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.changes import Change
from ..domain.errors import MediaError
from ..domain.listing import Changed, Mark
from ..domain.media import Media
from .runner import Runner

if TYPE_CHECKING:
    from ..services.library import LibraryService

_ACTIVE_MS: Final = 5_000
_BEHIND_MS: Final = 20_000
#: A look through a platform's whole table may take one part in so many of the time.
_SHARE: Final = 200
#: So many own changes are left out of an answer; a page that is told twice only reads again.
_MOST_OWN: Final = 1_000


class Changes(QObject):
    """One a library. Whoever changes something says so here."""

    #: Change: done by this application.
    happened = Signal(object)
    #: domain.listing.Changed: done by others, found by asking.
    noticed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        #: The media that somebody looks at just now; a page says which.
        self.in_view: Callable[[], Sequence[Media]] = tuple


class ChangeWatch(QObject):
    """Asks every few seconds what others did, in a worker; for a window to start.

    Quick looks find what any of our clients did, what the platform added, and what it wrote of the
    media in view. A whole look, now and then, finds all else that the platform changed or removed.
    Times are in milliseconds.
    """

    def __init__(
        self,
        runner: Runner,
        library: "Callable[[], LibraryService]",
        changes: Changes,
        is_online: Callable[[], bool] = lambda: True,
        *,
        active: int = _ACTIVE_MS,
        behind: int = _BEHIND_MS,
    ) -> None:
        super().__init__()
        self._runner, self._library, self._changes = runner, library, changes
        self._is_online = is_online
        self._active, self._behind = active, behind
        self._quick: Mark | None = None
        self._whole: Mark | None = None
        self._whole_at = 0.0
        self._own: dict[int, None] = {}
        self._looking = self._running = False
        self._next = QTimer(self, singleShot=True, interval=active)
        self._next.timeout.connect(self.look_now)
        changes.happened.connect(self._happened)

    def start(self) -> None:
        """Look at once, which tells nothing yet, and every few seconds from now on."""
        if not self._running:
            self._running = True
            self.look_now()

    def stop(self) -> None:
        """Look no more, and tell nothing more."""
        self._running = False
        self._next.stop()

    def set_active(self, active: bool) -> None:
        """Whether somebody works in the window; it is looked at once when they come back."""
        self._next.setInterval(self._active if active else self._behind)
        if active:
            self.look_now()

    def look_now(self) -> None:
        """Look at once, unless that is being done or nobody would answer."""
        if self._looking or not self._running:
            return
        if not self._is_online():
            self._next.start()
            return
        self._looking = True
        self._next.stop()
        quick, whole, own = self._quick, self._whole, tuple(self._own)
        is_whole = quick is not None and monotonic() >= self._whole_at
        shown = self._changes.in_view()

        def look(_: object) -> tuple[Changed, bool, float]:
            began, library = monotonic(), self._library()
            if quick is None:
                found = Changed(library.mark())
            elif is_whole and whole is not None:
                found = library.changed_since(whole, shown)
            elif is_whole:
                mark = library.mark(whole=True)
                found = replace(library.changed_since(quick.and_seen(own)), mark=mark)
            else:
                found = library.changed_since(quick.and_seen(own), shown)
            return found, is_whole, monotonic() - began

        def answered(answer: tuple[Changed, bool, float]) -> None:
            for each in own:
                self._own.pop(each, None)
            self._answered(*answer)

        self._runner.run(look, answered, self._failed, None, self._stopped)

    def _answered(self, found: Changed, was_whole: bool, seconds: float) -> None:
        self._quick = found.mark.quick()
        if was_whole:
            self._whole = found.mark
            # In a library of our own a quick look tells everything.
            rest = _SHARE * seconds if found.mark.is_whole else float("inf")
            self._whole_at = monotonic() + rest
        self._go_on()
        if self._running and found:
            self._changes.noticed.emit(found)

    def _failed(self, _: MediaError) -> None:
        self._go_on()  # the connection's own watch says so

    def _stopped(self) -> None:
        self._looking = False

    def _go_on(self) -> None:
        self._looking = False
        if self._running:
            self._next.start()

    def _happened(self, change: Change) -> None:
        self.leave_out([change])

    def leave_out(self, changes: Iterable[Change]) -> None:
        """These were told here already."""
        self._own |= {each.id: None for each in changes if each.id is not None}
        while len(self._own) > _MOST_OWN:
            del self._own[next(iter(self._own))]
