"""Blur and grey over what may be hard to look at; everything here may run in a worker."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter

from ....domain.media import ModerationStatus
from ....domain.moderation import Waiting
from ...viewer.picture import Picture
from .wellbeing import Wellbeing

#: The longer side of what is left of a picture below its blur, in pixels: light and dark, no more.
_LEFT: Final = 12
#: On the way back up it is smoothed at each doubling, which leaves no edges of those few pixels.
_SMOOTH_UP_TO: Final = 192
#: What was rejected comes back with an appeal.
_HIDDEN: Final = frozenset({ModerationStatus.FLAGGED, ModerationStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class Veil:
    """What lies between a picture and who looks at it."""

    blur: bool
    grey: bool


CLEAR: Final = Veil(False, False)


def veil_of(
    item: Waiting,
    suspect_from: float,
    wishes: Wellbeing,
    status: ModerationStatus | None = None,
) -> Veil:
    """What an item is seen through: what is flagged, suspected or was rejected is veiled.

    What looks like something rejected was flagged for that, so it is veiled too. ``status`` is the
    item's by now, if it is another one than that it was read with.
    """
    suspected = item.score is not None and item.score >= suspect_from
    hidden = suspected or (status or item.media.moderation_status) in _HIDDEN
    return Veil(wishes.blur_all or (hidden and wishes.blur), hidden and wishes.grey)


def veiled(image: QImage, veil: Veil) -> QImage:
    """The picture as it may be seen, in the same size."""
    if image.isNull():
        return image
    if veil.blur:
        image = _blurred(image)
    return _grey(image) if veil.grey else image


def veiled_frame(image: QImage, veil: Veil) -> QImage:
    """The same for a frame of a video; a blurred one comes smaller, since it is gone soon."""
    if veil.blur:
        side = _SMOOTH_UP_TO
        image = _scaled(image, image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    return veiled(image, veil)


def veiled_picture(picture: Picture, veil: Veil) -> Picture:
    """The same for all its sizes; of a blurred one the smallest says all that there is."""
    if veil == CLEAR:
        return picture
    levels = picture.levels[-1:] if veil.blur else picture.levels
    return Picture(tuple(veiled(each, veil) for each in levels), picture.size)


def veiled_file(data: bytes, veil: Veil) -> bytes:
    """The file of a thumbnail, as SmallPictures loads it, as it may be seen.

    A file that can't be decoded gives an empty one: there is no picture then, never a clear one.
    """
    if veil == CLEAR:
        return data
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(veiled(QImage.fromData(QByteArray(data)), veil))
    return bytes(buffer.data().data())


def _blurred(image: QImage) -> QImage:
    size = image.size()
    least = size.scaled(_LEFT, _LEFT, Qt.AspectRatioMode.KeepAspectRatio)
    image = _scaled(image, least)
    side = _LEFT
    while side < min(_SMOOTH_UP_TO, max(size.width(), size.height())):
        side *= 2
        image = _scaled(image, size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    return _scaled(image, size)


def _scaled(image: QImage, size: QSize) -> QImage:
    return image.scaled(
        size.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _grey(image: QImage) -> QImage:
    shades = image.convertToFormat(QImage.Format.Format_Grayscale8)
    if not image.hasAlphaChannel():
        return shades.convertToFormat(QImage.Format.Format_RGB32)
    made = shades.convertToFormat(QImage.Format.Format_ARGB32)
    made.setAlphaChannel(image.convertToFormat(QImage.Format.Format_Alpha8))
    return made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
