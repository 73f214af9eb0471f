"""Where files may be added, as far as it is known: asked for while a drag is over the places."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....domain.entities import EntityRef
from ....domain.errors import MediaError
from ....domain.permissions import Decision

if TYPE_CHECKING:
    from ....bootstrap import App


class Rights(QObject):
    """Asks in a worker and remembers the answers until they are forgotten."""

    #: Answers came.
    arrived = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._known: dict[EntityRef, Decision] = {}
        self._asked: set[EntityRef] = set()

    def forget(self) -> None:
        """The places were read anew, or the account changed."""
        self._known.clear()
        self._asked.clear()

    def want(self, refs: Iterable[EntityRef]) -> None:
        """Ask for those that are neither known nor on their way."""
        missing = [ref for ref in refs if ref not in self._known and ref not in self._asked]
        if missing:
            self._asked.update(missing)
            self._app.runner.run(
                lambda _: self._app.library.may_add(missing), self._arrived, self._failed
            )

    def refusal(self, ref: EntityRef) -> str:
        """Why nothing may be added there; empty where it may, or where that is not known yet."""
        known = self._known.get(ref)
        return "" if known is None or known.allowed else known.reason

    def _arrived(self, found: dict[EntityRef, Decision]) -> None:
        self._known |= found
        self._asked.difference_update(found)
        self.arrived.emit()

    def _failed(self, _error: MediaError) -> None:
        self._asked.clear()  # asked again when a drag comes along; the services refuse in any case
