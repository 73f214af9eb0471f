"""The log for us: ``logs/media.log`` in the home folder, rotated, never with a secret in it."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final

_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_SECRET: Final = re.compile(
    r"(?i)(://[^:/@\s]+:)[^@\s]+(@)|((?:password|secret|token|signature|credential)\w*[=:]\s*)\S+"
)


class _NoSecrets(logging.Filter):
    """Blanks passwords in URLs and key=value pairs, whatever the caller formatted."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_secrets(record.getMessage())
        record.args = None
        return True


class _Formatter(logging.Formatter):
    def formatException(self, ei: Any) -> str:
        return without_secrets(super().formatException(ei))


def without_secrets(text: str) -> str:
    """The same with passwords in URLs and values of ``secret=…`` blanked."""
    return _SECRET.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return f"{match[1]}…{match[2]}" if match[1] else f"{match[3]}…"


def start_log(folder: Path, level: int = logging.INFO) -> None:
    """Write the application's log below ``folder``: 3 files of 2 MB. Raises OSError."""
    root = logging.getLogger("artitec_media_desktop")
    path = folder / "media.log"
    if any(getattr(each, "baseFilename", None) == str(path) for each in root.handlers):
        return
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=2_000_000, backupCount=2, encoding="utf-8", errors="backslashreplace"
    )
    handler.setFormatter(_Formatter(_FORMAT))
    handler.addFilter(_NoSecrets())
    root.addHandler(handler)
    root.setLevel(level)


def stop_log() -> None:
    """Close the log's files."""
    root = logging.getLogger("artitec_media_desktop")
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
