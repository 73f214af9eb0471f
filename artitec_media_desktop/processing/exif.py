"""The EXIF that is kept of a picture. Source: Exif 2.32 (CIPA DC-008); the contract's list."""

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from PIL import ExifTags, Image

from ..domain.errors import Permanent
from .decode import damage

_LONGEST: Final = 500
_DATE: Final = re.compile(r"(?!0000)\d{4}:\d\d:\d\d \d\d:\d\d(:\d\d)?")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")

#: Turned into upright by ``Image.transpose``; 1 is upright already.
TRANSPOSES: Final[dict[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
QUARTER_TURNS: Final = frozenset(TRANSPOSES[orientation] for orientation in (5, 6, 7, 8))


def read_exif(image: Image.Image) -> dict[str, Any]:
    """What the contract keeps, as JSON values; what is broken or absent is left out.

    Times are as cameras write them (``2024:05:01 12:30:00``), ``exposure_time`` is in seconds,
    ``focal_length`` in millimetres; ``flash`` and ``orientation`` are EXIF's own numbers.
    """
    directories = _directories(image)
    found = {name: read(_value(directories, tag)) for name, tag, read in _KEPT}
    return {name: value for name, value in found.items() if value is not None}


def _directories(image: Image.Image) -> list[Mapping[int, Any]]:
    """The picture's own tags and those of its EXIF; broken ones don't make a bad picture."""
    found: list[Mapping[int, Any]] = []
    with suppress(Permanent), damage():
        found.append(image.getexif())
        found.append(image.getexif().get_ifd(ExifTags.IFD.Exif))
    return found


def _value(directories: list[Mapping[int, Any]], tag: int) -> Any:
    for directory in directories:
        with suppress(Permanent), damage():
            if tag in directory:
                return directory[tag]
    return None


def _text(value: Any) -> str | None:
    if isinstance(value, tuple) and value and all(isinstance(each, int) for each in value):
        value = bytes(each & 0xFF for each in value)
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return None
    with suppress(UnicodeError):
        # Pillow reads Latin-1, cameras and editors write UTF-8.
        value = value.encode("latin-1").decode("utf-8")
    return _INVISIBLE.sub(" ", value).strip()[:_LONGEST] or None


def _date(value: Any) -> str | None:
    text = _text(value)
    return text if text and _DATE.fullmatch(text) else None


def _number(value: Any) -> float | None:
    if isinstance(value, (tuple, list)) and value:
        value = value[0]
    if isinstance(value, (str, bytes)):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not math.isfinite(number) or number < 0:
        return None
    return float(f"{number:.6g}")


def _positive(value: Any) -> float | None:
    return _number(value) or None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None or number != int(number) else int(number)


def _orientation(value: Any) -> int | None:
    number = _whole(value)
    return number if number in range(1, 9) else None


_KEPT: Final[tuple[tuple[str, int, Callable[[Any], Any]], ...]] = (
    ("make", 0x010F, _text),
    ("model", 0x0110, _text),
    ("datetime_original", 0x9003, _date),
    ("datetime_digitized", 0x9004, _date),
    ("exposure_time", 0x829A, _positive),
    ("f_number", 0x829D, _positive),
    ("iso", 0x8827, _whole),
    ("flash", 0x9209, _whole),
    ("focal_length", 0x920A, _positive),
    ("lens", 0xA434, _text),
    ("orientation", 0x0112, _orientation),
    ("copyright", 0x8298, _text),
    ("artist", 0x013B, _text),
)
