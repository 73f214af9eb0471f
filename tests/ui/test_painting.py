from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from artitec_media_desktop.ui.painting import picture


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
