"""What the application remembers between two starts: JSON values by name, in one file."""

import json
import logging
import threading
from pathlib import Path
from typing import Any, Final

_LOG = logging.getLogger(__name__)
#: The setting with the address that is asked for newer versions; without one, nothing is.
UPDATE_FEED: Final = "updates/feed"


class Settings:
    """Values are kept in memory; ``save`` writes them, and may run in any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._values: dict[str, Any] = {}
        self._dirty = False
        self._load()

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value, or the default where there is none or of another type."""
        value = self._values.get(key, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def set(self, key: str, value: Any) -> None:
        """Remember a JSON value; ``save`` makes it last."""
        with self._lock:
            if self._values.get(key) != value:
                self._values[key] = value
                self._dirty = True

    @property
    def is_dirty(self) -> bool:
        """Whether something changed since the last save."""
        return self._dirty

    def save(self) -> None:
        """Write the file if something changed: a temporary file, then a rename."""
        with self._saving:
            with self._lock:
                if not self._dirty:
                    return
                text = json.dumps(self._values, indent=1, sort_keys=True)
                self._dirty = False
            temporary = self._path.with_suffix(".tmp")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_text(text, encoding="utf-8")
                temporary.replace(self._path)
            except OSError as error:
                _LOG.warning("settings could not be saved: %s", error)

    def _load(self) -> None:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            # A damaged file costs window positions, never a start.
            _LOG.warning("settings could not be read: %s", error)
            return
        if isinstance(values, dict):
            self._values = values
