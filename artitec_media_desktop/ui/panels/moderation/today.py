"""How much this person has decided today on this computer, and what last; nobody else sees it."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ....domain.media import Media, ModerationStatus
from .words import last_decision, status_line

if TYPE_CHECKING:
    from ....bootstrap import App

_KEY: Final = "moderation.today"


class Today(QObject):
    """Comes back after a restart; begins anew at midnight."""

    #: What the status bar says.
    changed = Signal(str)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = app.settings
        self._name = f"{_KEY}/{app.account.user_id}"
        saved = self._settings.get(self._name, {})
        is_today = saved.get("day") == date.today().isoformat()
        count, last = saved.get("count"), saved.get("last")
        self._day = date.today()
        self.count = count if is_today and isinstance(count, int) else 0
        self.last = last if isinstance(last, str) else ""

    @property
    def line(self) -> str:
        """For the status bar."""
        return status_line(self.count, self.last)

    def add(self, count: int) -> None:
        """So many more, or fewer where something was taken back."""
        if date.today() != self._day:
            self._day, self.count = date.today(), 0
        self.count = max(0, self.count + count)
        self._tell()

    def say_last(self, status: ModerationStatus | None, media: Media | None = None) -> None:
        """What was decided last; None for nothing that stands."""
        known = status is not None and media is not None
        self.last = last_decision(status, media) if known else ""  # type: ignore[arg-type]
        self._tell()

    def _tell(self) -> None:
        saved = {"day": self._day.isoformat(), "count": self.count, "last": self.last}
        self._settings.set(self._name, saved)
        self.changed.emit(self.line)
