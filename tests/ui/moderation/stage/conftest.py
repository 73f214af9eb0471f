"""A stage, and pictures of which one sees whether they are veiled."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.domain.moderation import Waiting
from artitec_media_desktop.ui.panels.moderation.stage.stage import Stage
from artitec_media_desktop.ui.panels.moderation.veil import Veil
from tests.ui.viewer.conftest import Library, Player, Runner, Settings, media

BLURRED, BOTH = Veil(True, False), Veil(True, True)
RED, GREEN = QColor("#c03030"), QColor("#30c030")


class Drawn(Library):
    """Each picture is grey with one square of its media's own colour: a blur leaves none of it."""

    def picture(self, row, pixels):
        self.asked.append(("picture", row.id))
        self._check(row)
        return marked(row.id)

    original = picture


def marked(key, width=400, height=300):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    for x in range(16):
        for y in range(16):
            image.setPixelColor(100 + x, 75 + y, color_of(key))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def color_of(key):
    return (RED, GREEN)[key % 2]


@pytest.fixture
def app():
    return SimpleNamespace(
        library=Drawn(), runner=Runner(), settings=Settings(), email="ada@example.org"
    )


@pytest.fixture
def stage(qtbot, app):
    made = Stage(app, make_player=Player)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def waiting(key, **facts):
    values = {"width": 400, "height": 300} | facts
    return Waiting(media(key, **values), datetime(2026, 11, 1, tzinfo=UTC))


def seen(stage):
    """Which media's squares are on the stage's canvas now."""
    return colors(stage.canvas.grab().toImage())


def colors(image):
    found = set()
    for x in range(image.width()):
        for y in range(0, image.height(), 2):
            color = image.pixelColor(x, y)
            if color.saturation() > 120 and color.value() > 100 and color.blue() < 100:
                found.add("red" if color.red() > color.green() else "green")
    return found
