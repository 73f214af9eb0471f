"""The position record of thermal cameras' data. The layout is as other readers found it out."""

from typing import Final

from .patches import Patch, apply, zeros

_HEADER = 64
_ENTRY = 32
_GPS = 0x2B
_VERSIONS: Final = range(100, 200)


def scrub(data: bytes) -> bytes:
    """An FFF block without its GPS record; same length, the same object where there is none."""
    if not data.startswith(b"FFF\0") or len(data) < _HEADER:
        return data
    order: Final = "big" if int.from_bytes(data[20:24], "big") in _VERSIONS else "little"

    def number(at: int, size: int = 4) -> int:
        return int.from_bytes(data[at : at + size], order)

    first = number(24)
    count = min(number(28), max(0, len(data) - first) // _ENTRY)
    patches: list[Patch] = []
    for entry in range(first, first + count * _ENTRY, _ENTRY):
        if number(entry, 2) == _GPS:
            start = max(number(entry + 12), first + count * _ENTRY)
            end = min(number(entry + 12) + number(entry + 16), len(data))
            patches += [*zeros(start, end), Patch(entry, bytes(2))]  # type 0: an unused record
    return apply(data, patches)
