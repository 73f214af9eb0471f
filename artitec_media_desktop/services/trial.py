"""A file during whose decoding the process ended is decoded by a child process first.

Decoders are other people's code in C: one that crashes on a file takes the whole application with
it. Which files were being decoded is on disk all the time, so that the next start knows whom to
suspect; and a suspect is tried where it can do no harm.
"""

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from ..config.program import program
from ..domain.errors import MediaError, Permanent
from ..domain.slots import Slot
from ..domain.targets import parse_target
from ..domain.uploads import UploadItem
from ..domain.work import Check
from ..processing.child import NotStarted, OutOfTime, TooMuchOutput, run_child
from ..processing.source import open_source

_LOG = logging.getLogger(__name__)
_SECONDS: Final = 120.0
_OUTPUT: Final = 1 << 20
#: A status that says that Python ended it: the application gets the same exception, and survives.
_EXCEPTION: Final = 1
#: The argument with which our own executable tries a file out.
OPTION: Final = "--try-file"


class Decoding:
    """The files that are being decoded now, by their numbers in the journal, kept on disk.

    Each process has a file of its own beside ``path``, which is there while it decodes.
    """

    def __init__(self, path: Path) -> None:
        self._own = path.with_name(f"{path.name}.{uuid4().hex[:8]}")
        self._all = path
        self._lock = threading.Lock()
        self._now: Counter[int] = Counter()

    @contextmanager
    def of(self, item_id: int) -> Iterator[None]:
        """Note a file for as long as it is decoded."""
        self._note(item_id, 1)
        try:
            yield
        finally:
            self._note(item_id, -1)

    def left(self) -> frozenset[int]:
        """What other processes were decoding when they ended; it is told once.

        One that lives may be among them: its files are suspected for nothing.
        """
        found: set[int] = set()
        for path in self._all.parent.glob(f"{self._all.name}.*"):
            if path == self._own:
                continue
            try:
                found.update(json.loads(path.read_text(encoding="ascii")))
                path.unlink()
            except (OSError, ValueError, TypeError) as error:
                _LOG.info("what was decoded is not known: %s", error)
        return frozenset(found)

    def _note(self, item_id: int, more: int) -> None:
        with self._lock:
            self._now[item_id] += more
            now = sorted(+self._now)
            try:
                if not now:
                    self._own.unlink(missing_ok=True)
                    return
                # No fsync: what a process wrote outlives it; only a power cut forgets it. Yet
                # whole at any moment: another thread's decoder may be about to crash.
                new = self._all.with_name(f"new-{self._own.name}")
                new.write_text(json.dumps(now), encoding="ascii")
                new.replace(self._own)
            except OSError as error:
                _LOG.info("what is decoded is not noted: %s", error.strerror)


def try_out(item: UploadItem, check: Check, command: Sequence[str]) -> None:
    """Decode a file in a child process that may crash. Raises Permanent ``crashes``, Cancelled."""
    words = [*command, str(item.target), item.path]
    try:
        done = run_child(
            words, deadline=time.monotonic() + _SECONDS, limit=_OUTPUT, check_cancelled=check
        )
    except NotStarted as error:
        _LOG.warning("a file could not be tried out: %s", error)
        return
    except (OutOfTime, TooMuchOutput):
        why = "it keeps the program busy without an end"
    else:
        if done.status in (0, _EXCEPTION):
            return
        _LOG.warning("the trial of upload %s ended with %s", item.id, done.status)
        why = "it makes the program crash"
    raise Permanent(
        "crashes",
        f"“{item.name}” can't be read: {why}. It was put aside. Open it in a picture program, "
        "save it anew and add that.",
    )


def main(words: Sequence[str]) -> int:
    """What the child process does: everything that is computed of a file, for nothing."""
    from ..processing.video import VideoReader
    from .preparing import Preparing

    place, path = words
    slot: Slot = parse_target(place)[2]
    try:
        with open_source(path, slot) as opened:
            image = opened.source.format.content_type.startswith("image/")
            data = opened.read() if image else None
            preparing = Preparing(VideoReader(()), 1)
            preparing.prepare(opened, data, "", slot, lambda: None)
    except MediaError:
        pass  # a refusal is an answer: the application comes to it as well
    return 0


def command() -> Sequence[str]:
    """Our own executable, trying out a file."""
    return (*program(), OPTION)
