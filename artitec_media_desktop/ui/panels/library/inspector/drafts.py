"""What was typed and neither written nor dropped, kept while other media are looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from .draft import Draft

#: More than anybody leaves lying about; the oldest goes then.
_MOST: Final = 50
_SORTED: Final = 20_000


class Drafts:
    """One a selection, whatever order its media were in."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Draft] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, keys: Sequence[int]) -> Draft:
        """The draft of these media, or an empty one."""
        found = self._kept.get(_name(keys)) if self._kept else None
        return found if found is not None else Draft(keys)

    def keep(self, draft: Draft) -> None:
        """Remember it, or forget it once nothing is touched in it any more."""
        name = _name(draft.keys)
        self._kept.pop(name, None)
        if draft:
            self._kept[name] = draft
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def others(self, draft: Draft) -> list[Draft]:
        """All but this one, the newest first."""
        return [each for each in reversed(self._kept.values()) if each is not draft]


def _name(keys: Sequence[int]) -> bytes:
    return array("q", sorted(keys) if len(keys) <= _SORTED else keys).tobytes()
