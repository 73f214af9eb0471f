"""Values that are written with files, remembered under a name."""

from typing import Any, Final

from ....config.settings import Settings
from ....domain.uploads import Description

_KEY: Final = "uploads.templates"


class Templates:
    """In the settings, for this person on this machine."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def names(self) -> list[str]:
        """In alphabetical order."""
        return sorted(self._all(), key=str.casefold)

    def get(self, name: str) -> Description | None:
        """The values under a name; None where there are none."""
        values = self._all().get(name)
        if not isinstance(values, dict):
            return None
        tags, primary = values.get("tags"), values.get("primary")
        return Description(
            alt_text=_text(values.get("alt_text")),
            caption=_text(values.get("caption")),
            tags=tuple(map(str, tags)) if isinstance(tags, list) else None,
            primary=primary if isinstance(primary, bool) else None,
        )

    def save(self, name: str, values: Description) -> None:
        """Keep values under a name, instead of any that are there."""
        kept: dict[str, Any] = {
            "alt_text": values.alt_text,
            "caption": values.caption,
            "tags": None if values.tags is None else list(values.tags),
            "primary": values.primary,
        }
        self._settings.set(_KEY, self._all() | {name: kept})

    def delete(self, name: str) -> None:
        """Forget a name."""
        self._settings.set(_KEY, {key: each for key, each in self._all().items() if key != name})

    def _all(self) -> dict[str, Any]:
        found: dict[str, Any] = self._settings.get(_KEY, {})
        return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
