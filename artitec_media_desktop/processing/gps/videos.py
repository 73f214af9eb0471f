"""Location out of a video's file, as overwrites of the same length."""

from collections.abc import Callable
from typing import BinaryIO, Final, TypeAlias, cast

from . import blob, matroska, mp4, riff, trailer
from .bounds import unreadable
from .boxes import SMALL
from .patches import Patch, PatchedReader, merged

_Scan: TypeAlias = Callable[[BinaryIO, int, list[str]], list[Patch]]
_ROUNDS = 8


def video_patches(file: BinaryIO, size: int, content_type: str) -> tuple[Patch, ...]:
    """What to overwrite in a video so that it tells no location; in order, without overlap.

    ``size`` is the file's in bytes, ``content_type`` one of the accepted video types; another
    needs nothing. Reads headers and small boxes, not the pictures. What each container's reader
    doesn't look into is said there. Raises Permanent (``unreadable_metadata``) for a hostile file.
    """
    return _strip(file, size, content_type)[0]


def find_video(file: BinaryIO, size: int, content_type: str) -> tuple[str, ...]:
    """Where the video has location; nothing where it is clean. Raises as above."""
    return _strip(file, size, content_type)[1]


def _strip(
    file: BinaryIO, size: int, content_type: str
) -> tuple[tuple[Patch, ...], tuple[str, ...]]:
    """Scan the video as it will be read, again and again until nothing is found."""
    scan = _SCANS.get(content_type)
    patches: tuple[Patch, ...] = ()
    places: list[str] = []
    if scan is None:
        return patches, ()
    for _ in range(_ROUNDS):
        view = cast(BinaryIO, PatchedReader(file, patches))
        found = [patch for patch in scan(view, size, places) if _differs(view, patch)]
        if not found:
            return patches, tuple(dict.fromkeys(places)) if patches else ()
        patches = merged([*patches, *found])
    raise unreadable()


def _differs(file: BinaryIO, patch: Patch) -> bool:
    file.seek(patch.offset)
    return file.read(len(patch.data)) != patch.data


def _mp4(file: BinaryIO, size: int, places: list[str]) -> list[Patch]:
    patches, end = mp4.scan(file, 0, size, places)
    records = trailer.insta360(file, size)
    if records:
        places.append("trailer")
        return patches + records
    if not 0 < size - end <= SMALL:
        return patches
    file.seek(end)
    old = file.read(size - end)
    new = blob.scrub(old, places, 1)
    return patches if new is old else [*patches, Patch(end, new)]


_SCANS: Final[dict[str, _Scan]] = {
    "video/mp4": _mp4,
    "video/quicktime": _mp4,
    "video/x-m4v": _mp4,
    "video/x-msvideo": riff.scan_avi,
    "video/x-matroska": matroska.scan,
    "video/webm": matroska.scan,
}
