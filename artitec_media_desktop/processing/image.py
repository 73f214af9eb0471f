"""A picture's bytes in; what is stored of it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

from ..domain.errors import MediaError, Permanent
from ..domain.limits import IMAGE, MAX_PIXELS, Format, Limits
from ..domain.media import MediaType
from ..domain.work import ignore
from .colour import expanded, flattened, leaves_srgb, to_srgb
from .decode import check_dimensions, damage, decode, open_picture
from .exif import QUARTER_TURNS, TRANSPOSES, read_exif
from .hashes import LookHashes, look_hashes, reduced
from .resample import Size
from .sniff import HEAD, sniff
from .source import check_bytes, open_regular
from .variants import EncodedVariant, Planes, encode, fitted, make_variants, working_size

_ANIMATED: Final = frozenset({"image/gif", "image/png", "image/webp"})
#: A frame of a video may have any size that can be decoded.
_POSTER: Final = Limits(0, 256 * 1024 * 1024, 1, MAX_PIXELS)
_PREVIEW: Final = Limits(0, IMAGE.max_bytes, 1, IMAGE.max_side)
_PREVIEW_QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class ProcessedImage:
    """Everything an upload stores of a picture.

    ``width`` and ``height`` are those of the picture as it is shown; ``exif`` holds JSON values
    (see :func:`~.exif.read_exif`); ``original`` is the file, ``gps_removed`` where it had
    location; the three hashes are 16 hex digits each, ``signature`` is that of
    :mod:`.signature` as bytes.
    """

    width: int
    height: int
    exif: dict[str, Any]
    animated: bool
    original: bytes
    gps_removed: tuple[str, ...]
    variants: tuple[EncodedVariant, ...]
    average: str
    perceptual: str
    difference: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class ProcessedPoster:
    """What is stored of a video's poster; see :class:`ProcessedImage`."""

    width: int
    height: int
    variants: tuple[EncodedVariant, ...]
    average: str
    perceptual: str
    difference: str


def process_image(
    data: bytes,
    fmt: Format,
    limits: Limits,
    *,
    strip_gps: bool = True,
    check_cancelled: Callable[[], None] = ignore,
) -> ProcessedImage:
    """Check, strip, decode once, and make every variant and hash.

    Raises Permanent with ``dimensions_too_small``, ``dimensions_too_large`` (both from the
    header, before anything is decoded), ``damaged`` or, for metadata that can't be cleaned, a
    code of :mod:`.gps`; and what ``check_cancelled`` raises, which is called between steps.
    """
    picture = _Picture(data, fmt, limits)
    check_cancelled()
    original, removed = _without_location(data, fmt) if strip_gps else (data, ())
    check_cancelled()
    planes = picture.planes(working_size(picture.size))
    check_cancelled()
    hashes, signature = _look(planes.luma)
    variants = make_variants(planes, picture.size, check_cancelled)
    return ProcessedImage(
        *picture.size,
        picture.exif,
        picture.animated,
        original,
        removed,
        variants,
        *hashes,
        signature,
    )


def process_poster(data: bytes) -> ProcessedPoster:
    """The variants and hashes of a video's frame, given as an encoded picture.

    Raises Permanent ``damaged``.
    """
    fmt = sniff(data[:HEAD])
    if fmt is None or fmt.media_type is not MediaType.IMAGE:
        raise Permanent("damaged", "Damaged. Its poster can't be read.")
    picture = _Picture(data, fmt, _POSTER)
    planes = picture.planes(working_size(picture.size))
    variants = make_variants(planes, picture.size)
    return ProcessedPoster(*picture.size, variants, *look_hashes(planes.luma))


def look_of(data: bytes) -> tuple[LookHashes, bytes]:
    """The hashes and the signature of a picture that is stored already, of whatever size.

    Raises Permanent ``not_an_image`` and ``damaged``.
    """
    picture = _opened(data)
    return _look(picture.planes(working_size(picture.size)).luma)


def rgb_of(data: bytes, least: int) -> Image.Image:
    """A stored picture as it is shown: upright, in RGB, on white; raises as ``look_of``.

    A JPEG is scaled while it is decoded, to sides of no less than ``least`` pixels.
    """
    return _opened(data).rgb(least)


def _opened(data: bytes) -> "_Picture":
    fmt = sniff(data[:HEAD])
    if fmt is None or fmt.media_type is not MediaType.IMAGE:
        raise Permanent("not_an_image", "No picture. Its format is not one of ours.")
    return _Picture(data, fmt, _POSTER)


def _look(luma: Image.Image) -> tuple[LookHashes, bytes]:
    from .signature import Signature

    small = reduced(luma)
    return look_hashes(small), Signature.of(small).to_bytes()


def _without_location(data: bytes, fmt: Format) -> tuple[bytes, tuple[str, ...]]:
    from .gps import strip_image

    stripped = strip_image(data, fmt.content_type)
    return stripped.data, tuple(stripped.removed)


def preview(path: str, pixels: int) -> bytes | None:
    """A small JPEG of a picture file, its longer side at most ``pixels``; None where it can't."""
    try:
        with open_regular(path) as (file, facts):
            check_bytes(facts.st_size, _PREVIEW, MediaType.IMAGE)
            return preview_of(file.read(facts.st_size), pixels)
    except (MediaError, OSError):
        return None


def preview_of(data: bytes, pixels: int) -> bytes | None:
    """The same of a picture's bytes."""
    fmt = sniff(data[:HEAD])
    if fmt is None or fmt.media_type is not MediaType.IMAGE:
        return None
    try:
        picture = _Picture(data, fmt, _PREVIEW)
        size = picture.size if max(picture.size) <= pixels else fitted(picture.size, pixels)
        return encode(picture.planes(size).joined(), _PREVIEW_QUALITY)
    except MediaError:
        return None


class _Picture:
    """An open picture: what its header says at once, its pixels when they are asked for."""

    def __init__(self, data: bytes, fmt: Format, limits: Limits) -> None:
        self._image = open_picture(data, fmt)
        check_dimensions(self._image.size, limits)
        if fmt.content_type == "image/png":
            # Its EXIF may follow the pixels. Asked for it, Pillow would decode them by the way, and
            # a fault of theirs would be taken for one of the EXIF.
            self._load()
        self.exif = read_exif(self._image)
        self._transpose = TRANSPOSES.get(self.exif.get("orientation", 1))
        if fmt.content_type == "image/tiff":
            # Pillow turns it by itself.
            self._load()
            self._transpose = None
        with damage():
            frames = getattr(self._image, "is_animated", False)
        self.animated = fmt.content_type in _ANIMATED and bool(frames)
        self.size = self._turned(self._image.size)

    def _load(self) -> None:
        with damage():
            self._image.load()

    def planes(self, size: Size) -> Planes:
        """Decode; upright, in sRGB and at ``size``, which is no larger than the picture's. Once."""
        size = self._turned(size)
        box = decode(self._image, size)
        profile = self._image.info.get("icc_profile")
        with damage():
            image = expanded(self._image)
            if image.mode in ("L", "YCbCr"):
                planes = Planes.of(image).resized(size, box)
                if not leaves_srgb(profile):
                    planes = Planes.of(to_srgb(planes.joined(), profile))
            else:
                small = image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
                planes = Planes.of(to_srgb(flattened(small), profile))
        self._image.close()
        return planes.upright(self._transpose)

    def rgb(self, least: int) -> Image.Image:
        """Decode; see :func:`rgb_of`. Once."""
        width, height = self._image.size
        decode(self._image, (min(least, width), min(least, height)))
        profile = self._image.info.get("icc_profile")
        with damage():
            image = to_srgb(flattened(expanded(self._image)), profile).convert("RGB")
        self._image.close()
        image.info = {}  # whoever writes it on would write the original's comment
        return image if self._transpose is None else image.transpose(self._transpose)

    def _turned(self, size: Size) -> Size:
        return size[::-1] if self._transpose in QUARTER_TURNS else size
