"""The places that files without one may be meant for, as far as their folders tell."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....domain.errors import MediaError
from ....domain.targets import Target
from ....domain.uploads import UploadState
from ...upload_queue import Batch, UploadQueue
from ...upload_words import number, tr

if TYPE_CHECKING:
    from ....bootstrap import App


class Suggestions(QObject):
    """Asks once a file, in a worker; offers only places where files may be added."""

    #: Something is suggested now that was not before.
    changed = Signal()

    def __init__(self, app: "App", queue: UploadQueue) -> None:
        super().__init__()
        self._app = app
        self._queue = queue
        self._asked: set[int] = set()
        self._targets: dict[int, Target] = {}
        #: What is offered for a batch, and the version of the batch that it was said of.
        self._offers: dict[int, tuple[int, str]] = {}
        #: Entity names, by public id.
        self._names: dict[str, str] = {}
        queue.changed.connect(self._ask)
        queue.removed.connect(self._forget)
        self._ask(queue.items)

    def of_file(self, item_id: int) -> Target | None:
        """The place that is suggested for a file."""
        return self._targets.get(item_id)

    def of_batch(self, batch: Batch) -> dict[Target, list[int]]:
        """The files of a batch that still have no place, by the place suggested for them."""
        found: dict[Target, list[int]] = {}
        if not batch.is_unplaced:
            return found
        for item_id in batch.ids:
            target = self._targets.get(item_id)
            if target is not None and self._queue.items[item_id].state is UploadState.UNPLACED:
                found.setdefault(target, []).append(item_id)
        return found

    def place(self, target: Target) -> str:
        """``Willow Creek · Photos``."""
        return f"{self._names.get(target.public_id, target.public_id)} · {target.slot.label}"

    def offer(self, batch: Batch) -> str:
        """``Put 12 in Willow Creek · Photos``; empty where nothing is suggested."""
        if not batch.is_unplaced:
            return ""
        known = self._offers.get(batch.id)
        if known is None or known[0] != batch.version:
            known = self._offers[batch.id] = (batch.version, self._offer(batch))
        return known[1]

    def _offer(self, batch: Batch) -> str:
        found = self.of_batch(batch)
        count = number(sum(map(len, found.values())))
        if not found:
            return ""
        if len(found) == 1:
            words = tr("Put {count} in {place}")
            return words.format(count=count, place=self.place(next(iter(found))))
        words = tr("Put {count} in {places} places")
        return words.format(count=count, places=number(len(found)))

    def _ask(self, ids: Iterable[int]) -> None:
        items = self._queue.items
        paths = {
            each: items[each].path
            for each in ids
            if each not in self._asked and items[each].state is UploadState.UNPLACED
        }
        if not paths:
            return
        self._asked.update(paths)

        def look(_: object) -> tuple[dict[int, Target], dict[str, str]]:
            from ....services.suggesting import suggest

            library = self._app.library
            entities = library.entities()
            found = suggest(paths, entities)
            refs = {target.entity for target in found.values()}
            allowed = {ref for ref, decision in library.may_add(refs).items() if decision}
            names = {each.public_id: each.name for each in entities if each.ref in allowed}
            return {key: each for key, each in found.items() if each.entity in allowed}, names

        self._app.runner.run(look, self._take, lambda error: self._fail(error, paths))

    def _take(self, news: tuple[dict[int, Target], dict[str, str]]) -> None:
        targets, names = news
        self._targets |= targets
        self._leave_out_contested()
        self._names |= names
        self._offers.clear()
        if targets:
            self.changed.emit()

    def _leave_out_contested(self) -> None:
        """Drops may each mean a file for a place that takes one: then a person chooses."""
        items = self._queue.items
        waiting = {
            each: target
            for each, target in self._targets.items()
            if each in items and items[each].state is UploadState.UNPLACED
        }
        counts = Counter(target for target in waiting.values() if target.slot.single)
        for item_id, target in waiting.items():
            if counts[target] > 1:
                del self._targets[item_id]

    def _fail(self, _error: MediaError, paths: Iterable[int]) -> None:
        # Nothing is lost: the place can be chosen, and the next change of the file asks again.
        self._asked.difference_update(paths)

    def _forget(self, ids: Iterable[int]) -> None:
        for item_id in ids:
            self._targets.pop(item_id, None)
