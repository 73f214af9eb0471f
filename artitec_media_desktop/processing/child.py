"""Run a program on a file that may be hostile: bounded in time, output and memory.

A decoder works as a child process, so that one which crashes, hangs or floods its output
costs one file and never the application.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Final

from ..domain.limits import MB

#: Address space of a child in bytes: far above what an 8K frame needs, far below the machine's.
MEMORY: Final = 4096 * MB
#: How often a running child is looked at, in seconds: the delay of a cancel.
LOOK: Final = 0.05
#: Seconds in which a killed child's pipes must close; on a busy machine what it said comes late.
CLOSING: Final = 4.0
ERRORS_KEPT: Final = 64 * 1024
#: What a shell and the dynamic linker answer for a program that can't be run at all.
NOT_RUNNABLE: Final = frozenset({126, 127})

#: Raises Cancelled when the person asked to stop.
Check = Callable[[], None]


def never_cancelled() -> None:
    """Stand in for a check where nobody can cancel."""


class NotStarted(Exception):
    """The program is not there or can't run on this machine; says nothing about the file."""


class OutOfTime(Exception):
    """The deadline passed; the child was killed."""


class TooMuchOutput(Exception):
    """The child wrote more than the limit; it was killed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child ended: ``status`` 0 is well, negative is the signal that killed it."""

    status: int
    output: bytes
    errors: str


class _Drain:
    """Empties a pipe in a thread; what comes after ``limit`` bytes is dropped and noted."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        self._pipe, self._limit = pipe, limit
        self._kept = bytearray()
        self.overflowed = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with self._pipe:
            while block := os.read(self._pipe.fileno(), 64 * 1024):
                room = self._limit - len(self._kept)
                self._kept += block[:room]
                self.overflowed = self.overflowed or len(block) > room

    def finish(self, seconds: float) -> bool:
        """Wait for the end of the pipe; False when something still holds it open."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def kept(self) -> bytes:
        return bytes(self._kept)


def run_child(
    command: Sequence[str], *, deadline: float, limit: int, check_cancelled: Check
) -> Finished:
    """Run ``command`` (no shell, no standard input) until it ends.

    ``deadline`` is a ``time.monotonic()`` value, ``limit`` bytes of standard output. Whatever ends
    the wait, nothing the command started outlives the call. Raises NotStarted, OutOfTime,
    TooMuchOutput, and what ``check_cancelled`` raises.
    """
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise NotStarted(str(error)) from error
    assert child.stdout is not None  # noqa: S101 (PIPE was asked for)
    assert child.stderr is not None  # noqa: S101
    output, errors = _Drain(child.stdout, limit), _Drain(child.stderr, ERRORS_KEPT)
    try:
        _bound_memory(child.pid)
        _wait(child, output, deadline, check_cancelled)
    finally:
        _end(child, output, errors)
    if output.overflowed:
        raise TooMuchOutput
    if child.returncode in NOT_RUNNABLE:
        raise NotStarted(errors.kept.decode("utf-8", "replace"))
    return Finished(child.returncode, output.kept, errors.kept.decode("utf-8", "replace"))


def _wait(
    child: subprocess.Popen[bytes], output: _Drain, deadline: float, check_cancelled: Check
) -> None:
    while True:
        try:
            child.wait(LOOK)
            return
        except subprocess.TimeoutExpired:
            pass
        check_cancelled()
        if output.overflowed:
            return
        if time.monotonic() >= deadline:
            raise OutOfTime


def _end(child: subprocess.Popen[bytes], output: _Drain, errors: _Drain) -> None:
    if child.poll() is None:
        _kill(child)
        child.wait()
    elif not (output.finish(CLOSING / 4) and errors.finish(CLOSING / 4)):
        _kill(child)  # it is gone, but something it started still holds the pipes
    output.finish(CLOSING)
    errors.finish(CLOSING)


def _kill(child: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        child.kill()
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)  # the child leads its own group
    except (ProcessLookupError, PermissionError):
        return


def _bound_memory(pid: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    except OSError:  # it has ended already, or this system forbids it
        return
