import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Ruling
from artitec_media_desktop.ui.panels.moderation.entries import Entries, Entry
from artitec_media_desktop.ui.panels.moderation.strip import THUMB, Strip
from artitec_media_desktop.ui.panels.moderation.veil import CLEAR, Veil
from artitec_media_desktop.ui.theme import theme

S = ModerationStatus


@pytest.fixture
def strip(app, review, light, qtbot):
    """Six entries; the picture of the third is veiled."""
    entries = Entries()
    entries.add([Entry(each) for each in review.take(_Everything(), 6)])
    hidden = Veil(blur=True, grey=True)

    def veil(each):
        return hidden if each.public_id == "MED-3" else CLEAR

    made = Strip(app, entries, veil)
    made.entries = entries
    qtbot.addWidget(made)
    made.resize(560, made.height())
    made.show()
    made.show_front(entries.at(0))
    asked = [(each.item.media, veil(each)) for each in entries]
    qtbot.waitUntil(lambda: all(made._thumbs.get(each, 1.0) is not None for each in asked))
    return made


class _Everything:
    statuses = tuple(S)


def picture_of(strip, row):
    cell = strip.visualRect(strip.entries.index(row))
    return strip.viewport().grab(cell).toImage()


def shown(strip, row):
    """The colour in the upper left of a picture, away from signs."""
    image = picture_of(strip, row)
    top = (image.height() - THUMB.height()) // 2
    return image.pixelColor(4 + 10, top + 8)


def click(strip, qtbot, row, mods=Qt.KeyboardModifier.NoModifier):
    place = strip.visualRect(strip.entries.index(row)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, mods, place)


def test_what_is_veiled_is_never_clear(strip):
    clear = QColor.fromHsv(3 * 37, 200, 200)
    image = picture_of(strip, 2)
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(46)}
    assert clear.name() not in found
    assert abs(shown(strip, 1).hue() - 2 * 37) < 4


def test_a_decision_dims_the_picture_and_marks_it(strip):
    before, entry = shown(strip, 1), strip.entries.at(1)
    entry.ruling = Ruling(S.APPROVED)
    strip.entries.touch(entry)
    assert shown(strip, 1) != before
    image = picture_of(strip, 1)
    mark = theme().color("success").name()
    assert mark in {
        image.pixelColor(x, y).name() for x in range(60, 80) for y in range(50, image.height())
    }
    assert strip.entries.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "IMG_2.jpg, approved"


def test_a_decision_paints_its_own_cell_and_no_other(strip, qtbot, monkeypatch):
    painted = []

    def veil(entry):
        painted.append(entry.public_id)
        return CLEAR

    qtbot.wait(1)
    monkeypatch.setattr(strip._delegate, "_veil", veil)
    strip.entries.touch(strip.entries.at(1))
    qtbot.waitUntil(lambda: bool(painted))
    assert painted == ["MED-2"]


def test_clicks_choose_and_select(strip, qtbot):
    with qtbot.waitSignal(strip.chosen) as chosen:
        click(strip, qtbot, 2)
    assert chosen.args[0].public_id == "MED-3" and not strip.several()
    click(strip, qtbot, 4, Qt.KeyboardModifier.ShiftModifier)
    assert [each.public_id for each in strip.several()] == ["MED-3", "MED-4", "MED-5"]
    click(strip, qtbot, 0, Qt.KeyboardModifier.ControlModifier)
    assert len(strip.several()) == 4
    strip.select_only_front()
    assert not strip.several()


def test_the_front_stays_in_view(strip, review):
    strip.resize(300, strip.height())
    strip.entries.add([Entry(each) for each in review.take(_Everything(), 12, set())])
    for row in (14, 3):
        strip.show_front(strip.entries.at(row))
        cell = strip.visualRect(strip.entries.index(row))
        assert strip.viewport().rect().contains(cell)
