"""Whether a video file is all there, from the sizes that its container declares.

A copy that was cut short often still opens and shows its first second, so no decoder would
say so. Only headers are read. Sources: ISO/IEC 14496-12 (MP4, MOV, M4V), RFC 8794 and RFC 9559
(MKV, WebM), the RIFF specification (AVI).
"""

from typing import BinaryIO, Final

from ..domain.errors import Permanent
from ..domain.limits import KB, VIDEO_NAMES
from .source import faults, open_regular

EBML: Final = b"\x1a\x45\xdf\xa3"
SEGMENT: Final = b"\x18\x53\x80\x67"
ISO_FIRST: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
#: A fragmented file of two hours has some ten thousand boxes; a hostile one has more.
MAX_BOXES: Final = 100_000
#: Cameras get an AVI's declared size wrong by a header or a padding byte.
RIFF_SLACK: Final = 1 * KB

CUT_SHORT: Final = "The file ends before its video does. Copy it again from where it came from."


def damaged(what: str) -> Permanent:
    """The error for a file that is not a whole, readable video; ``what`` says why."""
    return Permanent("video_damaged", f"Damaged. {what}")


def check_container(path: str) -> None:
    """Raise Permanent when the file is cut short, no container of ours, or no file to read."""
    with open_regular(path) as (file, facts), faults():
        size = facts.st_size
        head = file.read(12)
        file.seek(0)
        if head[:4] == EBML:
            whole = _whole_matroska(file, size)
        elif head[:4] == b"RIFF" and head[8:12] == b"AVI ":
            declared = int.from_bytes(head[4:8], "little")
            whole = declared == 0xFFFFFFFF or declared + 8 <= size + RIFF_SLACK
        elif head[4:8] in ISO_FIRST:
            whole = _whole_iso(file, size)
        else:
            raise Permanent("not_a_video", f"Not a video. Videos can be {VIDEO_NAMES}.")
    if not whole:
        raise damaged(CUT_SHORT)


def _whole_iso(file: BinaryIO, size: int) -> bool:
    """Walk the top-level boxes: each must end inside the file, and the index must be there."""
    position, has_index = 0, False
    for _ in range(MAX_BOXES):
        file.seek(position)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if len(header) < 8 or not kind.isalnum():
            break  # the end, or padding behind the last box
        if length == 0:  # up to the end of the file
            length = size - position
        elif length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < 8:
            break
        has_index = has_index or kind == b"moov"
        position += length
        if position > size:
            return False
    return has_index


def _whole_matroska(file: BinaryIO, size: int) -> bool:
    """Find the segment behind the header; a live recording declares no size."""
    file.seek(4)
    header = _vint(file)
    if header is None or header > size:
        return False
    file.seek(header, 1)
    if file.read(4) != SEGMENT:
        return False
    segment = _vint(file)
    return segment is None or file.tell() + segment <= size


def _vint(file: BinaryIO) -> int | None:
    """Read an element's data size; None when it is unknown (all ones) or no size at all."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    length = 9 - first[0].bit_length()
    value = int.from_bytes(bytes([first[0] & (0xFF >> length)]) + file.read(length - 1), "big")
    return None if value == (1 << 7 * length) - 1 else value
