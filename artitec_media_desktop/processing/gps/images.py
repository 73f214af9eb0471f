"""Location out of a picture's file, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from . import blob, bmp, gif, png, riff, tiff
from .bounds import unreadable

_SCRUBBERS: Final[dict[str, Callable[[bytes, list[str]], bytes]]] = {
    "image/jpeg": blob.scrub,
    "image/png": png.scrub,
    "image/gif": gif.scrub,
    "image/webp": riff.scrub_webp,
    "image/bmp": bmp.scrub,
    "image/tiff": tiff.scrub,
}
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Stripped:
    """A file without location, and the places that had it: ``("EXIF", "second picture")``."""

    data: bytes
    removed: tuple[str, ...]


def strip_image(data: bytes, content_type: str) -> Stripped:
    """The picture without any location; its pixels and all other metadata stay as they are.

    ``content_type`` is one of the accepted picture types; another comes back untouched. Where
    there is nothing to remove, ``data`` is the very object given. Cleaned again until there is
    nothing left, so what comes back always passes :func:`find_image`. Raises Permanent
    (``unreadable_metadata``) where hostile metadata can't be told from the picture.
    """
    scrub = _SCRUBBERS.get(content_type)
    if scrub is None:
        return Stripped(data, ())
    places: list[str] = []
    for _ in range(_ROUNDS):
        found: list[str] = []
        clean = scrub(data, found)
        if clean == data:
            return Stripped(data, tuple(dict.fromkeys(places)))
        data = clean
        places += found or ["metadata"]
    raise unreadable()


def find_image(data: bytes, content_type: str) -> tuple[str, ...]:
    """Where the picture's file has location; nothing where it is clean. Raises as above."""
    return strip_image(data, content_type).removed
