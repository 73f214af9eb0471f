"""Location properties in XMP, and in any other XML, blanked in place.

Blanking works on names, not on structure: an attribute goes with its value, an element with all
it holds, whatever the prefix; so RDF's many spellings of one property need no rule each. The
length stays, spaces take the place. UTF-8, UTF-16 and UTF-32, with or without a header.
"""

import re
from bisect import bisect_right
from typing import Final

from .words import is_location, tells_position

_NAME = rb"[\w.\-:\x80-\xff]"
_TAG: Final = re.compile(rb"<(/?)(" + _NAME + rb"++)([^<>]*+)>")
_ATTRIBUTE: Final = re.compile(
    rb"(?<![\w.\-:\x80-\xff])(" + _NAME + rb"++)\s*+=\s*+(\"[^\"<]*+\"?|'[^'<]*+'?)"
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
_CAPTION: Final = re.compile(rb"(?<=>)([^<>]{7,4096}+)(?=<)")


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
    spans = _elements(text)
    spans = sorted(spans + _outside(spans, _captions(text)))
    return sorted(spans + _outside(spans, _attributes(text)))


def _outside(spans: list[tuple[int, int]], more: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of ``more`` that start in none of ``spans``; both in order, without overlaps."""
    ends = [end for _, end in spans]
    return [
        each
        for each in more
        if (index := bisect_right(ends, each[0])) == len(spans) or each[0] < spans[index][0]
    ]


def _elements(text: bytes) -> list[tuple[int, int]]:
    names = {name for _, name, _ in _TAG.findall(text)}
    telling = {name for name in names if is_location(name.decode("latin-1"))}
    # <Item name="Latitude" …>: the closing tag to look for is any Item's
    has_named = _NAMED.search(text) is not None
    named = {tag[2] for tag in _TAG.finditer(text) if _is_named(tag)} if has_named else set()
    tags = [tag for tag in _TAG.finditer(text) if tag[2] in telling or tag[2] in named]
    if not tags:
        return []
    closes = _closing(tags)
    spans: list[tuple[int, int]] = []
    done = 0
    for index, tag in enumerate(tags):
        if tag.start() >= done and (tag[2] in telling or _is_named(tag)):
            done = _extent(text, tags, closes, index)
            spans.append((tag.start(), done))
    return spans


def _is_named(tag: re.Match[bytes]) -> bool:
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


def _captions(text: bytes) -> list[tuple[int, int]]:
    """Texts between tags that spell coordinates."""
    return [match.span(1) for match in _CAPTION.finditer(text) if tells_position(match[1])]


def _attributes(text: bytes) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _ATTRIBUTE.finditer(text):
        name, value = match[1], match[2]
        if name.startswith(b"xmlns"):
            continue
        if is_location(name.decode("latin-1")) or (
            6 < len(value) <= _TEXT_LIMIT and tells_position(value)
        ):
            spans.append(match.span())
    return spans
