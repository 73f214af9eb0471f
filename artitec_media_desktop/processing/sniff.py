"""What a file is, told from its first bytes. Its name has no say.

Sources: the formats' own signatures; ISO/IEC 14496-12 "File Type Box" and the registered brands
at mp4ra.org; RFC 8794 and RFC 9559 (EBML, Matroska); TIFF 6.0 and Adobe's DNG and BigTIFF notes.
"""

import struct
from typing import Final

from ..domain.limits import BY_CONTENT_TYPE, Format
from .kinds import words_for

#: How many bytes :func:`sniff` wants to see; fewer is fine where the file has no more.
HEAD: Final = 4096

_MP4_BRANDS: Final = (b"iso", b"mp4", b"avc", b"mp7", b"dash", b"msdh", b"mmp4", b"MSNV", b"XAVC")
#: Pictures and sound in the same container.
_OTHER_BRANDS: Final = tuple(
    b"hei hev mif msf avif avis crx jp2 jpx jpm jxl mjp M4A M4B M4P F4A aax".split()
)
#: The atoms a QuickTime file from before the file type box begins with.
_OLD_MOV_ATOMS: Final = (b"moov", b"mdat", b"wide", b"pnot", b"free", b"skip")
_DIB_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)
_TIFF_STARTS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_NEW_SUBFILE_TYPE: Final = 254
_DNG_VERSION: Final = 50706
_ENTRIES: Final = 64


def sniff(head: bytes) -> Format | None:
    """The accepted format that ``head``, a file's first :data:`HEAD` bytes, begins; else None."""
    content_type = _image(head) or _riff(head) or _iso_media(head) or _ebml(head)
    return BY_CONTENT_TYPE[content_type] if content_type else None


def looks_like(head: bytes) -> str:
    """What the file seems to be, in words for a sentence: ``a PDF document``."""
    known = sniff(head)
    if known is not None:
        return f"{article(known.name)} {known.name}"
    if head.startswith(_TIFF_STARTS):
        return "a camera raw picture"
    return words_for(head)


def article(name: str) -> str:
    """``a`` or ``an``, as the format's name is said."""
    return "an" if name in ("MP4", "M4V", "MKV", "AVI") else "a"


def _image(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _DIB_HEADERS:
        return "image/bmp"
    if head.startswith(_TIFF_STARTS) and not _is_raw(head):
        return "image/tiff"
    return None


def _is_raw(head: bytes) -> bool:
    """True for camera raw files built on TIFF, whose first page is only a small preview."""
    if head[8:10] == b"CR":
        return True
    if head[2:4] not in (b"*\0", b"\0*"):
        return False
    order = "<" if head.startswith(b"I") else ">"
    start = int.from_bytes(head[4:8], "little" if order == "<" else "big")
    for at in range(start + 2, min(start + 2 + 12 * _ENTRIES, len(head) - 11), 12):
        tag, _, _, value = struct.unpack_from(order + "HHLL", head, at)
        if tag == _DNG_VERSION or (tag == _NEW_SUBFILE_TYPE and value & 1):
            return True
        if tag > _DNG_VERSION:
            return False
    return False


def _riff(head: bytes) -> str | None:
    if not head.startswith(b"RIFF"):
        return None
    return {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}.get(head[8:12])


def _iso_media(head: bytes) -> str | None:
    """MP4, MOV or M4V by the brands; HEIC and its like share the container and are refused."""
    size, kind = int.from_bytes(head[:4], "big"), head[4:8]
    if kind != b"ftyp":
        old = kind in _OLD_MOV_ATOMS and (size == 1 or 8 <= size < 1 << 31)
        return "video/quicktime" if old else None
    brands = [head[8:12]] + [head[at : at + 4] for at in range(16, min(size, len(head) - 3), 4)]
    if brands[0].startswith(_OTHER_BRANDS):
        return None
    for brand in brands:
        if brand == b"qt  ":
            return "video/quicktime"
        if brand.startswith(b"M4V"):
            return "video/x-m4v"
        if brand.startswith(_MP4_BRANDS):
            return "video/mp4"
    return None


def _ebml(head: bytes) -> str | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    at = head.find(b"\x42\x82")
    if at < 0 or at + 3 > len(head):
        return None
    doctype = head[at + 3 : at + 3 + (head[at + 2] & 0x7F)].rstrip(b"\0")
    return {b"matroska": "video/x-matroska", b"webm": "video/webm"}.get(doctype)
