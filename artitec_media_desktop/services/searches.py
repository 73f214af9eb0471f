"""Searches that a person keeps under a name: theirs alone, so they lie with the settings."""

from typing import Final

from ..config.settings import Settings
from ..domain.errors import Conflict, NotFound, Permanent
from ..domain.search import Search, parse

_KEY: Final = "searches"
_LONGEST: Final = 60


class Searches:
    """Name → search, in the order they were saved in; kept as text, as it is typed."""

    def __init__(self, settings: Settings, kind: str = _KEY) -> None:
        """Those of another ``kind``, such as one account's filters of a page, lie apart."""
        self._settings, self._kind = settings, kind

    def all(self) -> dict[str, Search]:
        """What is kept; one that can't be read (any more) is left out."""
        found = {}
        for name, text in self._texts().items():
            try:
                found[name] = parse(text)
            except (Permanent, TypeError):
                continue
        return found

    def save(self, name: str, search: Search) -> None:
        """Keep a search; one of that name is replaced. Writes a file.

        Raises Permanent ``bad_name`` for a name without letters, or one of more than 60.
        """
        self._keep(self._texts() | {_named(name): search.text})

    def rename(self, name: str, new: str) -> None:
        """Give a search another name; it keeps its place in the list. Writes a file.

        Raises NotFound ``no_search``, Conflict ``name_taken``, and as ``save``.
        """
        texts, new = self._texts(), _named(new)
        if name not in texts:
            raise NotFound("no_search", f"There is no saved search “{name}”.")
        if new in texts and new != name:
            words = f"There is a saved search “{new}” already. Choose another name."
            raise Conflict("name_taken", words)
        self._keep({new if each == name else each: text for each, text in texts.items()})

    def remove(self, name: str) -> None:
        """Forget a search. Writes a file. Raises NotFound ``no_search``."""
        texts = self._texts()
        if texts.pop(name, None) is None:
            raise NotFound("no_search", f"There is no saved search “{name}”.")
        self._keep(texts)

    def _texts(self) -> dict[str, str]:
        # In a list, since the file sorts by name.
        kept = self._settings.get(self._kind, [])
        pairs = [e for e in kept if isinstance(e, list) and len(e) == 2]
        return {name: text for name, text in pairs if isinstance(name, str)}

    def _keep(self, texts: dict[str, str]) -> None:
        self._settings.set(self._kind, [list(each) for each in texts.items()])
        self._settings.save()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST:
        raise Permanent("bad_name", f"A search's name has 1 to {_LONGEST} letters.")
    return name
