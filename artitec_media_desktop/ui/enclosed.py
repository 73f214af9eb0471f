"""Files whose bytes come with a drag: a picture from a browser, attachments of a mail.

A picture's own bytes are taken where its format is offered, else Qt's picture of it. What other
programs promise to write somewhere (XDS on X11, file promises of macOS) Qt does not hand over.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

from ..domain.limits import BY_CONTENT_TYPE

_QT_IMAGE: Final = "application/x-qt-image"
#: PNG first: programs that offer many formats make them anew, and JPEG would lose something.
_OFFERED: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff")
_NAMES: Final = ("application/x-moz-file-promise-dest-filename", "text/x-moz-url")
_WEB: Final = ("http", "https", "ftp")
#: Windows: a count, then a FILEDESCRIPTORW each, whose name begins behind 72 bytes.
_DESCRIPTOR: Final = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
_CONTENTS: Final = 'application/x-qt-windows-mime;value="FileContents";index={at}'
_DESCRIPTOR_SIZE: Final = 592
_NAME_AT: Final = 72
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file: its name, and the format its bytes are asked for by."""

    name: str
    format: str


@dataclass(frozen=True, slots=True)
class Content:
    """What came of it; a QImage where only Qt's picture was to be had."""

    name: str
    data: bytes | QImage


def enclosed_in(mime: QMimeData) -> tuple[Enclosed, ...]:
    """The files that a drag brings along, by name; their bytes are not asked for yet."""
    if promised := _promised(mime):
        return promised
    offered = set(mime.formats())
    for each in _OFFERED:
        if each in offered:
            return (Enclosed(_stem(mime) + BY_CONTENT_TYPE[each].extension, each),)
    return (Enclosed(f"{_stem(mime)}.png", _QT_IMAGE),) if mime.hasImage() else ()


def contents_of(enclosed: tuple[Enclosed, ...], mime: QMimeData) -> tuple[Content, ...]:
    """Their bytes, fetched from the other program; to be called while the drop is handled."""
    found = []
    for each in enclosed:
        if each.format == _QT_IMAGE:
            image = mime.imageData()
            data: bytes | QImage = image if isinstance(image, QImage) else b""
        else:
            data = bytes(mime.data(each.format).data())
        found.append(Content(each.name, data))
    return tuple(found)


def web_addresses(mime: QMimeData) -> list[str]:
    """The addresses in it that are no files of this machine."""
    urls = mime.urls() if mime.hasUrls() else []
    return [url.toString() for url in urls if url.scheme().lower() in _WEB]


def _promised(mime: QMimeData) -> tuple[Enclosed, ...]:
    """What Outlook and others offer on Windows; Qt passes it on by these names."""
    if not mime.hasFormat(_DESCRIPTOR):
        return ()
    raw = bytes(mime.data(_DESCRIPTOR).data())
    count = struct.unpack_from("<I", raw)[0] if len(raw) >= 4 else 0
    found = []
    for at in range(min(count, (len(raw) - 4) // _DESCRIPTOR_SIZE)):
        begin = 4 + at * _DESCRIPTOR_SIZE + _NAME_AT
        name = raw[begin : begin + 520].decode("utf-16-le", "replace").partition("\0")[0]
        found.append(Enclosed(file_name(name) or "file", _CONTENTS.format(at=at)))
    return tuple(found)


def _stem(mime: QMimeData) -> str:
    """What the picture is called, without its extension; ``picture`` where nobody says."""
    said = [_text(mime.data(each)).splitlines()[:1] for each in _NAMES if mime.hasFormat(each)]
    addresses = [line for lines in said for line in lines] + web_addresses(mime)
    for each in addresses:
        path = each.partition("?")[0].partition("#")[0]
        path = path.partition("://")[2].partition("/")[2] if "://" in path else path
        if not path.startswith("data:") and (name := PurePath(file_name(unquote(path))).stem):
            return name
    return "picture"


def file_name(text: str) -> str:
    """A name fit for a file on any system, made of the last part of a path or an address."""
    name = text.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(each for each in name if each.isprintable())
    stem, dot, extension = re.sub(r'[<>:"|?*]', "-", name).strip(" .").rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{extension[:_LONGEST]}".lstrip(".")


def _text(data: QByteArray) -> str:
    """Firefox writes UTF-16, others UTF-8."""
    raw = bytes(data.data())
    return raw.decode("utf-16-le" if b"\0" in raw else "utf-8", "replace").strip("\0\ufeff")
