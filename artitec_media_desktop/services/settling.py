"""Leaves each object of a move at the key that its row names, whatever happened before.

The row decides: where it names the new key, the old object is removed, else the new one; where
there is no row any more, both are. So the same code ends a move, takes one back, and cleans up
behind a client that crashed; doing it again is harmless.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeVar

from ..database import changes, moves, trash
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Move, Pairs
from ..domain import right_of_way
from ..domain.errors import Conflict, MediaError, NotFound, Permanent, Transient
from ..domain.media import Media, StorageType
from ..storage import ObjectStore
from .areas import keys_of

_LOG = logging.getLogger(__name__)
#: A move whose client was not heard of for so long is finished by another one.
LEASE: Final = timedelta(minutes=5)
_PAUSES: Final = (0.2, 0.5, 1.0)  # seconds

T = TypeVar("T")


def side_by_side(store: ObjectStore, act: Callable[[str, str], T], pairs: Pairs) -> list[T]:
    """Do it to all objects of a media at once where each waits for the network.

    On this computer's disk they would only wait for each other, and the window for all of them.
    Raises what the first one raised that failed, when all have ended.
    """

    def one(source: str, target: str) -> T:
        right_of_way.give()
        return act(source, target)

    at_once = 1 if store.storage_type is StorageType.LOCAL else max(1, len(pairs))
    with ThreadPoolExecutor(at_once) as threads:
        begun = [threads.submit(one, *pair) for pair in pairs]
    return [each.result() for each in begun]


class Settling:
    """The end of every move. Nobody touches an object whose intent somebody else holds."""

    def __init__(self, database: Database, store: ObjectStore, step: Callable[[str], None]) -> None:
        self._database = database
        self._store = store
        self._step = step

    def finish(self, move: Move) -> MediaError | None:
        """Remove the old objects after the row was written.

        Returns what is to be said where they are still there after some tries: the next
        recovery removes them.
        """
        for pause in (*_PAUSES, None):
            try:
                if self._settle_held(move):
                    return None
                fault: MediaError = Transient("moving", "Somebody else is at it.")
            except MediaError as error:
                fault = error
            if pause is None or isinstance(fault, Permanent):
                break
            time.sleep(pause)
        self._let_go(move)
        _LOG.warning("the old objects of %s are still there: %s", move.public_id, fault.code)
        kind = Transient if isinstance(fault, Transient) else Permanent
        return kind(
            "old_copy_left",
            f"The change of {move.public_id} is saved, but its file is still at its former "
            f"address: {fault.message} It is removed as soon as the storage allows.",
        )

    def take_back(self, move: Move) -> None:
        """Remove the copies after a move that came to nothing; what can't be is left for recovery.

        Also right where it is not known whether the row was written.
        """
        try:
            self._settle_held(move)
        except MediaError as error:
            _LOG.warning("the copies of %s are still there: %s", move.public_id, error.code)
            self._let_go(move)

    def recover(self, age: timedelta = LEASE) -> int:
        """Settle moves whose client was not heard of for ``age``; returns how many were.

        Several clients may do so at once. Raises Transient and Permanent where the database
        does not answer; a move whose objects can't be reached is left for the next time.
        """
        with self._database.read() as tx:
            left = moves.older_than(tx, age)
        return sum(self._recovered(each) for each in left)

    def _recovered(self, move: Move) -> bool:
        try:
            taken = self._database.retrying(lambda tx: moves.take(tx, move))
            if taken is None:
                return False
            self._settle(taken)
        except MediaError as error:
            _LOG.warning("the move of %s is not finished yet: %s", move.public_id, error.code)
            return False
        _LOG.info("the move of %s, left unfinished by %s, is settled", move.public_id, move.account)
        return True

    def _settle_held(self, move: Move) -> bool:
        """Settle a move of ours; False where another client has it now."""
        if self._database.retrying(lambda tx: moves.keep(tx, move)) is None:
            return False
        self._settle(move)
        return True

    def _settle(self, move: Move) -> None:
        with self._database.read() as tx:
            media = trash.live_or_deleted(tx, move.public_id)
            named = set() if media is None else set(keys_of(media, self._store))
            shared = set() if media is None else of_others(tx, media, move.pairs, self._store)

        def settle(source: str, target: str) -> None:
            if media is None:
                self._store.delete(source)
                self._store.delete(target)
            elif target in named:
                self._bring(source, target, source in shared)
            else:
                self._bring(target, source, target in shared)

        side_by_side(self._store, settle, move.pairs)
        self._step("removed")
        self._database.retrying(lambda tx: moves.end(tx, move))

    def _bring(self, other: str, named: str, is_shared: bool) -> None:
        """Leave an object at the key that is named, and only there."""
        try:
            if is_shared:
                self._store.copy(other, named)
            else:
                self._store.move(other, named)
        except NotFound:
            pass  # it was not there before either
        except Conflict:
            _LOG.warning("“%s” was left: “%s” has other content", other, named)

    def _let_go(self, move: Move) -> None:
        try:
            self._database.retrying(lambda tx: moves.let_go(tx, move))
        except MediaError as error:
            _LOG.info("the intent for %s is kept for a while: %s", move.public_id, error.code)


def of_others(tx: Tx, media: Media, pairs: Pairs, store: ObjectStore) -> set[str]:
    """Keys that other rows of the same entity name too: the platform may give a file two.

    Former entities count as well: the old object of a media that moved lies among theirs.
    """
    looks = [media]
    if pairs:
        at = replace(media, storage_path=pairs[0][0], original_url=pairs[0][1])
        places = {ref for each in changes.history(tx, media.public_id) for ref in each.entities}
        looks += [at, *(replace(at, entity_type=ref.type, entity_id=ref.id) for ref in places)]
    return {
        key
        for look in looks
        for each in (*rows.sharing(tx, look), *trash.beside(tx, look))
        if each.public_id != media.public_id
        for key in keys_of(each, store)
    }
