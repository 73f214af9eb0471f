"""Proves that pictures of every format can be read and written here."""

import io
from typing import Final

from ..domain.errors import Permanent

_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")


def formats_that_work() -> tuple[str, ...]:
    """Write and read a small picture in each. Raises Permanent ``no_format`` with its name."""
    from PIL import Image

    drawn = Image.new("RGB", (64, 48), (40, 90, 200))
    for name in _FORMATS:
        kept = io.BytesIO()
        try:
            drawn.save(kept, name)
            with Image.open(kept) as read:
                *_, blue = read.convert("RGB").getpixel((32, 24))  # type: ignore[misc]
        except (OSError, KeyError) as error:
            raise Permanent("no_format", f"{name} can't be read or written: {error}") from error
        if abs(blue - 200) > 10:
            raise Permanent("no_format", f"{name} gives other colours back.")
    return _FORMATS
