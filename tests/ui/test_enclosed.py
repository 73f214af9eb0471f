import struct

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage

from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.ui.drops import Dragged, paths_of
from artitec_media_desktop.ui.enclosed import contents_of, enclosed_in, file_name

DESCRIPTOR = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents";index={}'


def offered(**formats):
    mime = QMimeData()
    for name, data in formats.items():
        mime.setData(name.replace("_", "/", 1).replace("__", "-"), QByteArray(data))
    return mime


def drag(mime):
    return Dragged.of(paths_of(mime), mime)


def test_a_picture_keeps_its_bytes_and_its_name():
    mime = offered(image_jpeg=b"\xff\xd8 as it was")
    mime.setUrls([QUrl("https://example.org/homes/front%20door.webp?width=900#top")])
    dragged = drag(mime)
    assert dragged.names == ("front door.jpg",)
    assert dragged.total == 1 and dragged.kinds == {MediaType.IMAGE: 1}
    (content,) = contents_of(dragged.enclosed, mime)
    assert content.data == b"\xff\xd8 as it was"


def test_of_several_formats_the_one_that_loses_nothing_is_taken():
    mime = offered(image_jpeg=b"made anew", image_png=b"all of it", image_bmp=b"large")
    (found,) = enclosed_in(mime)
    assert (found.name, found.format) == ("picture.png", "image/png")


def test_where_only_qt_has_a_picture_it_is_written_as_png(qapp):
    mime = QMimeData()
    mime.setImageData(QImage(60, 60, QImage.Format.Format_RGB32))
    (found,) = enclosed_in(mime)
    assert found.name == "picture.png"
    assert contents_of((found,), mime)[0].data.size().width() == 60


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8"])
def test_the_name_a_browser_says(encoding):
    mime = offered(image_png=b"x")
    text = "https://example.org/a/K%C3%BCche.png\nA kitchen"
    mime.setData("text/x-moz-url", QByteArray(text.encode(encoding)))
    assert enclosed_in(mime)[0].name == "Küche.png"


def test_files_come_before_pictures_of_them():
    mime = offered(image_png=b"icon of the file")
    mime.setUrls([QUrl("file:///photos/a.jpg")])
    assert drag(mime).names == ("/photos/a.jpg",)


def test_addresses_alone_are_known_for_what_they_are():
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg")])
    dragged = drag(mime)
    assert dragged.total == 0 and dragged.links
    mime.setUrls([QUrl("mailto:dana@example.org")])
    assert not drag(mime).links


def descriptors(*names):
    raw = struct.pack("<I", len(names))
    for name in names:
        raw += bytes(72) + name.encode("utf-16-le").ljust(520, b"\0")
    return raw


def test_attachments_of_a_mail_on_windows():
    mime = QMimeData()
    mime.setData(DESCRIPTOR, QByteArray(descriptors("front.jpg", "sub\\plan: 1.png")))
    mime.setData(CONTENTS.format(0), QByteArray(b"first"))
    mime.setData(CONTENTS.format(1), QByteArray(b"second"))
    dragged = drag(mime)
    assert dragged.names == ("front.jpg", "plan- 1.png")
    assert [each.data for each in contents_of(dragged.enclosed, mime)] == [b"first", b"second"]


@pytest.mark.parametrize("raw", [b"", b"\1", struct.pack("<I", 9), descriptors("a.jpg")[:-1]])
def test_a_broken_list_of_attachments_is_none(raw):
    mime = QMimeData()
    mime.setData(DESCRIPTOR, QByteArray(raw))
    assert drag(mime).total == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.png", "evil.png"),
        (".hidden", "hidden"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("con?fig|.png", "con-fig-.png"),
        ("...", ""),
    ],
)
def test_a_name_from_outside_is_made_fit(text, name):
    assert file_name(text) == name
