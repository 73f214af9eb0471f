"""Words for the kinds of file that are not taken, so that a refusal says what the file is."""

from typing import Final

_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"MZ", "a Windows program"),
    (0, b"\x7fELF", "a Linux program"),
    (0, b"\xcf\xfa\xed\xfe", "a macOS program"),
    (0, b"\xfe\xed\xfa", "a macOS program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"#!", "a script"),
    (0, b"%PDF", "a PDF document"),
    (0, b"\xc5\xd0\xd3\xc6", "an EPS drawing"),
    (0, b"%!PS-Adobe-3.0 EPSF", "an EPS drawing"),
    (0, b"%!PS-Adobe-2.0 EPSF", "an EPS drawing"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"{\\rtf", "a text document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (30, b"[Content_Types].xml", "an Office document"),
    (30, b"mimetypeapplication/vnd.oasis", "an Office document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "a ZIP archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"8BPS", "a Photoshop drawing"),
    (0, b"\0\0\x01\0", "an icon"),
    (0, b"\0\0\x02\0", "a cursor"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"IIU\0", "a camera raw picture"),
    (0, b"IIRO", "a camera raw picture"),
    (0, b"IIRS", "a camera raw picture"),
    (0, b"FUJIFILMCCD-RAW", "a camera raw picture"),
    (0, b"\x8aMNG\r\n", "an MNG animation"),
    (0, b"\x8bJNG\r\n", "a JNG picture"),
    (0, b"qoif", "a QOI picture"),
    (0, b"DDS ", "a DDS texture"),
    (0, b"gimp xcf", "a GIMP drawing"),
    (0, b"\xd7\xcd\xc6\x9a", "a WMF drawing"),
    (40, b" EMF", "an EMF drawing"),
    (0, b"ID3", "an MP3 sound file"),
    (0, b"\xff\xfb", "an MP3 sound file"),
    (0, b"OggS", "an Ogg file"),
    (0, b"fLaC", "a FLAC sound file"),
    (8, b"WAVE", "a WAV sound file"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"),
    (0, b"\0\0\x01\xba", "an MPEG video"),
    (0, b"\0\0\x01\xb3", "an MPEG video"),
    (0, b"\x1a\x45\xdf\xa3", "an unknown kind of Matroska file"),
    (0, b"SQLite format 3\0", "a database"),
    (0, b"BM", "an unknown kind of BMP"),
)

_BRANDS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"avi", "an AVIF picture"),
    (b"crx", "a camera raw picture"),
    (b"jp", "a JPEG 2000 picture"),
    (b"mjp", "a JPEG 2000 picture"),
    (b"jxl", "a JPEG XL picture"),
    (b"M4A", "an M4A sound file"),
    (b"M4B", "an M4B sound file"),
    (b"M4P", "an M4P sound file"),
    (b"F4A", "an F4A sound file"),
    (b"3g", "a 3GP video"),
    (b"hei", "a HEIC picture"),
    (b"hev", "a HEIC picture"),
    (b"mif", "a HEIF picture"),
    (b"msf", "a HEIF picture"),
)

_PAGES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"<svg", "an SVG drawing"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<?xml", "an XML document"),
)


def words_for(head: bytes) -> str:
    """What a file that is none of the accepted formats seems to be: ``a PDF document``."""
    if head[4:8] == b"ftyp":
        return _container(head)
    for at, signature, words in _SIGNATURES:
        if head.startswith(signature, at):
            return words
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if b"<svg" in start:
        return "an SVG drawing"
    for opening, words in _PAGES:
        if start.startswith(opening):
            return words
    return "text" if _is_text(head) else "an unknown kind of file"


def _container(head: bytes) -> str:
    """By any of its brands, the telling ones first: a HEIC is a HEIF too."""
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    for start, words in _BRANDS:
        if any(brand.startswith(start) for brand in brands):
            return words
    return "an unknown kind of video"


def _is_text(head: bytes) -> bool:
    """Printable UTF-8 throughout; a letter cut in two at the very end is forgiven."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return False
        text = head[: error.start].decode("utf-8")
    return bool(text) and all(each.isprintable() or each in "\t\r\n\f" for each in text)
