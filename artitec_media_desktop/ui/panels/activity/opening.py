"""Where an entry leads: to its pictures, else to its place."""

from typing import Final

from ....domain.activity import Activity
from ....domain.search import Search, Term

#: So many media, or fewer, are shown by themselves.
_FEW: Final = 3


def page_of(entry: Activity) -> tuple[str, object] | None:
    """The page to go to and what to show there; None where nothing of the entry is left."""
    alive = [each for each in entry.media if each.media_type is not None]
    ids = tuple(each.public_id for each in alive if not each.in_trash)
    if ids and entry.count <= min(_FEW, len(entry.media)):
        return "library", Search((Term("", ids),))
    if alive and not ids:
        return "trash", None
    if entry.places:
        return "library", entry.places[-1].ref
    return None
