"""What the store itself holds, beside what the database says of it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from ..domain.entities import ENTITY_FOLDERS
from ..domain.keys import public_key
from ..domain.limits import VARIANTS
from ..domain.work import Unwatched, Work
from ..storage import ObjectStore

_TYPES: Final = {folder: str(kind) for kind, folder in ENTITY_FOLDERS.items()}
_SMALLER: Final = tuple(f"_{each.name}" for each in VARIANTS)
#: Objects between two words about how far it is.
_TELL_EVERY: Final = 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """All objects there were ``at`` some moment; ``smaller`` are the bytes of the smaller sizes.

    They are told apart by their names, and by entity type as ``media.entity_type`` spells it.
    """

    at: datetime
    objects: int
    total_bytes: int
    smaller: Mapping[str, int]


class CountingService:
    """Counting asks the store for the name of every object, so the last answer is kept."""

    def __init__(self, store: ObjectStore, file: Path) -> None:
        self._store = store
        self._file = file

    def last(self) -> Counted | None:
        """What was counted last on this computer; None if nothing was yet."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
            at = datetime.fromisoformat(found["at"])
            return Counted(at, found["objects"], found["total_bytes"], dict(found["smaller"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def count(self, work: Work | None = None) -> Counted:
        """Count every object, and keep the answer. Raises as the store does, and Cancelled."""
        work = work or Unwatched()
        objects = size = 0
        smaller: Counter[str] = Counter()
        for each in self._store.list():
            objects += 1
            size += each.size
            if PurePosixPath(each.key).stem.endswith(_SMALLER):
                folder = public_key(each.key).partition("/")[0]
                smaller[_TYPES.get(folder, folder)] += each.size
            if objects % _TELL_EVERY == 0:
                work.check_cancelled()
                work.progress(objects, 0)
        found = Counted(datetime.now(UTC), objects, size, dict(smaller))
        self._keep(found)
        return found

    def _keep(self, found: Counted) -> None:
        made = json.dumps(asdict(found) | {"at": found.at.isoformat()})
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_text(made, "utf-8")
            fresh.replace(self._file)
        except OSError:
            return  # it is counted again the next time
