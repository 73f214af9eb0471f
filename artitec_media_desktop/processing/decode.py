"""Opening and decoding pictures with Pillow: our six decoders only, and the header first.

What Pillow remarks on odd files goes nowhere; what it raises on damaged ones becomes
:class:`~artitec_media_desktop.domain.errors.Permanent`.
"""

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from ..domain.errors import Cancelled, MediaError, Permanent, Transient
from ..domain.limits import MAX_PIXELS, Format, Limits
from .resample import Box, Size

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
logging.getLogger("PIL").setLevel(logging.CRITICAL)

#: The classes themselves and not Image.open: it would also follow a JPEG's index of further
#: pictures (MPO), which we have no use for, and could load all of Pillow's other decoders.
_DECODERS: Final[dict[str, type[ImageFile.ImageFile]]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/gif": GifImageFile,
    "image/webp": WebPImageFile,
    "image/bmp": BmpImageFile,
    "image/tiff": TiffImageFile,
}
#: Cameras write about 10 scans into a progressive JPEG. Each one costs a pass over the whole
#: picture, so a file of thousands would take hours.
_MAX_SCANS: Final = 100
_BOMBS: Final = (Image.DecompressionBombWarning, Image.DecompressionBombError)
_REMARKS: Final = ("ignore", None, Warning, re.compile(r"PIL\."), 0)


def open_picture(data: bytes, fmt: Format) -> ImageFile.ImageFile:
    """Read the header, and not one pixel. Raises Permanent ``damaged``."""
    _ignore_remarks()
    with damage():
        image = _DECODERS[fmt.content_type](io.BytesIO(data))
        if isinstance(image, JpegImageFile):
            # In one piece: every further read would have to wait for the other threads.
            image.decodermaxblock = max(len(data), 1)
            if image.info.get("progressive") and data.count(b"\xff\xda") > _MAX_SCANS:
                raise ValueError("too many scans")
    return image


def check_dimensions(size: Size, limits: Limits) -> None:
    """Raise Permanent ``dimensions_too_large`` or ``dimensions_too_small``; sides in pixels."""
    given = f"this one is {size[0]:,} × {size[1]:,}."
    if max(size) > limits.max_side or size[0] * size[1] > MAX_PIXELS:
        raise Permanent(
            "dimensions_too_large",
            f"Too large. Images can be up to {limits.max_side:,} pixels a side; {given}",
        )
    if min(size) < limits.min_side:
        raise Permanent(
            "dimensions_too_small",
            f"Too small. Images need at least {limits.min_side:,} pixels a side; {given}",
        )


def decode(image: ImageFile.ImageFile, least: Size) -> Box:
    """Decode ``image`` in place, to no fewer pixels than ``least``; gives what it fills.

    A JPEG is scaled while it is decoded, by 1/2, 1/4 or 1/8, and stays in YCbCr where it is
    stored so. Raises Permanent ``damaged``.
    """
    box: Box = (0, 0, *image.size)
    with damage():
        if isinstance(image, JpegImageFile):
            drafted = image.draft("YCbCr" if _is_ycc(image) else None, least)
            box = drafted[1] if drafted else box
        image.load()
    return box if isinstance(image, JpegImageFile) else (0, 0, *image.size)


@contextmanager
def damage() -> Iterator[None]:
    """Whatever Pillow raises inside ends as Permanent ``damaged`` or ``dimensions_too_large``."""
    try:
        yield
    except (MediaError, Cancelled):
        raise
    except MemoryError as error:
        raise Transient("no_memory", "Too much for this computer's memory just now. Trying again.") from error
    except _BOMBS as error:
        raise Permanent(
            "dimensions_too_large", f"Too large. Images can have up to {MAX_PIXELS:,} pixels."
        ) from error
    except Exception as error:
        # Pillow's decoders raise nearly every built-in exception on damaged files.
        raise Permanent(
            "damaged", "Damaged. Open it in an image editor, save it again and add that."
        ) from error


def _ignore_remarks() -> None:
    """Keep Pillow's warnings from the log, for good and in every thread.

    ``warnings.catch_warnings`` would change the filters of all threads while one decodes.
    """
    if _REMARKS not in warnings.filters:
        warnings.filterwarnings("ignore", module=r"PIL\.")
        warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def _is_ycc(image: JpegImageFile) -> bool:
    """True where libjpeg will take three components as YCbCr; its rules, on the safe side."""
    if image.layers != 3:
        return False
    if "jfif" in image.info:
        return True
    if "adobe" in image.info:
        return image.info.get("adobe_transform") == 1
    return [layer[0] for layer in image.layer] == [1, 2, 3]
