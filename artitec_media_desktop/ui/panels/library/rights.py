"""Where files may be added, and media edited, as far as it is known."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.entities import EntityRef
from ....domain.errors import MediaError
from ....domain.permissions import Decision
from .inspector.reading import place_of

if TYPE_CHECKING:
    from ....bootstrap import App
    from .page import MediaPage

#: A place; None for one that only the platform knows.
Ref = EntityRef | None
#: Of so many selected media the places are looked at; the services look at all.
_LOOKED_AT: Final = 200
#: A rubber band selects many times a second.
_SETTLES_MS: Final = 60


class Rights(QObject):
    """Asks in a worker and remembers the answers until they are forgotten."""

    #: Answers came.
    arrived = Signal()

    def __init__(
        self,
        app: "App",
        ask: Callable[[list[Any]], dict[Any, Decision]],
        parent: QObject | None = None,
    ) -> None:
        """``ask`` is done in a worker."""
        super().__init__(parent)
        self._app, self._ask = app, ask
        self._known: dict[Ref, Decision] = {}
        self._asked: set[Ref] = set()

    def forget(self) -> None:
        """The places were read anew, or the account changed."""
        self._known.clear()
        self._asked.clear()

    def want(self, refs: Iterable[Ref]) -> None:
        """Ask for those that are neither known nor on their way."""
        missing = [ref for ref in refs if ref not in self._known and ref not in self._asked]
        if missing:
            self._asked.update(missing)
            self._app.runner.run(lambda _: self._ask(missing), self._arrived, self._failed)

    def refusal(self, ref: Ref) -> str:
        """Why it may not be done there; empty where it may, or where that is not known yet."""
        known = self._known.get(ref)
        return "" if known is None or known.allowed else known.reason

    def _arrived(self, found: dict[Ref, Decision]) -> None:
        self._known |= found
        self._asked.difference_update(found)
        self.arrived.emit()

    def _failed(self, _error: MediaError) -> None:
        self._asked.clear()  # asked again by the next who wants it; the services refuse in any case


class EditRights(QObject):
    """Why what is selected or current in the grid can't be changed: asked for each place of it."""

    def __init__(self, app: "App", page: "MediaPage") -> None:
        super().__init__(page)
        self._page = page
        self._rights = Rights(
            app, lambda refs: {ref: app.library.may_edit([ref]) for ref in refs}, self
        )
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._settling.timeout.connect(lambda: self._rights.want(self._refs()))
        page.grid.selection_changed.connect(self._settling.start)
        page.grid.selectionModel().currentChanged.connect(lambda: self._settling.start())
        page.turned.connect(self._settling.start)
        page.reload_wanted.connect(self.forget)

    def forget(self) -> None:
        """The account may be another one now."""
        self._rights.forget()
        self._settling.start()

    def refusal(self) -> str:
        """Empty where any of it may be changed, and where that is not known yet."""
        reasons = [self._rights.refusal(ref) for ref in self._refs()]
        return reasons[0] if reasons and all(reasons) else ""

    def _refs(self) -> list[Ref]:
        """The places of what is selected, else of the current one."""
        page = self._page
        if page.ref is not None:
            return [page.ref]
        current = page.grid.currentIndex()
        keys = page.grid.selected_keys()[:_LOOKED_AT]
        if not len(keys) and current.isValid():
            keys = [page.model.key_at(current.row())]
        found = [media for media in map(page.model.media, keys) if media is not None]
        return list({place_of(each.entity_type or "", each.entity_id or 0): None for each in found})
