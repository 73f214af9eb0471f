"""A decoded picture in several sizes, so that any size on the screen is sharp and drawn at once."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader

from ...domain.errors import Permanent

#: Halving ends when the longer side is at most this.
_SMALLEST: Final = 512
_SIDEWAYS: Final = QImageIOHandler.Transformation.TransformationRotate90


@dataclass(frozen=True, slots=True)
class Picture:
    """``levels`` are the picture and its halves, the largest first.

    ``size`` is that of the file it was decoded from, which may be larger than the first level.
    """

    levels: tuple[QImage, ...]
    size: QSize

    @property
    def width(self) -> int:
        """Pixels across, of the largest level."""
        return self.levels[0].width()

    @property
    def weight(self) -> int:
        """What it holds in memory, in bytes."""
        return sum(each.sizeInBytes() for each in self.levels)

    def level(self, width: float) -> QImage:
        """The smallest that is at least so wide; otherwise the largest."""
        return next(
            (each for each in reversed(self.levels) if each.width() >= width), self.levels[0]
        )


def decode(data: bytes, width: int) -> Picture:
    """A picture at least ``width`` pixels across, if its file has so many, in sRGB.

    Runs in a worker. A decoder that can is told to decode no more than is needed. Raises Permanent
    ``unreadable``.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    stored = reader.size()
    sideways = bool(reader.transformation().value & _SIDEWAYS.value)
    shown = stored.transposed() if sideways else stored
    shrink = 1
    while shown.isValid() and shown.width() >= width * shrink * 2 and width > 0:
        shrink *= 2
    if shrink > 1:
        reader.setScaledSize(QSize(-(-stored.width() // shrink), -(-stored.height() // shrink)))
    image = reader.read()
    if image.isNull():
        raise Permanent("unreadable", "This picture's file can't be decoded on this computer.")
    return Picture(_levels(_ready(image)), shown if shown.isValid() else image.size())


def _ready(image: QImage) -> QImage:
    """In the colours of the screen and the format that is drawn without converting each time."""
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        converted = image.convertedToColorSpace(srgb)
        image = image if converted.isNull() else converted
    return image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied
        if image.hasAlphaChannel()
        else QImage.Format.Format_RGB32
    )


def _levels(image: QImage) -> tuple[QImage, ...]:
    found = [image]
    while max(found[-1].width(), found[-1].height()) > _SMALLEST:
        half = QSize(max(1, found[-1].width() // 2), max(1, found[-1].height() // 2))
        found.append(
            found[-1].scaled(
                half,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return tuple(found)
