"""Location properties in XMP, and in any other XML, blanked in place.

Blanking works on names, not on structure: an attribute goes with its value, an element with all
it holds, whatever the prefix; so RDF's many spellings of one property need no rule each. The
length stays, spaces take the place. UTF-8, UTF-16 and UTF-32, with or without a header.
"""

import re
from typing import Final

from .words import is_location, tells_position

_NAME = rb"[\w.\-:\x80-\xff]"
_TAG: Final = re.compile(rb"<(/?)(" + _NAME + rb"++)([^<>]*+)>")
_ATTRIBUTE: Final = re.compile(
    rb"(?<![\w.\-:\x80-\xff])(" + _NAME + rb"++)\s*+=\s*+(?:\"[^\"<]*+\"?|'[^'<]*+'?)"
)
# <Item name="Latitude" value="48"/>, as in Sony's XML
_NAMED: Final = re.compile(rb"(?:^|\s)(?:name|key)\s*+=\s*+[\"']([^\"'<]*+)[\"']", re.IGNORECASE)
_WIDE: Final = (
    (re.compile(rb"<\0\0\0[?/!A-Za-z]\0\0\0"), 4, 0),
    (re.compile(rb"\0\0\0<\0\0\0[?/!A-Za-z]"), 4, 3),
    (re.compile(rb"<\0[?/!A-Za-z]\0"), 2, 0),
    (re.compile(rb"\0<\0[?/!A-Za-z]"), 2, 1),
)
_TEXT_LIMIT: Final = 4096


def scrub(data: bytes) -> bytes:
    """The same XML without location; the same object where there is none. Never raises."""
    out = _blank(data, _spans(data), 1, 0, 0)
    for pattern, width, low in _WIDE:
        match = pattern.search(out)
        if match is not None:
            start = match.start() % width
            return _blank(out, _spans(_narrow(out, start, width, low)), width, low, start)
    return out


def _narrow(data: bytes, start: int, width: int, low: int) -> bytes:
    """One byte a character; what is not Latin-1 becomes a byte that no rule asks for."""
    usable = len(data) - (len(data) - start) % width
    units = bytearray(data[start + low : usable : width])
    for place in range(width):
        if place != low:
            for run in re.finditer(rb"[^\0]+", data[start + place : usable : width]):
                units[run.start() : run.end()] = b"\x80" * (run.end() - run.start())
    return bytes(units)


def _blank(data: bytes, spans: list[tuple[int, int]], width: int, low: int, start: int) -> bytes:
    if not spans:
        return data
    space = bytes(low) + b" " + bytes(width - 1 - low)
    out = bytearray(data)
    for first, last in spans:
        out[start + first * width : start + last * width] = space * (last - first)
    return data if out == data else bytes(out)


def _spans(text: bytes) -> list[tuple[int, int]]:
    """Non-overlapping character ranges to blank, in order."""
    tags = list(_TAG.finditer(text))
    closes = _closing(tags)
    spans: list[tuple[int, int]] = []
    done = 0
    for index, tag in enumerate(tags):
        if tag.start() < done:
            continue
        if _tells(tag):
            done = _extent(text, tags, closes, index)
            spans.append((tag.start(), done))
        elif _loose_text(text, tags, index):
            spans.append((tag.end(), tags[index + 1].start()))
    return sorted(spans + _attributes(text, spans))


def _tells(tag: re.Match[bytes]) -> bool:
    if is_location(tag[2].decode("latin-1")):
        return True
    named = _NAMED.search(tag[3])
    return named is not None and is_location(named[1].decode("latin-1"))


def _closing(tags: list[re.Match[bytes]]) -> dict[int, int]:
    """Index of an opening tag → index of the tag that closes it, matched by name."""
    opened: dict[bytes, list[int]] = {}
    closes: dict[int, int] = {}
    for index, tag in enumerate(tags):
        if not tag[1] and not tag[3].endswith(b"/"):
            opened.setdefault(tag[2], []).append(index)
        elif tag[1] and opened.get(tag[2]):
            closes[opened[tag[2]].pop()] = index
    return closes


def _extent(text: bytes, tags: list[re.Match[bytes]], closes: dict[int, int], index: int) -> int:
    """Where the element that starts at tag ``index`` ends."""
    tag = tags[index]
    if index in closes:
        return tags[closes[index]].end()
    if tag[1] or tag[3].endswith(b"/"):
        return tag.end()
    after = text.find(b"<", tag.end())  # never closed: its own text goes with it
    return len(text) if after < 0 else after


def _loose_text(text: bytes, tags: list[re.Match[bytes]], index: int) -> bool:
    """True if the text after this tag spells coordinates, as a caption may."""
    if index + 1 == len(tags):
        return False
    start, end = tags[index].end(), tags[index + 1].start()
    return 6 < end - start <= _TEXT_LIMIT and tells_position(text[start:end])


def _attributes(text: bytes, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    covered = iter([*taken, (len(text), len(text))])
    current = next(covered)
    for match in _ATTRIBUTE.finditer(text):
        while current[1] <= match.start() and current[0] < len(text):
            current = next(covered)
        if match.start() >= current[0]:
            continue
        name = match[1].decode("latin-1")
        if name.startswith("xmlns"):
            continue
        if is_location(name) or tells_position(match[0][len(match[1]) :][:_TEXT_LIMIT]):
            spans.append(match.span())
    return spans
