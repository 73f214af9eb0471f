"""What is known of the items that come next, so that the sidebar has it when they are there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from .....domain.review_facts import ItemFacts

if TYPE_CHECKING:
    from .....bootstrap import App

_MOST: Final = 64


class FactsAhead(QObject):
    """Read a few at a time, in a worker; what has changed since is read again by who shows it."""

    #: Mapping[str, ItemFacts], by public id: they have come.
    came = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._known: dict[str, ItemFacts] = {}
        self._asked: set[str] = set()

    def of(self, public_id: str) -> ItemFacts | None:
        """What was known of an item; None where nobody has asked."""
        return self._known.get(public_id)

    def keep(self, public_id: str, facts: ItemFacts) -> None:
        """What is known by now."""
        self._known.pop(public_id, None)
        self._known[public_id] = facts
        for each in list(self._known)[:-_MOST]:
            del self._known[each]

    def read(self, public_ids: Sequence[str]) -> None:
        """Ask for those that are not known."""
        known = {*self._known, *self._asked}
        wanted = [each for each in public_ids if each not in known]
        if wanted:
            self._asked.update(wanted)
            self._app.runner.run(
                lambda _: self._app.review_facts.many(wanted),
                lambda found: self._read(wanted, found),
                lambda _error: self._end(wanted),  # each is asked for once it is shown
                None,
                lambda: self._end(wanted),
            )

    def _read(self, wanted: Sequence[str], found: Mapping[str, ItemFacts]) -> None:
        self._end(wanted)
        for public_id, facts in found.items():
            self.keep(public_id, facts)
        self.came.emit(found)

    def _end(self, wanted: Sequence[str]) -> None:
        self._asked.difference_update(wanted)
