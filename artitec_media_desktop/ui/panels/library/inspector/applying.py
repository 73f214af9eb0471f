"""Writes drafts through the page's edits, and finds out what somebody else wrote first."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from .....domain.changes import Change, Failure
from .....domain.edits import MediaEdit, Overtaken
from .....domain.media import Media, MediaType
from .....domain.targets import Target
from .....domain.work import Work
from ....edits import Edit, Edits
from .draft import Dispute, Draft
from .words import listed, things, tr, written

if TYPE_CHECKING:
    from .....bootstrap import App

_PAGE: Final = 500


class Applying(QObject):
    """Everything is done in a worker; what it finds is told here."""

    #: Draft: it was written, but for what is disputed or failed.
    done = Signal(object)
    #: A list of Dispute.
    disputed = Signal(object)

    def __init__(self, app: "App", edits: Edits, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._edits = edits

    def write(self, draft: Draft, what: str, known: Sequence[str] = ()) -> None:
        """Write a draft to its media; ``what`` says to what, as ``6 photos``.

        ``known`` are their public ids; without them they are read first.

        Raises Permanent ``bad_edit``.
        """
        draft = draft.copy()
        edit = draft.edit()
        disputes: list[Dispute] = []

        def act(work: Work) -> Change:
            seen = draft.expected()
            ids = known or self._public_ids(draft.keys, work)
            change = self._app.editing.edit(ids, edit, seen, work, partly=True)
            return _without_disputes(change, edit, seen, disputes)

        def done(_: Change) -> None:
            self.done.emit(draft)
            if disputes:
                self.disputed.emit(disputes)

        self._edits.carry_out(
            Edit(
                tr("Writing {columns}").format(columns=_lowered(listed(draft.columns))),
                act,
                lambda change: _done_words(draft, what, len(draft.keys), change),
                tr("Nothing was written"),
                done,
            )
        )

    def settle(self, disputes: Sequence[Dispute], mine: bool) -> None:
        """Write mine over theirs, or leave theirs and write the rest."""
        again: list[Dispute] = []

        def act(work: Work) -> Change:
            parts: list[Change] = []
            for number, each in enumerate(disputes):
                work.check_cancelled()
                work.progress(number, len(disputes))
                edit, seen = each.mine()
                if not mine:
                    rest = each.theirs()
                    if rest is None:
                        continue
                    edit = rest
                known = {seen.public_id: seen}
                change = self._app.editing.edit([seen.public_id], edit, known, partly=True)
                parts.append(_without_disputes(change, edit, known, again))
            return _joined(parts)

        def done(_: Change) -> None:
            if again:
                self.disputed.emit(again)

        if not mine and all(each.theirs() is None for each in disputes):
            return
        self._edits.carry_out(
            Edit(
                tr("Writing"),
                act,
                lambda change: tr("{things} written").format(things=things(len(change.public_ids))),
                tr("Nothing was written"),
                done,
            )
        )

    def move(
        self, keys: Sequence[int], place: Target | str, word: str, kinds: Collection[MediaType]
    ) -> None:
        """Move media of these ``kinds`` to a place, or to a slot (its name) on the same entity."""
        edit = MediaEdit(slot=place) if isinstance(place, str) else MediaEdit(place=place)

        def act(work: Work) -> Change:
            ids = self._public_ids(keys, work)
            return self._app.editing.edit(ids, edit, None, work, partly=True)

        self._edits.carry_out(
            Edit(
                tr("Moving to {place}").format(place=word),
                act,
                lambda change: tr("{things} moved to {place}").format(
                    things=things(len(change.public_ids), kinds), place=word
                ),
                tr("Nothing was moved"),
            )
        )

    def _public_ids(self, keys: Sequence[int], work: Work) -> list[str]:
        """In the order of the keys; what is gone is left out."""
        found: list[str] = []
        for start in range(0, len(keys), _PAGE):
            work.check_cancelled()
            some = [int(key) for key in keys[start : start + _PAGE]]
            media = self._app.library.media_by_ids(some)
            found += [media[key].public_id for key in some if key in media]
        return found


def _without_disputes(
    change: Change, edit: MediaEdit, seen: dict[str, Media], disputes: list[Dispute]
) -> Change:
    """The change, its disputes taken out: the inspector asks about them itself."""
    rest: list[Failure] = []
    for each in change.failed:
        media = seen.get(each.public_id)
        if isinstance(each.error, Overtaken) and media is not None:
            disputes.append(Dispute(media, each.error, edit))
        else:
            rest.append(each)
    return replace(change, failed=tuple(rest))


def _joined(parts: Sequence[Change]) -> Change:
    media = tuple(each for part in parts for each in part.media)
    failed = tuple(each for part in parts for each in part.failed)
    # Undo reverses one change; several have to be undone one after the other.
    number = parts[0].id if len(parts) == 1 else None
    return replace(parts[0], id=number, media=media, failed=failed)


def _done_words(draft: Draft, what: str, count: int, change: Change) -> str:
    done = len(change.public_ids)
    if done != count:
        what = things(done)
    return written(draft.columns, what)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
