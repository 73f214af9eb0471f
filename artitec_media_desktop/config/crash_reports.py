"""Reports of errors that nobody expected: one text file each, below ``crashes`` in the home folder.

What Python can tell comes through the log; a crash of the process itself (a decoder, a driver) is
written down by ``faulthandler`` while it happens, and found at the next start.
"""

import faulthandler
import logging
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from .home import Home
from .log import without_secrets

_LOG = logging.getLogger(__name__)
_PROGRAM: Final = "artitec_media_desktop"
_TAIL: Final = 200
#: So many are kept; of one process, so many are written.
_KEPT: Final = 20
_MOST: Final = 10
_RUNNING: Final = "running-"


@dataclass(frozen=True, slots=True)
class Report:
    """What was written, and where."""

    path: Path
    text: str


class CrashReports(logging.Handler):
    """Writes a report of every error in the log that comes with its trace, once each.

    ``told`` is called with each report of what nobody caught, in whichever thread.
    """

    def __init__(self, home: Home, told: Callable[[Report], None] = lambda _report: None) -> None:
        super().__init__(logging.ERROR)
        self._folder = home.crashes
        self._log = home.logs / "media.log"
        self._told = told
        self._written: set[str] = set()
        self._watched: IO[str] | None = None

    def start(self) -> None:
        """Take reports from now on, also of what nobody catches. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._watched = (self._folder / f"{_RUNNING}{os.getpid()}.txt").open("w", encoding="utf-8")
        faulthandler.enable(self._watched)
        logging.getLogger(_PROGRAM).addHandler(self)
        sys.excepthook = self.uncaught

    def stop(self) -> None:
        """The program ends as it should."""
        logging.getLogger(_PROGRAM).removeHandler(self)
        sys.excepthook = sys.__excepthook__
        if self._watched is not None:
            faulthandler.disable()
            self._watched.close()
            Path(self._watched.name).unlink(missing_ok=True)
            self._watched = None

    def uncaught(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """Say that nobody caught an error; the program goes on where it can."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.critical("nobody caught this", exc_info=(kind, error, trace))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a report; never fails."""
        if not record.exc_info or record.exc_info[1] is None:
            return
        try:
            told = "".join(traceback.format_exception(record.exc_info[1]))
            if told in self._written or len(self._written) >= _MOST:
                return
            self._written.add(told)
            report = self._write(f"{record.getMessage()}\n\n{told}")
        except OSError:  # a full disk: the log has said what it could
            return
        if record.levelno >= logging.CRITICAL:
            self._told(report)

    def left(self) -> Report | None:
        """A report of a process that crashed, if one has since the last look; the newest."""
        newest = None
        for each in sorted(self._folder.glob(f"{_RUNNING}*.txt")):
            if _is_alive(each.stem.removeprefix(_RUNNING)):
                continue
            try:
                told = each.read_text(encoding="utf-8", errors="replace")
                if told.strip():  # else it was killed, or the power went
                    newest = self._write(f"The program ended by a crash.\n\n{told}")
                each.unlink(missing_ok=True)
            except OSError as error:
                _LOG.info("what a crash left can't be read: %s", error.strerror)
        return newest

    def _write(self, what: str) -> Report:
        from .versions import versions  # the metadata of packages: not at every start

        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        lines = [f"{name}: {value}" for name, value in versions().items()]
        tail = "".join(self._tail())
        text = (
            f"{now:%Y-%m-%d %H:%M:%S} UTC\n{os.linesep.join(lines)}\n\n{what}\n\nLog\n---\n{tail}"
        )
        report = Report(path, without_secrets(text))
        path.write_text(report.text, encoding="utf-8", errors="backslashreplace")
        for old in sorted(self._folder.glob("crash-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return report

    def _tail(self) -> list[str]:
        try:
            with self._log.open(encoding="utf-8", errors="replace") as file:
                return list(deque(file, _TAIL))
        except OSError:
            return []


def crash_count(home: Home) -> int:
    """How many reports are kept."""
    return len(list(home.crashes.glob("crash-*.txt")))


def _is_alive(number: str) -> bool:
    """Whether a process of that number runs; of ourselves, it is one that was there before."""
    if not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return False
    if sys.platform == "win32":
        return _is_open_on_windows(int(number))
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_open_on_windows(number: int) -> bool:
    """There ``os.kill`` would end it."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, number)  # only to be asked about
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)
