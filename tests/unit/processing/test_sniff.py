import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from artitec_media_desktop.processing.sniff import looks_like, sniff


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    body = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + b"\0\0\0\x08free"


def ebml(doctype: bytes) -> bytes:
    body = b"\x42\x86\x81\x01\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(body)]) + body


def tiff(order: str, *entries: tuple[int, int, int, int]) -> bytes:
    magic = b"II*\0" if order == "<" else b"MM\0*"
    directory = b"".join(struct.pack(order + "HHLL", *each) for each in entries)
    return magic + struct.pack(order + "LH", 8, len(entries)) + directory + bytes(4)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_every_picture_format_is_known(encoded, name):
    fmt = sniff(encoded(Image.new("RGB", (60, 60)), name))
    assert fmt is not None
    assert fmt.name.upper() == name


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"BM" + bytes(12) + struct.pack("<I", 12), "image/bmp"),
        (b"BM" + bytes(12) + struct.pack("<I", 124), "image/bmp"),
        (tiff("<", (256, 4, 1, 60)), "image/tiff"),
        (tiff(">", (256, 4, 1, 60)), "image/tiff"),
        (b"II+\0\x08\0\0\0" + struct.pack("<Q", 16), "image/tiff"),
        (b"MM\0+\0\x08\0\0" + struct.pack(">Q", 16), "image/tiff"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        (ftyp(b"isom", b"isom", b"avc1"), "video/mp4"),
        (ftyp(b"mp42"), "video/mp4"),
        (ftyp(b"3gp4", b"isom", b"3gp4"), "video/mp4"),
        (ftyp(b"qt  ", b"qt  "), "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\x10\0mdat", "video/quicktime"),
        (b"\0\0\x40\0moov\0\0\0\x6cmvhd", "video/quicktime"),
        (ftyp(b"M4V ", b"isom", b"mp42"), "video/x-m4v"),
        (ebml(b"matroska"), "video/x-matroska"),
        (ebml(b"webm"), "video/webm"),
    ],
)
def test_the_content_decides(head, content_type):
    fmt = sniff(head)
    assert fmt is not None
    assert fmt.content_type == content_type


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (ftyp(b"heic", b"mif1", b"heic"), "a HEIC picture"),
        (ftyp(b"mif1", b"mif1", b"heic"), "a HEIC picture"),
        (ftyp(b"mif1", b"mif1", b"avif"), "an AVIF picture"),
        (ftyp(b"avif", b"mif1", b"miaf"), "an AVIF picture"),
        (ftyp(b"avis", b"isom"), "an AVIF picture"),
        (ftyp(b"M4A ", b"isom"), "an M4A sound file"),
        (ftyp(b"3gp4", b"3gp4"), "a 3GP video"),
        (ftyp(b"crx ", b"isom"), "a camera raw picture"),
        (tiff("<", (254, 4, 1, 1), (256, 4, 1, 160)), "a camera raw picture"),
        (tiff(">", (254, 4, 1, 0), (50706, 1, 4, 0x01040000)), "a camera raw picture"),
        (b"II*\0\x10\0\0\0CR\2\0", "a camera raw picture"),
        (b"MZ\x90\0", "a Windows program"),
        (b"\x7fELF\2\1\1", "a Linux program"),
        (b"#!/bin/sh\necho", "a script"),
        (b"%PDF-1.7", "a PDF document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "an EPS drawing"),
        (b"\xc5\xd0\xd3\xc6 \0\0\0", "an EPS drawing"),
        (b"%!PS-Adobe-3.0\n", "a PostScript document"),
        (b"PK\x03\x04\x14\0", "a ZIP archive"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "an Office document"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "a web page"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "an SVG drawing"),
        (b"<?xml version='1.0'?><kml/>", "an XML document"),
        (b"8BPS\0\1", "a Photoshop drawing"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a WAV sound file"),
        (ebml(b"other"), "an unknown kind of Matroska file"),
        (b"BM" + bytes(60), "an unknown kind of BMP"),
        ("Grüße aus dem Büro\n".encode(), "text"),
        ("Grüß".encode()[:-1], "text"),
        (bytes(64), "an unknown kind of file"),
        (b"", "an unknown kind of file"),
    ],
)
def test_what_is_not_taken_is_named(head, words):
    assert sniff(head) is None
    assert looks_like(head) == words


def test_what_is_taken_is_named_too():
    assert looks_like(b"\xff\xd8\xff\xe0") == "a JPEG"
    assert looks_like(ftyp(b"mp42")) == "an MP4"


@given(
    st.sampled_from(
        [b"", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\0\x18ftyp", b"\x1a\x45\xdf\xa3", b"BM"]
    ),
    st.binary(max_size=200),
)
def test_no_bytes_are_too_odd(start, rest):
    fmt = sniff(start + rest)
    assert looks_like(start + rest).endswith(fmt.name if fmt else "")
