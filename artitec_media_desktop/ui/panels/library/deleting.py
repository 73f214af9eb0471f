"""Moves what is selected to the trash; what an entity loses by that is said first.

What goes is out of the grid at once and the next media is the current one, so that one key after
the other deletes one photo after the other. One deletion is asked about only when the one before
it is done, since it may have passed a role on; what is not deleted comes back.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ....domain.changes import Change
from ....domain.entities import Entity, EntityRef
from ....domain.media import MediaType
from ....domain.slots import find_slot
from ....domain.work import Work
from ...edits import Edit, Edits
from ...theme import Space
from ...widgets import button, label
from .words import counted, things, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.trash import Consequence
    from .page import MediaPage

_WIDE: Final = 440
#: Of more places than this the rest is counted.
_NAMED: Final = 4


class Deleting(QObject):
    """``entity_of`` knows the entities by their ref."""

    def __init__(
        self,
        app: "App",
        page: "MediaPage",
        edits: Edits,
        entity_of: Callable[[EntityRef], Entity | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app, self._page, self._edits, self._entity_of = app, page, edits, entity_of
        self._waiting: deque[Sequence[int]] = deque()
        self._is_busy = False
        #: Of what kinds those are that are on their way; one deletion at a time.
        self._kinds: frozenset[MediaType] = frozenset()
        #: What was deleted here, by the number of the change.
        self._deleted: dict[int | None, Sequence[int]] = {}
        edits.reversed.connect(self._came_back)
        #: The question that is open.
        self.question: LossDialog | None = None

    def delete(self) -> None:
        """Delete what is selected; asks where a place loses its primary media or its last one."""
        keys = self._page.grid.selected_keys()
        if keys and self.question is None:
            self._take_out(keys)
            self._waiting.append(keys)
            if not self._is_busy:
                self._next()

    def _take_out(self, keys: Sequence[int]) -> None:
        self._page.grid.go_on()
        self._page.model.leave(keys)

    def _put_back(self, keys: Sequence[int]) -> None:
        self._page.model.stay(keys)
        self._page.model.read_order()

    def _came_back(self, numbers: Iterable[int]) -> None:
        """Whoever undoes a deletion sees what it was."""
        for each in numbers:
            if keys := self._deleted.pop(each, ()):
                self._page.grid.select_keys(keys)

    def _next(self) -> None:
        self._is_busy = bool(self._waiting)
        if self._is_busy:
            keys = self._waiting.popleft()
            self._app.runner.run(
                lambda _: self._losses(keys),
                lambda losses: self._ask(keys, losses) if losses else self._delete(keys),
                # The deletion says it better: what was not done, and why.
                lambda _: self._delete(keys),
            )

    def _losses(self, keys: Sequence[int]) -> "list[Consequence]":
        return self._app.trash.consequences(self._public_ids(keys))

    def _public_ids(self, keys: Sequence[int]) -> list[str]:
        media = self._app.library.media_by_ids(keys)
        self._kinds = frozenset(each.media_type for each in media.values())
        return [media[key].public_id for key in keys if key in media]

    def _ask(self, keys: Sequence[int], losses: "Sequence[Consequence]") -> None:
        what = things(len(keys), self._kinds)
        said = [self._said(each) for each in losses[:_NAMED]]
        if rest := len(losses) - len(said):
            said.append(
                counted(rest, "And so in {count} more place.", "And so in {count} more places.")
            )
        self._put_back(keys)
        self._page.grid.select_keys(keys)  # this is what it is about
        self.question = LossDialog(
            tr("Move {things} to Trash?").format(things=what), said, self._page.window()
        )
        self.question.finished.connect(lambda result: self._answered(keys, bool(result)))
        self.question.open()

    def _answered(self, keys: Sequence[int], yes: bool) -> None:
        self.question = None
        self._page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if yes:
            self._take_out(keys)
            self._delete(keys)
        else:
            self._next()

    def _said(self, loss: "Consequence") -> str:
        entity, slot = self._entity_of(loss.entity), find_slot(loss.entity.type, loss.field)
        name = str(loss.entity) if entity is None else entity.name
        place = f"{name}, {loss.field if slot is None else slot.label}"
        if loss.empties:
            return tr("Nothing is left in {place}.").format(place=place)
        return tr(
            "The primary one of {place} is among them; the next in order takes its role."
        ).format(place=place)

    def _delete(self, keys: Sequence[int]) -> None:
        def act(watched: Work) -> Change:
            return self._app.trash.delete(self._public_ids(keys), watched)

        def ended(change: Change | None) -> None:
            if change is None:
                self._put_back(keys)
            else:
                self._page.model.stay(keys)  # the change has the page read again
                self._deleted[change.id] = keys
            self._next()

        self._edits.carry_out(
            Edit(
                tr("Moving to Trash"),
                act,
                lambda change: tr("{things} moved to Trash").format(
                    things=things(len(change.public_ids), self._kinds)
                ),
                tr("Nothing was moved to Trash"),
                on_end=ended,
                tone="muted",
            )
        )


class LossDialog(QDialog):
    """Deleting can be undone, so Enter goes on; Esc leaves everything as it is."""

    def __init__(self, question: str, losses: Sequence[str], parent: QWidget) -> None:
        """``losses`` are sentences on what goes with it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Move to Trash"))
        self.setAccessibleName(" ".join((question, *losses)))
        self.keep = button(tr("Cancel"))
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self.reject)
        self.go_on = button(tr("Move to Trash"), "trash", "danger")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        row, box = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(Space.S)
        row.addStretch(1)
        for each in (self.keep, self.go_on):
            row.addWidget(each)
        box.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        box.setSpacing(Space.S)
        box.addWidget(label(question, "section"))
        for sentence in losses:
            said = label(sentence)
            said.setWordWrap(True)
            box.addWidget(said)
        box.addSpacing(Space.S)
        box.addLayout(row)
        self.setFixedWidth(_WIDE)
        self.go_on.setFocus()
