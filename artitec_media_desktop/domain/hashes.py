"""Perceptual hashes: 64 bits, written as 16 hex digits."""

import base64
from dataclasses import asdict, dataclass, field
from typing import Any, Final

BITS: Final = 64
#: Raised whenever a hash is computed differently, so that old ones are found and made anew.
FINGERPRINT_VERSION: Final = 2
#: First bit and width. Two hashes at most 5 bits apart differ by at most one bit in at least one of
#: the three (pigeonhole). Each is of whole hex digits.
BANDS: Final[tuple[tuple[int, int], ...]] = ((0, 24), (24, 20), (44, 20))


def to_hex(value: int) -> str:
    """64 bits as 16 lower-case hex digits. Raises ValueError outside 0 … 2**64-1."""
    if not 0 <= value < 1 << BITS:
        raise ValueError("a hash has 64 bits")
    return f"{value:016x}"


def from_hex(text: str | None) -> int | None:
    """The inverse; None for what is not a 64-bit hash (NULL and '' are met in real rows)."""
    if text is None or len(text) != BITS // 4:
        return None
    try:
        return int(text, 16)
    except ValueError:
        return None


def hamming(a: int, b: int) -> int:
    """The number of differing bits, 0 … 64."""
    return (a ^ b).bit_count()


def bands(value: int) -> tuple[int, ...]:
    """The band values of a hash, for an indexed look-up of everything within 5 bits."""
    return tuple((value >> shift) & ((1 << width) - 1) for shift, width in BANDS)


def probes(value: int) -> list[list[int]]:
    """For each band, the values it has in hashes that differ there by at most one bit."""
    return [
        [band, *(band ^ (1 << bit) for bit in range(width))]
        for band, (_, width) in zip(bands(value), BANDS, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What identifies a file: its bytes exactly (``sha256``) and its look (the others).

    ``sha256`` is of the file as it was dropped, in hex; the three others are 16 hex digits,
    None for a video without a poster. ``signature`` is what the duplicate finder compares
    (``processing/signature.py``), None where no frame could be read.
    """

    sha256: str
    average: str | None = None
    perceptual: str | None = None
    difference: str | None = None
    version: int = FINGERPRINT_VERSION
    signature: bytes | None = field(default=None, repr=False)

    def as_json(self) -> dict[str, Any]:
        """Its fields; the signature as base64."""
        coded = None if self.signature is None else base64.b64encode(self.signature).decode("ascii")
        return asdict(self) | {"signature": coded}

    @classmethod
    def of_json(cls, values: dict[str, Any]) -> "Fingerprint":
        """The inverse."""
        coded = values.get("signature")
        return cls(**values | {"signature": None if coded is None else base64.b64decode(coded)})
