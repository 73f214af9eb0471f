"""How much of one thing a file may hold before it counts as hostile rather than odd."""

from dataclasses import dataclass
from typing import Final

from artitec_media_desktop.domain.errors import Permanent

_PLENTY: Final = 4096


def unreadable() -> Permanent:
    """The error for metadata in which location can't be told from the rest."""
    return Permanent(
        "unreadable_metadata",
        "Its metadata is damaged, so location can't be taken out. Save it again and add the copy.",
    )


@dataclass(slots=True)
class Bound:
    """Counts up to ``most``, which no real file reaches."""

    most: int = _PLENTY
    _counted: int = 0

    def count(self) -> None:
        """One more. Raises Permanent when it is one too many."""
        self._counted += 1
        if self._counted > self.most:
            raise unreadable()
