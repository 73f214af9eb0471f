"""Location in PNG and APNG chunks: EXIF, XMP, and texts of every kind. Chunks may get shorter.

Sources: W3C PNG 3rd edition; ImageMagick's "Raw profile" texts as they are found.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from . import blob, iptc, tiff, xmp
from .bounds import Bound
from .words import is_location, mentions_position, tells_position

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_METADATA: Final = frozenset({b"eXIf", b"zxIf", b"tEXt", b"zTXt", b"iTXt", b"caBX"})
_XMP_KEYS: Final = frozenset({b"xml:com.adobe.xmp", b"xmp"})
_PROFILE_KEY: Final = b"raw profile type "
_PROFILE: Final = re.compile(rb"\n?[^\n]*\n\s*\d+\s")  # its name and length, then digits
_MAX_INFLATED = 64 << 20
_MAX_CHUNKS = 200_000


def scrub(data: bytes, places: list[str]) -> bytes:
    """A PNG file without location; the same object where there is none.

    Pixels, frames and all other chunks stay as they are, byte for byte. Adds what it cleaned to
    ``places``. Raises Permanent (``unreadable_metadata``) for a file of nothing but chunks.
    """
    if not data.startswith(_SIGNATURE):
        return data
    cleaning = _Cleaning(places)
    out: list[bytes] = [_SIGNATURE]
    at = len(_SIGNATURE)
    for kind, end in _chunks(data):
        content = data[at + 8 : end - 4]
        clean = cleaning.chunk(kind, content)
        if clean is content:
            out.append(data[at:end])
        elif clean is not None:
            out.append(_packed(kind, clean))
        at = end
    rest = data[at:]
    clean_rest = blob.scrub(rest, places, 1)
    changed = cleaning.changed or clean_rest is not rest
    return b"".join([*out, clean_rest]) if changed else data


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Kind and end (CRC included) of each whole chunk, up to IEND."""
    at = len(_SIGNATURE)
    bound = Bound(_MAX_CHUNKS)
    while True:
        bound.count()
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return
        kind = data[at + 4 : at + 8]
        yield kind, end
        if kind == b"IEND":
            return
        at = end


def _packed(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


class _Cleaning:
    """Cleans chunk after chunk; ``changed`` tells if any of them had location."""

    def __init__(self, places: list[str]) -> None:
        self.places = places
        self.changed = False
        self._room = _MAX_INFLATED
        self._bound = Bound()

    def chunk(self, kind: bytes, content: bytes) -> bytes | None:
        """The chunk's new content, the same object to leave it alone, None to drop it."""
        if kind not in _METADATA:
            return content
        self._bound.count()
        place, new = "text", content
        inside: list[str] = []
        if kind == b"eXIf":
            place, new = "EXIF", _exif(content, inside)
        elif kind == b"zxIf":
            place, new = "EXIF", self._packed_exif(content, inside) or b""
        elif kind != b"caBX":
            new = self._text(kind, content, inside) or b""
        elif mentions_position(content):
            place, new = "content credentials", b""  # signed: can't be edited, only dropped
        if new is content:
            return content
        self.changed = True
        self.places += inside or [place]
        return new or None

    def _inflated(self, data: bytes) -> bytes | None:
        """As much as can be had of a zlib stream, damaged or not; None for a bomb."""
        stream = zlib.decompressobj()
        parts: list[bytes] = []
        try:
            while data and not stream.eof:
                parts.append(stream.decompress(data[:4096], self._room + 1))
                data = stream.unconsumed_tail + data[4096:]
                self._room -= len(parts[-1])
                if self._room < 0:
                    self._room = 0
                    return None
        except zlib.error:
            pass  # readers stop at the same byte
        return b"".join(parts)

    def _packed_exif(self, content: bytes, inside: list[str]) -> bytes | None:
        head = content[:5]  # a zero, and the size
        old = self._inflated(content[5:])
        if old is None:
            return None
        clean = _exif(old, inside)
        return content if clean is old else head + zlib.compress(clean)

    def _text(self, kind: bytes, content: bytes, inside: list[str]) -> bytes | None:
        key, _, rest = content.partition(b"\0")
        head, text, packed = key + b"\0", rest, kind == b"zTXt"
        if kind == b"iTXt":
            packed = rest[:1] == b"\1"
            fields = rest[2:].split(b"\0", 2)  # language, keyword in it, text
            if len(fields) < 3:
                return content
            text = fields[2]
        elif packed:
            text = rest[1:]  # after the compression method
        head = content[: len(content) - len(text)]
        old = self._inflated(text) if packed else text
        if old is None or is_location(key.decode("latin-1")):
            return None
        clean = _clean_text(key.lower(), old, inside)
        if clean is None or clean is old:
            return content if clean is old else None
        return head + (zlib.compress(clean) if packed else clean)


def _exif(content: bytes, inside: list[str]) -> bytes:
    header = 6 if content.startswith(b"Exif\0\0") else 0
    old = content[header:]
    clean = tiff.scrub_exif(old, inside)
    return content if clean is old or clean == old else content[:header] + clean


def _clean_text(key: bytes, text: bytes, inside: list[str]) -> bytes | None:
    """The text without location, the same object where there is none, None to drop it."""
    if key in _XMP_KEYS or b"<rdf:RDF" in text:
        clean = xmp.scrub(text)
        if clean is not text:
            inside.append("XMP")
        return clean
    if key.startswith(_PROFILE_KEY):
        return _clean_profile(text, inside)
    return None if tells_position(text) else text


def _clean_profile(text: bytes, inside: list[str]) -> bytes | None:
    """A block of metadata in hexadecimal, of which the lines stay as they are."""
    match = _PROFILE.match(text)
    head = text[: match.end()] if match is not None else b""
    digits = text[len(head) :]
    try:
        old = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return None if mentions_position(text) else text
    clean = _clean_block(old, inside)
    if clean == old:
        return text
    fresh = iter(clean.hex().encode())
    lines = bytes(each if each in b" \t\r\n\f\v" else next(fresh) for each in digits)
    return head + lines


def _clean_block(old: bytes, inside: list[str]) -> bytes:
    if old.startswith(b"8BIM"):
        return iptc.scrub_photoshop(old, inside, 0)
    if old.startswith(b"\x1c"):
        new = iptc.scrub(old)
        inside += ["IPTC"] if new is not old else []
        return new
    clean = xmp.scrub(old)
    if clean is not old:
        inside.append("XMP")
    return blob.scrub(_exif(clean, inside), inside, 1)
