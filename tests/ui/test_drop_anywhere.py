import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QUrl
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.ui.drop_anywhere import DropAnywhere
from tests.ui.library.dragger import Dragger, mime_of


@pytest.fixture
def anywhere(light, qtbot):
    window = QWidget()
    window.resize(800, 600)
    pages = QWidget(window)
    pages.setGeometry(100, 0, 700, 560)
    qtbot.addWidget(window)
    window.show()
    return DropAnywhere(window, pages)


def test_it_says_what_will_happen_and_hands_the_files_over(anywhere, qtbot):
    drag = Dragger(anywhere.parent(), mime_of("/a.jpg", "/b.mov"))
    drag.enter(QPoint(20, 20))
    assert anywhere.overlay.isVisible()
    assert anywhere.overlay.geometry().left() == 100
    assert anywhere.overlay.title == "Drop to add 2 files"
    assert anywhere.overlay.text == "1 image and 1 video · choose a place in Uploads"
    with qtbot.waitSignal(anywhere.dropped) as dropped:
        assert drag.drop(QPoint(20, 20)).isAccepted()
    assert dropped.args[0].paths == ("/a.jpg", "/b.mov")
    assert not anywhere.overlay.isVisible()


def test_a_picture_of_a_browser_is_read_when_it_is_let_go(anywhere, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/front.png")])
    mime.setData("image/png", QByteArray(b"bytes"))
    drag = Dragger(anywhere.parent(), mime)
    drag.enter(QPoint(20, 20))
    with qtbot.waitSignal(anywhere.dropped) as dropped:
        drag.drop(QPoint(20, 20))
    (content,) = dropped.args[0].contents
    assert (content.name, content.data) == ("front.png", b"bytes")


def test_a_web_address_alone_is_refused_with_a_sentence(anywhere, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/front.png")])
    drag = Dragger(anywhere.parent(), mime)
    drag.enter(QPoint(20, 20))
    assert not drag.move(QPoint(30, 30)).isAccepted()
    assert anywhere.overlay.title == "This is a web address, not a picture"
    assert "Save it first" in anywhere.overlay.text
    with qtbot.assertNotEmitted(anywhere.dropped):
        assert not drag.drop(QPoint(30, 30)).isAccepted()
