import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.ui.viewer.picture import decode
from artitec_media_desktop.ui.viewer.pictures import Pictures


@pytest.fixture
def pictures(app, qtbot):
    made = Pictures(app)
    made.news = []
    made.arrived.connect(made.news.append)
    return made


def test_no_more_is_decoded_than_is_needed(make):
    small, whole = decode(make.picture(3200, 2400), 700), decode(make.picture(3200, 2400), 3200)
    assert (small.width, small.size) == (800, QSize(3200, 2400))
    assert [each.width() for each in whole.levels] == [3200, 1600, 800, 400]
    assert whole.level(801).width() == 1600
    assert whole.level(800).width() == 800
    assert whole.level(9000).width() == 3200


def test_colours_are_those_of_the_screen(make):
    image = decode(make.picture(10, 10, "#c03030"), 10).levels[0]
    assert image.pixelColor(5, 5) == QColor("#c03030")


def test_what_is_no_picture_is_said():
    with pytest.raises(Permanent) as caught:
        decode(b"no picture", 100)
    assert caught.value.code == "unreadable"


def test_first_the_variant_then_the_original_then_nothing(app, pictures, make):
    photo = make.media(1)
    pictures.want([photo], [], 1000, 0)
    assert pictures.get(1).width == 400
    for full in (300, 1500, 1500, 3200, 9000):
        pictures.want([photo], [], 1000, full)
    assert app.library.asked == [("picture", 1), ("original", 1)]  # the file is fetched once
    assert pictures.get(1).width == 3200
    assert pictures.news == [1, 1, 1]


def test_a_neighbour_gets_its_variant_only(app, pictures, make):
    pictures.want([make.media(1)], [make.media(2)], 1000, 3200)
    pictures.want([make.media(1)], [make.media(2)], 1000, 3200)
    assert app.library.asked.count(("picture", 2)) == 1
    assert ("original", 2) not in app.library.asked


def test_what_nobody_wants_any_more_comes_to_nothing(app, pictures, make):
    app.runner.held = True
    pictures.want([make.media(1)], [make.media(2)], 1000, 0)
    pictures.want([make.media(5)], [], 1000, 0)
    app.runner.release(late=True)
    assert pictures.news == [5]
    assert pictures.get(1) is None


def test_memory_is_bounded_but_what_is_shown_stays(app, make):
    one = decode(make.picture(400, 300), 400).weight
    pictures = Pictures(app, limit=3 * one)
    for key in range(1, 9):
        pictures.want([make.media(key)], [], 400, 0)
        assert pictures.weight <= 3 * one
        assert pictures.get(key) is not None
    tiny = Pictures(app, limit=1)
    tiny.want([make.media(1)], [make.media(2)], 400, 0)
    assert tiny.get(1) is not None
    assert tiny.get(2) is None


def test_a_fault_is_kept_until_one_moves_on(app, pictures, make):
    app.library.fault = Transient("no_answer", "The library does not answer.")
    pictures.want([make.media(1)], [], 1000, 0)
    pictures.want([make.media(1)], [], 1000, 0)
    assert app.library.asked == [("picture", 1)]
    assert pictures.error(1).code == "no_answer"
    app.library.fault = None
    pictures.want([make.media(2)], [], 1000, 0)
    pictures.want([make.media(1)], [], 1000, 0)
    assert pictures.get(1) is not None


def test_without_its_original_the_variant_goes_on_being_shown(app, pictures, make):
    pictures.want([make.media(1)], [], 1000, 0)
    app.library.missing.add(1)
    pictures.want([make.media(1)], [], 1000, 3200)
    pictures.want([make.media(1)], [], 1000, 3200)
    assert app.library.asked.count(("original", 1)) == 1
    assert (pictures.get(1).width, pictures.error(1)) == (400, None)
