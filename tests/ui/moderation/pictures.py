"""Small pictures of one colour."""

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage


def jpeg(number, wide=60, high=40):
    """A PNG, in fact."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 37 % 360, 200, 200))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())
