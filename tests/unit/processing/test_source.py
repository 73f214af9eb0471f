import errno
import os
import socket
import sys

import pytest
from PIL import Image

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.processing import source as module
from artitec_media_desktop.processing.source import open_source

PHOTOS = find_slot(EntityType.COMMUNITY, "photos")
LOGO = find_slot(EntityType.COMMUNITY, "logo")
VIDEO = find_slot(EntityType.COMMUNITY, "video")
AVATAR = find_slot(EntityType.USER, "avatar")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def photo(tmp_path, drawn, encoded):
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(drawn("scene", (300, 200))))
    return path


def refusal(path, slot=PHOTOS):
    with pytest.raises(Permanent) as caught, open_source(str(path), slot):
        pass
    assert caught.value.message[0].isupper()
    assert caught.value.message.endswith(".")
    return caught.value


def test_a_photo_is_opened(photo):
    with open_source(str(photo), PHOTOS) as opened:
        assert opened.source.path == str(photo)
        assert opened.source.size == photo.stat().st_size
        assert opened.source.mtime_ns == photo.stat().st_mtime_ns
        assert opened.source.format.content_type == "image/jpeg"
        assert opened.source.note is None
        assert opened.file.read(3) == b"\xff\xd8\xff"
        assert opened.read() == photo.read_bytes()
        opened.check_unchanged()
    assert opened.file.closed


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("photo.PNG", "Its name says PNG, it is a JPEG; taken as a JPEG."),
        ("photo.mp4", "Its name says MP4, it is a JPEG; taken as a JPEG."),
        ("photo", "Its name doesn't say so, but it is a JPEG; taken as a JPEG."),
        ("photo.JPEG", None),
    ],
)
def test_a_wrong_extension_is_taken_and_said(photo, name, note):
    renamed = photo.rename(photo.with_name(name))
    with open_source(str(renamed), PHOTOS) as opened:
        assert opened.source.format.name == "JPEG"
        assert opened.source.note == note


def test_a_name_that_is_not_utf8_opens(photo):
    renamed = os.fsdecode(os.fsencode(photo.parent) + b"/f\xff.jpg")
    try:
        photo.rename(renamed)
    except OSError:
        pytest.skip("this file system takes no such names")
    with open_source(renamed, PHOTOS) as opened:
        opened.check_unchanged()


def test_what_is_no_file(tmp_path):
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    assert refusal(folder).code == "not_a_file"


@posix
def test_pipes_sockets_and_devices_are_no_files(tmp_path):
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert refusal(pipe).code == "not_a_file"
    assert refusal("/dev/zero").code == "not_a_file"
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)
        listener.bind("socket.jpg")
        assert refusal("socket.jpg").code == "not_a_file"


@posix
def test_a_pipe_put_in_place_at_the_last_moment_does_not_hang(tmp_path, photo, monkeypatch):
    facts = photo.stat()
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    with monkeypatch.context() as patched:
        patched.setattr(module.os, "stat", lambda _path: facts)
        assert refusal(pipe).code == "not_a_file"


@posix
def test_links(tmp_path, photo):
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    assert refusal(loop).code == "link_loop"
    good = tmp_path / "good.jpg"
    good.symlink_to(photo)
    with open_source(str(good), PHOTOS) as opened:
        opened.check_unchanged()
    photo.unlink()
    assert refusal(good).code == "vanished"


def test_what_is_not_there(tmp_path, photo):
    assert refusal(tmp_path / "gone.jpg").code == "vanished"
    assert refusal(photo / "below.jpg").code == "vanished"


@pytest.mark.parametrize("name", ["x" * 500 + ".jpg", "nul\0.jpg", "lone\ud800.jpg"])
def test_names_that_no_file_can_have(tmp_path, name):
    assert refusal(f"{tmp_path}/{name}").code == "bad_name"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "no_access"), (errno.EPERM, "no_access"), (errno.ENXIO, "not_a_file")],
)
def test_what_the_system_refuses(photo, monkeypatch, number, code):
    def fail(*_args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.os, "open", fail)
    assert refusal(photo).code == code


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EMFILE])
def test_a_drive_that_fails_may_work_later(photo, monkeypatch, number):
    def fail(*_args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.os, "open", fail)
    with pytest.raises(Transient) as caught, open_source(str(photo), PHOTOS):
        pass
    assert caught.value.code == "read_error"
    assert os.strerror(number) in caught.value.message


def test_a_drive_that_fails_while_it_is_read(photo):
    with open_source(str(photo), PHOTOS) as opened:

        class Failing:
            def seek(self, _at):
                raise OSError(errno.EIO, "Input/output error")

        opened.file.close()
        opened.file = Failing()
        with pytest.raises(Transient):
            opened.read()


def test_content_that_is_not_taken(tmp_path):
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"MZ" + bytes(5000))
    error = refusal(path)
    assert error.code == "unsupported_type"
    assert error.message == (
        "This is a Windows program. "
        "Add JPG, PNG, GIF, WebP, BMP, TIFF, MP4, MOV, AVI, MKV, WebM or M4V instead."
    )
    assert "WebP, BMP or TIFF" in refusal(path, LOGO).message
    path.write_bytes(b"")
    assert refusal(path).code == "empty"


def test_a_slot_for_the_other_type(photo, tmp_path):
    error = refusal(photo, VIDEO)
    assert error.code == "wrong_type_for_slot"
    assert error.message == (
        "This is a JPEG image. Video intro takes one video. "
        "Add MP4, MOV, AVI, MKV, WebM or M4V instead."
    )
    clip = tmp_path / "clip.avi"
    clip.write_bytes(b"RIFF\0\0\0\0AVI LIST" + bytes(20_000))
    assert refusal(clip, LOGO).message.startswith("This is an AVI video. Logo takes one image.")
    with open_source(str(clip), VIDEO) as opened:
        assert opened.source.format.name == "AVI"


def test_sizes(tmp_path, encoded):
    path = tmp_path / "a.jpg"
    start = encoded(Image.new("L", (60, 60)))
    path.write_bytes(start[:1023])
    assert refusal(path).code == "too_small"
    assert refusal(path).message == "Too small. Images need at least 1 KB."
    path.write_bytes(start.ljust(1024, b"\0"))
    with open_source(str(path), PHOTOS):
        pass
    for slot, most in ((PHOTOS, 20), (AVATAR, 5)):
        os.truncate(path, most * 1024 * 1024)
        with open_source(str(path), slot):
            pass
        os.truncate(path, most * 1024 * 1024 + 1)
        error = refusal(path, slot)
        assert error.code == "too_large"
        assert error.message.startswith(f"Too large. Images can be up to {most} MB;")


def changed(opened):
    with pytest.raises(Permanent) as caught:
        opened.check_unchanged()
    return caught.value.code


def test_a_file_that_grows(photo):
    with open_source(str(photo), PHOTOS) as opened:
        with photo.open("ab") as more:
            more.write(b"more")
        assert changed(opened) == "changed"
        with pytest.raises(Permanent) as caught:
            opened.read()
        assert caught.value.code == "changed"


def test_a_file_that_is_cut(photo):
    with open_source(str(photo), PHOTOS) as opened:
        os.truncate(photo, 100)
        with pytest.raises(Permanent, match="changed while"):
            opened.read()


def test_a_file_written_over_with_as_many_bytes(photo):
    with open_source(str(photo), PHOTOS) as opened:
        data = opened.read()
        photo.write_bytes(bytes(len(data)))
        os.utime(photo, ns=(0, opened.source.mtime_ns + 1))
        assert changed(opened) == "changed"


@posix
def test_another_file_under_the_name(photo):
    with open_source(str(photo), PHOTOS) as opened:
        other = photo.with_name("other")
        other.write_bytes(photo.read_bytes())
        os.utime(other, ns=(0, opened.source.mtime_ns))
        other.replace(photo)
        assert changed(opened) == "changed"


@posix
def test_a_file_that_vanishes(photo):
    with open_source(str(photo), PHOTOS) as opened:
        photo.unlink()
        assert opened.read()
        assert changed(opened) == "vanished"
