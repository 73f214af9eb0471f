"""The door: what the library knows already of a file that is being added."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from ..database import decisions, fingerprints, known_bad
from ..database.engine import Database, Tx
from ..database.fingerprints import Alike
from ..domain.entities import EntityRef
from ..domain.hashes import Fingerprint
from ..domain.limits import DUPLICATE_THRESHOLD
from ..domain.media import ModerationStatus
from ..domain.moderation import KnownBad, Policy
from ..domain.uploads import OnDuplicate, UploadItem
from .duplicates.settled import Settled


class Duplicate(Exception):
    """The file is not added: the media ``of`` is its like, ``distance`` bits away."""

    def __init__(self, of: str, distance: int) -> None:
        super().__init__(of)
        self.of = of
        self.distance = distance


class Asking(Exception):
    """The file waits until a person has compared it with ``of``, ``distance`` bits away."""

    def __init__(self, of: str, distance: int) -> None:
        super().__init__(of)
        self.of = of
        self.distance = distance


#: Said to whoever adds what was rejected; what that is, is not shown.
HELD: Final = "Held for review: looks like a picture that was rejected."


@dataclass(frozen=True, slots=True)
class Entry:
    """How a file enters: its first status, and why it is flagged or what it looks like.

    ``alike`` is the nearest look-alike in the library: its public id and distance in bits.
    """

    status: ModerationStatus
    alike: tuple[str, int] | None = None
    known_bad: KnownBad | None = None


class Lookalikes:
    """Asks the indexes of our fingerprints: of live rows, and of what was rejected."""

    def __init__(self, database: Database, policy: Callable[[], Policy]) -> None:
        self._database = database
        self._policy = policy

    def leave_out_identical(self, item: UploadItem, ref: EntityRef, sha256: str) -> None:
        """Raise Duplicate for bytes that are on that entity already, unless all are kept.

        Only these may be left out unasked: bursts and brackets of one room are look-alikes too.
        A photo of the gallery may still become the cover: in a one-file slot only the same file
        as the one that is in it is left out.
        """
        if item.options.on_duplicate is OnDuplicate.KEEP:
            return
        with self._database.read() as tx:
            slot = item.target.slot
            same = fingerprints.identical(tx, sha256, ref, slot.field if slot.single else None)
        if same is not None:
            raise Duplicate(same, 0)

    def entry(
        self, item: UploadItem, fingerprint: Fingerprint, same_drop: Callable[[], Collection[str]]
    ) -> Entry:
        """How a file enters, by the policy of this moment.

        What looks like something rejected waits for a moderator; nobody is asked about it, since
        that would show what was rejected. Otherwise raises Duplicate where look-alikes are to be
        left out, Asking where a person decides. Whoever drops a series of one room knows that its
        pictures look alike: about what came with the ``same_drop`` nobody is asked.
        """
        from ..processing.alike import is_blank

        policy = self._policy()
        by_look = not is_blank(fingerprint.signature)
        with self._database.read() as tx:
            alike, bad = known_bad.at_the_door(
                tx, fingerprint, DUPLICATE_THRESHOLD, policy.known_bad_bits, by_look
            )
            if bad is not None:
                return Entry(ModerationStatus.FLAGGED, known_bad=bad)
            alike = _undecided(tx, fingerprint, alike) if alike else []
        status = policy.initial_status(item.target.entity_type)
        return Entry(status, _to_be_told(item, alike, same_drop) if alike else None)


def _to_be_told(
    item: UploadItem, alike: Sequence[Alike], same_drop: Callable[[], Collection[str]]
) -> tuple[str, int]:
    if item.options.on_duplicate is OnDuplicate.SKIP:
        raise Duplicate(alike[0].public_id, alike[0].distance)
    if item.options.on_duplicate is OnDuplicate.ASK:
        together = same_drop()
        for each in alike:
            if each.public_id not in together:
                raise Asking(each.public_id, each.distance)
    return alike[0].public_id, alike[0].distance


def _undecided(tx: Tx, fingerprint: Fingerprint, alike: Sequence[Alike]) -> list[Alike]:
    """Without those of which somebody decided that they are no duplicates of these bytes."""
    file = ("", fingerprint.sha256)
    there = {each.public_id: (each.public_id, each.sha256) for each in alike}
    settled = Settled(decisions.around(tx, [file, *there.values()]))
    return [each for each in alike if settled.between(file, there[each.public_id]) is None]
