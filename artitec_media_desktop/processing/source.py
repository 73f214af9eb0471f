"""A dropped file, opened so that nothing it might be can hang or mislead us.

The path may be a directory, a pipe, a device, a loop of links, or be swapped for another file
while it is read; each ends with a code and a sentence.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final

from ..domain.errors import MediaError, Permanent, Transient
from ..domain.limits import BY_EXTENSION, IMAGE_NAMES, VIDEO_NAMES, Format, Limits, size_text
from ..domain.media import MediaType
from ..domain.slots import Slot
from .sniff import HEAD, article, looks_like, sniff

_VANISHED: Final = "It is not there any more. Put it back, or leave it out."
_NOT_A_FILE: Final = "It is not a file. Drop files, or folders of files."
_FAULTS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOENT: ("vanished", _VANISHED),
    errno.ENOTDIR: ("vanished", _VANISHED),
    errno.EACCES: ("no_access", "It is not yours to read. Change its permissions and try again."),
    errno.EPERM: ("no_access", "It is not yours to read. Change its permissions and try again."),
    errno.ELOOP: ("link_loop", "It is a link that leads round in a circle. Drop the file itself."),
    errno.ENAMETOOLONG: ("bad_name", "Its name is too long. Shorten it and try again."),
    errno.EILSEQ: ("bad_name", "Its name can't be read. Rename it and try again."),
    errno.EISDIR: ("not_a_file", _NOT_A_FILE),
    errno.ENXIO: ("not_a_file", _NOT_A_FILE),
    errno.ENODEV: ("not_a_file", _NOT_A_FILE),
    errno.EOPNOTSUPP: ("not_a_file", _NOT_A_FILE),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An accepted file: size in bytes, and ``note`` where its name says another format."""

    path: str
    size: int
    mtime_ns: int
    format: Format
    note: str | None


class OpenSource:
    """An accepted file, open for reading; ``file`` stands at its start."""

    def __init__(self, source: Source, file: BinaryIO) -> None:
        self.source = source
        self.file = file

    def read(self) -> bytes:
        """The whole file. Raises Permanent ``changed``, Transient for a drive's fault."""
        with faults():
            self.file.seek(0)
            data = self.file.read(self.source.size + 1)
        if len(data) != self.source.size:
            raise _changed()
        return data

    def check_unchanged(self) -> None:
        """Raise Permanent ``changed`` (or ``vanished``) when the file is not what was opened."""
        with faults():
            ours, named = os.fstat(self.file.fileno()), os.stat(self.source.path)  # noqa: PTH116
        if _identity(ours) != _identity(named):
            raise _changed()
        if (ours.st_size, ours.st_mtime_ns) != (self.source.size, self.source.mtime_ns):
            raise _changed()


@contextmanager
def open_source(path: str, slot: Slot) -> Iterator[OpenSource]:
    """Open a file that is to go into ``slot``; everything but its pixels is checked.

    Raises Permanent with one of ``not_a_file``, ``link_loop``, ``vanished``, ``no_access``,
    ``bad_name``, ``empty``, ``unsupported_type``, ``wrong_type_for_slot``, ``too_small``,
    ``too_large``; Transient ``read_error`` where the drive may answer better later.
    """
    with open_regular(path) as (file, facts):
        if facts.st_size == 0:
            raise Permanent("empty", "Empty. Add the file again once it has content.")
        with faults():
            head = file.read(HEAD)
            file.seek(0)
        fmt = _accepted(head, slot)
        check_bytes(facts.st_size, slot.limits(fmt.media_type), fmt.media_type)
        note = _note(path, fmt)
        yield OpenSource(Source(path, facts.st_size, facts.st_mtime_ns, fmt, note), file)


@contextmanager
def open_regular(path: str) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a regular file and give its facts; raises as :func:`open_source` does."""
    with faults():
        # Looked at before it is opened: opening a device may already do something.
        _require_regular(os.stat(path))  # noqa: PTH116
        file = open(path, "rb", opener=_without_blocking)  # noqa: SIM115
    with file:
        with faults():
            facts = os.fstat(file.fileno())
        _require_regular(facts)
        yield file, facts


def check_bytes(size: int, limits: Limits, media_type: MediaType) -> None:
    """Raise Permanent ``too_small`` or ``too_large`` for a size in bytes outside the limits."""
    kind = "Images" if media_type is MediaType.IMAGE else "Videos"
    if size < limits.min_bytes:
        least = size_text(limits.min_bytes)
        raise Permanent("too_small", f"Too small. {kind} need at least {least}.")
    if size > limits.max_bytes:
        most = size_text(limits.max_bytes)
        raise Permanent(
            "too_large", f"Too large. {kind} can be up to {most}; this one is {size_text(size)}."
        )


@contextmanager
def faults() -> Iterator[None]:
    """Turn what the operating system says of a file into an error for people."""
    try:
        yield
    except MediaError:
        raise
    except ValueError as error:
        raise Permanent("bad_name", _FAULTS[errno.EILSEQ][1]) from error
    except OSError as error:
        code, sentence = _FAULTS.get(error.errno or 0, ("", ""))
        if code:
            raise Permanent(code, sentence) from error
        why = os.strerror(error.errno) if error.errno else str(error)
        raise Transient(
            "read_error", f"It can't be read just now ({why}). Trying again."
        ) from error


def _without_blocking(path: str, flags: int) -> int:
    """Open so that a pipe put there this very moment doesn't make us wait for its writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _require_regular(facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise Permanent("not_a_file", _NOT_A_FILE)


def _identity(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_dev, facts.st_ino


def _changed() -> Permanent:
    return Permanent("changed", "It changed while it was read. Add it again once it is finished.")


def _accepted(head: bytes, slot: Slot) -> Format:
    """The format of the content. Raises Permanent where it is not one, or not for this slot."""
    fmt = sniff(head)
    if fmt is None:
        raise Permanent(
            "unsupported_type", f"This is {looks_like(head)}. Add {_taken(slot)} instead."
        )
    if fmt.media_type not in slot.accepts:
        raise Permanent(
            "wrong_type_for_slot",
            f"This is {article(fmt.name)} {fmt.name} {fmt.media_type.lower()}. "
            f"{slot.label} takes {slot.takes}. Add {_taken(slot)} instead.",
        )
    return fmt


def _taken(slot: Slot) -> str:
    """The formats a slot takes, in words."""
    names = {MediaType.IMAGE: IMAGE_NAMES, MediaType.VIDEO: VIDEO_NAMES}
    if len(slot.accepts) == 1:
        return names[next(iter(slot.accepts))]
    return f"{IMAGE_NAMES.replace(' or ', ', ')}, {VIDEO_NAMES}"


def _note(path: str, fmt: Format) -> str | None:
    """A sentence where the name promises another format than the content is."""
    named = BY_EXTENSION.get(PurePath(path).suffix.lower())
    if named is fmt:
        return None
    true = f"{article(fmt.name)} {fmt.name}"
    if named is None:
        return f"Its name doesn't say so, but it is {true}; taken as {true}."
    return f"Its name says {named.name}, it is {true}; taken as {true}."
