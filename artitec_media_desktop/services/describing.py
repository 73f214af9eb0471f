"""What a person writes with a file once its media is there: from then on it is an edit."""

from ..domain.edits import UNTOUCHED, MediaEdit
from ..domain.errors import NotFound, Permanent, Unusable
from ..domain.uploads import Description
from .editing import EditService


class Describing:
    """Writes descriptions of the upload journal to media; doing it again changes nothing."""

    def __init__(self, editing: EditService) -> None:
        self._editing = editing

    def write(self, public_id: str, description: Description) -> str | None:
        """Write what is given. Returns what is to be said where that is refused.

        Raises Transient and Unusable: then it is to be tried again.
        """
        if description == Description():
            return None
        given = {
            "alt_text": description.alt_text,
            "caption": description.caption,
            "tags": description.tags,
            "is_primary": description.primary,
        }
        touched = {name: UNTOUCHED if each is None else each for name, each in given.items()}
        try:
            self._editing.edit([public_id], MediaEdit(**touched))  # type: ignore[arg-type]
        except NotFound:
            return None  # somebody has deleted it meanwhile
        except Unusable:
            raise
        except Permanent as error:
            return f"What was written with it last was not saved: {error.message}"
        return None
