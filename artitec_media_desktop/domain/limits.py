"""What may be uploaded: formats, sizes and dimensions. Source: the platform's contract."""

from dataclasses import dataclass
from typing import Final

from .media import MediaType

KB: Final = 1024
MB: Final = 1024 * 1024
GB: Final = 1024 * MB


@dataclass(frozen=True, slots=True)
class Format:
    """An accepted file format: its content type, extensions (the first is ours), Pillow name."""

    content_type: str
    extensions: tuple[str, ...]
    media_type: MediaType
    name: str

    @property
    def extension(self) -> str:
        """With its dot: ``.jpg``."""
        return self.extensions[0]


FORMATS: Final[tuple[Format, ...]] = (
    Format("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"), MediaType.IMAGE, "JPEG"),
    Format("image/png", (".png", ".apng"), MediaType.IMAGE, "PNG"),
    Format("image/gif", (".gif",), MediaType.IMAGE, "GIF"),
    Format("image/webp", (".webp",), MediaType.IMAGE, "WebP"),
    Format("image/bmp", (".bmp", ".dib"), MediaType.IMAGE, "BMP"),
    Format("image/tiff", (".tif", ".tiff"), MediaType.IMAGE, "TIFF"),
    Format("video/mp4", (".mp4",), MediaType.VIDEO, "MP4"),
    Format("video/quicktime", (".mov", ".qt"), MediaType.VIDEO, "MOV"),
    Format("video/x-msvideo", (".avi",), MediaType.VIDEO, "AVI"),
    Format("video/x-matroska", (".mkv",), MediaType.VIDEO, "MKV"),
    Format("video/webm", (".webm",), MediaType.VIDEO, "WebM"),
    Format("video/x-m4v", (".m4v",), MediaType.VIDEO, "M4V"),
)

BY_CONTENT_TYPE: Final[dict[str, Format]] = {each.content_type: each for each in FORMATS}
BY_EXTENSION: Final[dict[str, Format]] = {
    extension: each for each in FORMATS for extension in each.extensions
}
IMAGE_NAMES: Final = "JPG, PNG, GIF, WebP, BMP or TIFF"
VIDEO_NAMES: Final = "MP4, MOV, AVI, MKV, WebM or M4V"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one kind of file; sizes in bytes, sides in pixels, all inclusive."""

    min_bytes: int
    max_bytes: int
    min_side: int = 0
    max_side: int = 0


IMAGE: Final = Limits(1 * KB, 20 * MB, 50, 8_000)
AVATAR: Final = Limits(1 * KB, 5 * MB, 100, 2_000)
VIDEO: Final = Limits(10 * KB, 500 * MB)

#: Pillow refuses to decode more than this, so a bomb is caught even with a lying header.
MAX_PIXELS: Final = IMAGE.max_side * IMAGE.max_side

#: Hamming distance (of 64 bits) up to which two pictures count as look-alikes.
DUPLICATE_THRESHOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Variant:
    """A smaller JPEG made of every picture; ``side`` bounds its longer side in pixels.

    ``crop`` makes a centre-cropped square of exactly ``side`` by ``side``.
    """

    name: str
    side: int
    quality: int
    crop: bool = False


THUMB: Final = Variant("thumb", 150, 80, crop=True)
SMALL: Final = Variant("small", 400, 85)
MEDIUM: Final = Variant("medium", 800, 85)
LARGE: Final = Variant("large", 1600, 90)
VARIANTS: Final[tuple[Variant, ...]] = (THUMB, SMALL, MEDIUM, LARGE)
VIDEO_POSTER_SECOND: Final = 1.0
CACHE_CONTROL: Final = "public, max-age=31536000, immutable"
ALT_TEXT_LENGTH: Final = 500


def size_text(count: int) -> str:
    """A number of bytes for people: ``27.4 MB``, ``6.9 GB``."""
    if count < KB:
        return "1 byte" if count == 1 else f"{count} bytes"
    if count < MB:
        return f"{count / KB:.0f} KB"
    unit, divisor = ("GB", GB) if count >= GB else ("MB", MB)
    return f"{count / divisor:.1f} {unit}".replace(".0 ", " ")
