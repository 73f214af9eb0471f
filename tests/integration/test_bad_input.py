"""What people drop by mistake, and what others send to do harm: each ends with a sentence."""

import json
import os
import socket
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from artitec_media_desktop.processing.drawing import draw_room

PHOTO = draw_room(640, 480)


def png_header(width, height, data=b""):
    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def picture(kind, size=(640, 480), **save):
    out = BytesIO()
    Image.open(BytesIO(PHOTO)).resize(size).save(out, kind, **save)
    return out.getvalue()


def bomb():
    return png_header(30_000, 30_000, zlib.compress(b"\0" * 50_000_000, 9))


def lying_bomb():
    """The header says 7,999 a side, which the limits allow; there is little behind it."""
    return png_header(7_999, 7_999, zlib.compress(b"\0" * 2_000_000, 9))


def wide_bmp():
    header = struct.pack("<IiiHHIIiiII", 40, 20_001, 10, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 3000, 0, 0, 54) + header + b"\0" * 3000


FILES = {
    "empty.jpg": (b"", "empty"),
    "tiny.jpg": (b"\xff\xd8\xff\xe0 too little", "too_small"),
    "truncated.jpg": (PHOTO[: len(PHOTO) // 2], "damaged"),
    "truncated.png": (picture("PNG")[:5000], "damaged"),
    "notes.jpg": (b"These are my notes. " * 200, "unsupported_type"),
    "program.jpg": (b"MZ\x90\0" + b"\0" * 4000 + b"This program cannot be run", "unsupported_type"),
    "linux.png": (b"\x7fELF\2\1\1" + b"\0" * 4000, "unsupported_type"),
    "document.pdf": (b"%PDF-1.7\n" + b"x" * 4000, "unsupported_type"),
    "drawing.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" * 60, "unsupported_type"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 4000, "unsupported_type"),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 4000, "unsupported_type"),
    "one.png": (picture("PNG", (1, 1)) + b"\0" * 2000, "dimensions_too_small"),
    "small.png": (picture("PNG", (49, 200)) + b"\0" * 2000, "dimensions_too_small"),
    "wide.png": (png_header(20_001, 10, b"x" * 2000), "dimensions_too_large"),
    "wide.bmp": (wide_bmp(), "dimensions_too_large"),
    "bomb.png": (bomb(), "dimensions_too_large"),
    "lying.png": (lying_bomb(), "damaged"),
    "large.jpg": (PHOTO + b"\0" * (21 << 20), "too_large"),
    "bad.mp4": (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + os.urandom(20_000), None),
    "short.avi": (b"RIFF\x10\0\0\0AVI LIST" + b"\0" * 100, "too_small"),
    "line\nbreak.jpg": (PHOTO, "bad_name"),
    "photo\u202egpj.exe": (PHOTO, "bad_name"),
    "mark\u200f.jpg": (PHOTO, "bad_name"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "dropped"
    folder.mkdir()
    return folder


def test_each_file_ends_with_a_code_and_a_sentence_and_the_rest_goes_on(media, folder):
    for name, (data, _code) in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "good.jpg").write_bytes(draw_room(641, 480))
    result = media(
        "upload", str(folder), "--to", "community:CMY-456/photos", timeout=10 * len(FILES)
    )
    assert media.status == 1
    assert [each["original_filename"] for each in result["uploaded"]] == ["good.jpg"]
    failed = {Path(each["file"]).name: each for each in result["failed"]}
    assert set(failed) == set(FILES)
    for name, (_data, code) in FILES.items():
        assert code is None or failed[name]["code"] == code, failed[name]
        assert_sentence(failed[name]["message"])
    assert result["failed_count"] == len(FILES)
    assert "Traceback" not in media.errors
    check = media("check")
    assert media.status == 0, check
    assert len(check["orphan_objects"]) == 0


def assert_sentence(text):
    assert text[0].isupper() or text[0] == "“", text
    assert text.endswith("."), text
    assert text.isprintable(), text
    for word in ("Error", "Exception", "None", "errno", "0x"):
        assert word not in text, text


@pytest.mark.skipif(os.name == "nt", reason="no such things there")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: os.mkfifo(p), "not_a_file"),
        (lambda p: p.symlink_to("/dev/zero"), "not_a_file"),
        (lambda p: p.symlink_to(p), "link_loop"),
        (lambda p: p.mkdir(), "empty_folder"),
        (lambda p: None, "vanished"),
        (lambda p: bind(p), "not_a_file"),
    ],
    ids=["fifo", "device", "link loop", "folder", "gone", "socket"],
)
def test_what_is_no_file_ends_at_once(media, folder, make, code):
    path = folder / "x.jpg"
    make(path)
    (folder / "good.jpg").write_bytes(PHOTO)
    result = media(
        "upload", str(path), str(folder / "good.jpg"), "--to", "community:CMY-456/photos"
    )
    (problem,) = result["failed"] + result["skipped"]
    assert problem["code"] == code
    assert_sentence(problem["message"])
    assert result["uploaded_count"] == 1


def bind(path):
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.skipif(
    os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text there"
)
def test_a_name_that_is_no_text(media, folder):
    path = os.path.join(os.fsencode(folder), b"\xff\xfe\xfd.jpg")
    with open(path, "wb") as file:
        file.write(PHOTO)
    result = media("upload", str(folder), "--to", "community:CMY-456/photos")
    (problem,) = result["failed"]
    assert problem["code"] == "bad_name"
    assert_sentence(problem["message"])
    assert r"\xff\xfe\xfd.jpg" in problem["file"]


def test_a_name_of_500_letters(media, folder):
    result = media("upload", str(folder / ("x" * 500 + ".jpg")), "--to", "community:CMY-456/photos")
    (problem,) = result["failed"]
    assert problem["code"] == "bad_name"
    assert_sentence(problem["message"])


def test_slots_refuse_what_they_do_not_take(media, folder):
    (folder / "wide.jpg").write_bytes(draw_room(2100, 1400))
    (folder / "small.jpg").write_bytes(draw_room(90, 90) + b"\0" * 1000)
    result = media("upload", str(folder), "--to", "user:USR-123/avatar")
    assert {each["code"] for each in result["failed"]} == {
        "dimensions_too_large", "dimensions_too_small",
    }  # fmt: skip
    result = media("upload", str(folder / "wide.jpg"), "--to", "builder:BLD-012/video")
    assert result["failed"][0]["code"] == "wrong_type_for_slot"
    assert (
        media("upload", str(folder / "wide.jpg"), "--to", "user:USR-123/cover")["uploaded_count"]
        == 1
    )


def test_a_full_disk_loses_nothing(media, folder):
    """No file of the program may grow beyond 300 KB: the original does not fit."""
    media("entities")
    noise = Image.effect_noise((1500, 1000), 90).convert("RGB")
    noise.save(folder / "a.jpg", quality=90)
    assert (folder / "a.jpg").stat().st_size > 400_000
    upload = ("upload", str(folder / "a.jpg"), "--to", "community:CMY-456/photos", "--json")
    program = (sys.executable, "-m", "artitec_media_desktop", "--home", str(media.home))
    done = subprocess.run(
        ["prlimit", "--fsize=300000", *program, *upload],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (problem,) = json.loads(done.stdout)["failed"]
    assert problem["code"] == "disk_full"
    assert_sentence(problem["message"])
    assert media("queue")[0]["state"] == "queued"
    media("queue", "resume")
    assert media.status == 0
    assert media("list")["total"] == 1
    media("check")
    assert media.status == 0
