"""How much this person has decided today on this computer, and what last; nobody else sees it."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from ....domain.media import Media, ModerationStatus
from .words import last_decision, status_line

if TYPE_CHECKING:
    from ....bootstrap import App

_KEY: Final = "moderation.today/{account}"


class Today(QObject):
    """Of who is signed in. Comes back after a restart; begins anew at midnight."""

    #: What the status bar says.
    changed = Signal(str)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app

    @property
    def count(self) -> int:
        """How many were decided today."""
        saved = self._saved()
        count = saved.get("count") if saved.get("day") == date.today().isoformat() else 0
        return count if isinstance(count, int) else 0

    @property
    def last(self) -> str:
        """What was decided last, in words; empty for nothing that stands."""
        last = self._saved().get("last")
        return last if isinstance(last, str) else ""

    @property
    def line(self) -> str:
        """For the status bar."""
        return status_line(self.count, self.last)

    def add(self, count: int) -> None:
        """So many more, or fewer where something was taken back."""
        self._tell(max(0, self.count + count), self.last)

    def say_last(self, status: ModerationStatus | None, media: Media | None = None) -> None:
        """What was decided last; None for nothing that stands."""
        known = status is not None and media is not None
        self._tell(self.count, last_decision(status, media) if known else "")  # type: ignore[arg-type]

    def _saved(self) -> dict[str, Any]:
        # Asked for each time: a page is made before anybody is signed in.
        found = self._app.settings.get(self._name, {})
        return found if isinstance(found, dict) else {}

    @property
    def _name(self) -> str:
        return _KEY.format(account=self._app.account.user_id)

    def _tell(self, count: int, last: str) -> None:
        saved = {"day": date.today().isoformat(), "count": count, "last": last}
        self._app.settings.set(self._name, saved)
        self.changed.emit(self.line)
