"""Opening and decoding pictures with Pillow: our six decoders only, and the header first.

What Pillow remarks on odd files goes nowhere; what it raises on damaged ones becomes
:class:`~artitec_media_desktop.domain.errors.Permanent`.
"""

import ctypes
import io
import logging
import re
import sys
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
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_MB: Final = 1 << 20


def _keep_memory() -> None:
    """Let the C library keep the memory of one picture for the next one.

    glibc would hand back every block of some megabytes and ask for it again, zeroed page by page
    under a lock of all threads: a tenth of a picture's time. At most 64 MB a thread stay. Source:
    mallopt(3). Nothing happens where there is no such call.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_TRIM_THRESHOLD, 64 * _MB)
            mallopt(_M_MMAP_THRESHOLD, 32 * _MB)


_keep_memory()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
logging.getLogger("PIL").setLevel(logging.CRITICAL)


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
    if not isinstance(image, JpegImageFile):
        with damage():
            image.load()
        return (0, 0, *image.size)
    with damage():
        width, height = image.size
        scale = next(
            s for s in (8, 4, 2, 1) if -(-width // s) >= least[0] and -(-height // s) >= least[1]
        )
        # Pillow takes the largest scale at which no side is smaller than asked, rounding down.
        asked = (max(width // scale, 1), max(height // scale, 1))
        image.draft("YCbCr" if _is_ycc(image) else None, asked)
        image.load()
    return (0, 0, width / scale, height / scale)


@contextmanager
def damage() -> Iterator[None]:
    """Whatever Pillow raises inside ends as Permanent ``damaged`` or ``dimensions_too_large``."""
    try:
        yield
    except (MediaError, Cancelled):
        raise
    except MemoryError as error:
        raise Transient(
            "no_memory", "Too much for this computer's memory just now. Trying again."
        ) from error
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
