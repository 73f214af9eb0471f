from math import ceil

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap, QTransform

from artitec_media_desktop.ui.painting import picture, snapped


def test_a_picture_fills_its_place_once_at_any_scale_factor(qapp):
    for dpr in (1, 2):
        made = QImage(40, 20, QImage.Format.Format_RGB32)
        made.fill(QColor("red"))
        painter = QPainter(made)
        painter.fillRect(20, 0, 20, 20, QColor("blue"))
        painter.end()
        made.setDevicePixelRatio(dpr)
        screen = QImage(40, 20, QImage.Format.Format_RGB32)
        screen.setDevicePixelRatio(dpr)
        screen.fill(QColor("white"))
        painter = QPainter(screen)
        picture(painter, QRectF(0, 0, 40 / dpr, 20 / dpr), QPixmap.fromImage(made), radius=0)
        painter.end()
        found = [screen.pixelColor(x, 10).name() for x in (5, 15, 25, 35)]
        assert found == ["#ff0000", "#ff0000", "#0000ff", "#0000ff"]


@pytest.mark.parametrize("dpr", [1, 1.25, 1.5, 2])
def test_a_picture_of_its_places_size_looks_as_one_that_is_scaled_there(qapp, dpr):
    """The quick way, corners apart, against the outline filled with the picture as a whole."""
    made = QImage(round(64 * dpr), round(48 * dpr), QImage.Format.Format_RGB32)
    for x in range(made.width()):
        for y in range(made.height()):
            made.setPixelColor(x, y, QColor(x * 2 % 256, y * 3 % 256, (x + y) % 256))
    quick, slow = (painted(made, dpr, picture), painted(made, dpr, filled))
    corner = ceil(4 * dpr)
    for x in range(quick.width()):
        for y in range(quick.height()):
            one, other = quick.pixelColor(x, y), slow.pixelColor(x, y)
            off = max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))
            assert off <= 4 if is_corner(x, y, made, dpr, corner) else off == 0, (x, y, off)


def painted(image, dpr, paint):
    screen = QImage(round(80 * dpr), round(64 * dpr), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(dpr)
    screen.fill(QColor("white"))
    painter = QPainter(screen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(8, 8, 64, 48), QPixmap.fromImage(image))
    painter.end()
    return screen


def filled(painter, rect, pixmap):
    brush = QBrush(pixmap)
    rect = snapped(painter, rect)
    placed = QTransform.fromTranslate(rect.left(), rect.top())
    placed.scale(rect.width() / pixmap.width(), rect.height() / pixmap.height())
    brush.setTransform(placed)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, 4, 4)


def is_corner(x, y, image, dpr, edge):
    across, down = x - round(8 * dpr), y - round(8 * dpr)
    wide, high = image.width(), image.height()
    return not (edge <= across < wide - edge or edge <= down < high - edge)
