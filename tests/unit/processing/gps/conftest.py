"""Files built byte by byte, and an independent reader to look at them."""

import io
import json
import os
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

EXIF_HEADER = b"Exif\0\0"
XMP_HEADER = b"http://ns.adobe.com/xap/1.0/\0"


class Make:
    """Smallest files of each kind. Positions are 48.8584 N, 2.2945 E."""

    xmp_header = XMP_HEADER

    def picture(self, kind: str = "JPEG", **options: Any) -> bytes:
        out = io.BytesIO()
        Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(out, kind, **options)
        return out.getvalue()

    # TIFF and EXIF

    def ifd(self, entries: list[tuple[int, int, Any]], at: int, order: str, big: bool) -> bytes:
        """A directory at offset ``at``: (tag, type, value), its longer values right after it."""
        code, slot, size = ("Q", 8, 20) if big else ("I", 4, 12)
        head = struct.pack(order + ("Q" if big else "H"), len(entries))
        after = at + len(head) + size * len(entries) + slot
        body, extra = b"", b""
        for tag, kind, value in entries:
            if not isinstance(value, bytes):
                form = {3: "H", 4: "I", 5: "I", 13: "I", 16: "Q"}[kind]
                numbers = value if isinstance(value, tuple) else (value,)
                value = struct.pack(f"{order}{len(numbers)}{form}", *numbers)
            width = {3: 2, 4: 4, 5: 8, 12: 8, 13: 4, 16: 8}.get(kind, 1)
            field = value.ljust(slot, b"\0")
            if len(value) > slot:
                field = struct.pack(order + code, after + len(extra))
                extra += value + b"\0" * (len(value) % 2)
            body += struct.pack(order + "HH" + code, tag, kind, len(value) // width) + field
        return head + body + bytes(slot) + extra

    def gps(self, at: int, order: str, big: bool = False) -> bytes:
        entries = [
            (1, 2, b"N\0"),
            (2, 5, (48, 1, 51, 1, 3024, 100)),
            (3, 2, b"E\0"),
            (4, 5, (2, 1, 17, 1, 4020, 100)),
            (29, 2, b"2024:05:07\0"),
        ]
        return self.ifd(entries, at, order, big)

    def tiff(
        self,
        order: str = "<",
        big: bool = False,
        gps: bool = True,
        more: list[tuple[int, int, Any]] | None = None,
    ) -> bytes:
        """Make, some more entries, and a GPS directory after all else."""
        mark = b"II" if order == "<" else b"MM"
        head = mark + (
            struct.pack(order + "HHHQ", 43, 8, 0, 16) if big else struct.pack(order + "HI", 42, 8)
        )

        def main(pointer: int) -> bytes:
            entries = [(0x010F, 2, b"Acme Cameras\0"), *(more or [])]
            if gps:
                entries.append((0x8825, 16 if big else 4, pointer))
            return self.ifd(sorted(entries, key=lambda each: each[0]), len(head), order, big)

        first = main(0)
        at = len(head) + len(first)
        return head + main(at) + (self.gps(at, order, big) if gps else b"")

    # JPEG

    def segment(self, marker: int, content: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content

    def jpeg(self, *segments: bytes, after: bytes = b"") -> bytes:
        plain = self.picture()
        return plain[:2] + b"".join(segments) + plain[2:] + after

    def mpf(self, second: bytes, *segments: bytes) -> bytes:
        """A picture whose MPF index, in front of ``segments``, names a second one after it."""

        def whole(size: int, offset: int) -> bytes:
            index = struct.pack(">LLLHH", 0x030000, size, 0, 0, 0)
            index += struct.pack(">LLLHH", 0, len(second), offset, 0, 0)
            entries = [(0xB000, 7, b"0100"), (0xB001, 4, 2), (0xB002, 7, index)]
            content = b"MPF\0MM\0\x2a\0\0\0\x08" + self.ifd(entries, 8, ">", False)
            return self.jpeg(self.segment(0xE2, content), *segments)

        size = len(whole(0, 0))
        return whole(size, size - 10) + second  # offsets count from after SOI, length and "MPF"

    def exif_segment(self, tiff: bytes | None = None) -> bytes:
        return self.segment(0xE1, EXIF_HEADER + (self.tiff() if tiff is None else tiff))

    def xmp(self, inside: str, attributes: str = "") -> bytes:
        return (
            '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
            'rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
            f'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {attributes}>'
            "<dc:format>image/jpeg</dc:format>"
            f'{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        ).encode()

    @property
    def gps_xmp(self) -> bytes:
        return self.xmp(
            "<exif:GPSLongitude>2,17.67E</exif:GPSLongitude>", 'exif:GPSLatitude="48,51.504N"'
        )

    # IPTC and Photoshop

    def dataset(self, number: int, value: bytes) -> bytes:
        return struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value

    def resource(self, kind: int, content: bytes) -> bytes:
        head = b"8BIM" + struct.pack(">H", kind) + b"\0\0" + struct.pack(">I", len(content))
        return head + content + b"\0" * (len(content) % 2)

    # PNG

    def chunk(self, kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    def png(self, *chunks: bytes, after: bytes = b"") -> bytes:
        plain = self.picture("PNG")
        return plain[:33] + b"".join(chunks) + plain[33:] + after  # IHDR ends at 33

    # RIFF

    def riff_chunk(self, kind: bytes, content: bytes) -> bytes:
        return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)

    def webp(self, *chunks: bytes, after: bytes = b"") -> bytes:
        plain = self.picture("WEBP")
        body = plain[12:] + b"".join(chunks)
        flags = self.riff_chunk(b"VP8X", bytes([0x0C, 0, 0, 0, 63, 0, 0, 47, 0, 0]))
        whole = b"WEBP" + flags + body
        return b"RIFF" + struct.pack("<I", len(whole)) + whole + after

    def avi(self, *chunks: bytes) -> bytes:
        header = self.riff_chunk(b"LIST", b"hdrl" + self.riff_chunk(b"avih", bytes(56)))
        movie = self.riff_chunk(b"LIST", b"movi" + self.riff_chunk(b"00dc", b"pixels" * 10))
        return self.riff_chunk(b"RIFF", b"AVI " + header + b"".join(chunks) + movie)

    # MP4

    def box(self, kind: bytes, *content: bytes) -> bytes:
        body = b"".join(content)
        return struct.pack(">I", len(body) + 8) + kind + body

    def track(
        self, handler: bytes, entry: bytes, samples: list[int], at: int, *tables: bytes
    ) -> bytes:
        """A track of one chunk at file offset ``at`` holding samples of the given sizes.

        ``tables`` take the place of the boxes that say so.
        """
        full = bytes(4)
        count = struct.pack(">I", len(samples))
        table = self.box(
            b"stbl",
            self.box(b"stsd", full, struct.pack(">I", 1), entry),
            self.box(b"stts", full, struct.pack(">III", 1, len(samples), 1000)),
            *(
                tables
                or (
                    self.box(b"stsc", full, struct.pack(">IIII", 1, 1, len(samples), 1)),
                    self.box(
                        b"stsz", full, bytes(4), count, struct.pack(f">{len(samples)}I", *samples)
                    ),
                    self.box(b"stco", full, struct.pack(">II", 1, at)),
                )
            ),
        )
        media = self.box(
            b"mdia",
            self.box(b"mdhd", full, struct.pack(">IIIIHH", 0, 0, 1000, 1000, 0x55C4, 0)),
            self.box(b"hdlr", full, bytes(4), handler, bytes(12), b"\0"),
            self.box(b"minf", self.box(b"nmhd", full), table),
        )
        return self.box(b"trak", self.box(b"tkhd", full, bytes(80)), media)

    def mp4(self, *inside: bytes, media: bytes = b"pixels" * 20, after: bytes = b"") -> bytes:
        """Media data from byte 32 on, then a moov with ``inside``, then ``after``."""
        kind = self.box(b"ftyp", b"isom\0\0\2\0isomiso2")
        movie = self.box(
            b"moov",
            self.box(b"mvhd", bytes(12), struct.pack(">II", 1000, 1000), bytes(80)),
            *inside,
        )
        return kind + self.box(b"mdat", media) + movie + after

    # Matroska

    def element(self, kind: int, *content: bytes) -> bytes:
        body = b"".join(content)
        head = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
        return head + ((1 << 56) | len(body)).to_bytes(8, "big") + body

    def mkv(self, *inside: bytes) -> bytes:
        head = self.element(0x1A45DFA3, self.element(0x4282, b"matroska"))
        cluster = self.element(0x1F43B675, self.element(0xA3, b"pixels" * 10))
        return head + self.element(0x18538067, *inside, cluster)

    def tag(self, name: bytes, value: bytes) -> bytes:
        simple = self.element(0x67C8, self.element(0x45A3, name), self.element(0x4487, value))
        return self.element(0x7373, simple)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


_PLACE = re.compile(r"GPS|Latitude|Longitude|[Ll]ocation|:City|:Country|:State|Province|Landmark")
_NO_PLACE = re.compile(r"ISOSpeedLatitude|SubjectLocation")


class ExifTool:
    """Reads and writes tags with exiftool, which shares no code with us; one process for all."""

    def __init__(self, program: str, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [program, "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def close(self) -> None:
        self.process.communicate("-stay_open\nFalse\n", timeout=60)

    def write(self, data: bytes, name: str, *tags: str) -> bytes:
        path = self.folder / name
        path.write_bytes(data)
        self._run("-m", "-overwrite_original", *tags, str(path))
        return path.read_bytes()

    def tags(self, data: bytes, name: str) -> dict[str, Any]:
        """All tags, embedded files and timed data included, but not those of the file itself."""
        path = self.folder / name
        path.write_bytes(data)
        told = json.loads(self._run("-a", "-G1:4", "-ee3", "-n", "-j", str(path)))[0]
        return {
            key: value
            for key, value in told.items()
            if not key.startswith(("System:", "SourceFile", "ExifTool:ExifToolVersion"))
        }

    def positions(self, tags: dict[str, Any]) -> dict[str, Any]:
        """Those that tell a place."""
        return {
            key: value
            for key, value in tags.items()
            if _PLACE.search(key) and not _NO_PLACE.search(key)
        }

    def _run(self, *arguments: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n".join([*arguments, "-execute\n"]))
        self.process.stdin.flush()
        lines: list[str] = []
        for line in self.process.stdout:
            if line.startswith("{ready"):
                break
            lines.append(line)
        return "".join(lines)


@pytest.fixture(scope="session")
def exiftool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExifTool]:
    program = shutil.which("exiftool")
    if program is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("exiftool is missing: install libimage-exiftool-perl")
        pytest.skip("exiftool is not installed (libimage-exiftool-perl)")
    tool = ExifTool(program, tmp_path_factory.mktemp("exiftool"))
    yield tool
    tool.close()
