"""What is veiled, and that a veil leaves nothing to be recognised."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Waiting
from artitec_media_desktop.ui.panels.moderation.veil import (
    CLEAR,
    Veil,
    veil_of,
    veiled,
    veiled_file,
    veiled_picture,
)
from artitec_media_desktop.ui.panels.moderation.wellbeing import (
    Wellbeing,
    keep_wellbeing,
    wellbeing_of,
)
from artitec_media_desktop.ui.viewer.picture import decode
from tests.ui.viewer.conftest import media, picture

BLURRED = Veil(True, False)


def item(status=ModerationStatus.PENDING, score=None):
    return Waiting(
        media(1, moderation_status=status), datetime(2026, 11, 1, tzinfo=UTC), score=score
    )


def lettered(width=640, height=480):
    """Black letters on white: what is left of them shows how strong a blur is."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for x in range(0, width, 20):
        painter.fillRect(x, 0, 10, height, QColor("black"))
    painter.end()
    return image


def contrast(image):
    shades = [image.pixelColor(x, image.height() // 2).lightness() for x in range(image.width())]
    return max(shades) - min(shades)


@pytest.mark.parametrize(
    ("waits", "veil"),
    [
        (item(), CLEAR),
        (item(score=0.59), CLEAR),
        (item(score=0.6), Veil(True, True)),
        (item(ModerationStatus.FLAGGED), Veil(True, True)),
        (item(ModerationStatus.REJECTED), Veil(True, True)),
        (item(ModerationStatus.APPROVED), CLEAR),
    ],
)
def test_flagged_suspected_and_rejected_are_veiled(waits, veil):
    assert veil_of(waits, 0.6, Wellbeing()) == veil


def test_blur_and_grey_are_wished_apart():
    flagged = item(ModerationStatus.FLAGGED)
    assert veil_of(flagged, 0.6, Wellbeing(blur=False)) == Veil(False, True)
    assert veil_of(flagged, 0.6, Wellbeing(grey=False)) == Veil(True, False)
    assert veil_of(item(), 0.6, Wellbeing(blur_all=True)) == Veil(True, False)


def test_a_blur_leaves_no_detail_and_keeps_the_size():
    image = lettered()
    made = veiled(image, BLURRED)
    assert made.size() == image.size()
    assert contrast(image) == 255
    assert contrast(made) < 40


def test_grey_has_no_colour_and_all_detail():
    image = lettered()
    image.setPixelColor(5, 5, QColor("#c03030"))
    made = veiled(image, Veil(False, True))
    color = made.pixelColor(5, 5)
    assert color.red() == color.green() == color.blue()
    assert contrast(made) == 255


def test_every_level_of_a_veiled_picture_is_veiled():
    clear = decode(picture(1600, 1200, "#c03030"), 1600)
    for veil in (BLURRED, Veil(False, True), Veil(True, True)):
        made = veiled_picture(clear, veil)
        assert made.size == clear.size
        assert not any(level in clear.levels for level in made.levels) or veil == BLURRED
    assert veiled_picture(clear, CLEAR) is clear


def test_a_thumbnail_that_cant_be_read_is_none_rather_than_clear():
    assert QImage.fromData(veiled_file(b"no picture", BLURRED)).isNull()
    small = QImage.fromData(veiled_file(picture(64, 48, "#c03030"), Veil(False, True)))
    assert small.pixelColor(9, 9).saturation() == 0


def test_wishes_are_the_persons_own(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    ada, bob = (SimpleNamespace(settings=settings, email=f"{who}@x.org") for who in ("ada", "bob"))
    assert wellbeing_of(ada) == Wellbeing()
    mine = replace(Wellbeing(), blur=False, views=10)
    keep_wellbeing(ada, mine)
    settings.save()
    ada.settings = Settings(tmp_path / "settings.json")
    assert wellbeing_of(ada) == mine
    assert wellbeing_of(bob) == Wellbeing()


def test_a_broken_wish_is_the_usual_one(tmp_path):
    app = SimpleNamespace(settings=Settings(tmp_path / "s.json"), email="ada@x.org")
    app.settings.set("wellbeing/ada@x.org", {"blur": 0, "views": -4, "minutes": 20, "more": 1})
    assert wellbeing_of(app) == Wellbeing(minutes=20)
