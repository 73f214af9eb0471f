"""A copy that lies otherwise than the keeper."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from artitec_media_desktop.ui.panels.duplicates.compare import Mode

from .conftest import group, media, png


@pytest.fixture
def upright():
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 20, 10, QColor("blue"))
    painter.end()
    return image


def test_a_turned_copy_is_laid_upon_the_keeper(panel, library, duplicates, upright, qtbot):
    files = {10: upright, 11: upright.transformed(QTransform().rotate(90))}
    library.media[11] = media(11, 1, width=40, height=60)
    library.picture = library.original = lambda media, _pixels=0: png(files[media.id])
    duplicates.groups, duplicates.turned = [group(10, 11)], {11: 5}
    panel.activate()
    compare = panel.view.compare
    assert compare.stages[1].picture.size == QSize(40, 60)
    compare.set_mode(Mode.FLICK)
    compare.flick(True)
    assert compare.stages[0].media.id == 11
    assert compare.stages[0].picture.levels[0] == upright
    compare.set_mode(Mode.DIFFERENCE)
    qtbot.waitUntil(lambda: compare._difference is not None)
    assert compare._difference[2].share == 0
