"""Location after the pixels of a BMP file, the only place where one can hold any."""

from . import blob


def scrub(data: bytes, places: list[str]) -> bytes:
    """A BMP file without location, same length; the same object where there is none."""
    end = _pixels_end(data)
    rest = data[end:]
    clean = blob.scrub(rest, places, 1)
    return data if clean is rest else data[:end] + clean


def _pixels_end(data: bytes) -> int:
    """Where the pixels end by the header; the file's end where it can't be told."""
    if data[:2] != b"BM" or len(data) < 26:
        return len(data)

    def number(at: int, size: int = 4) -> int:
        return int.from_bytes(data[at : at + size], "little")

    start, header = number(10), number(14)
    if header == 12:  # OS/2: 16-bit sides, nothing compressed
        width, height, bits, packed, size = number(18, 2), number(20, 2), number(24, 2), 0, 0
    else:
        width, height = number(18), number(22)
        height = min(height, (1 << 32) - height)  # negative: top row first
        bits, packed, size = number(28, 2), number(30), number(34)
    plain = packed in (0, 3, 6)
    length = (width * bits + 31) // 32 * 4 * height if plain else size
    return min(start + length, len(data)) if length else len(data)
