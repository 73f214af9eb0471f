"""What differs between two pictures, made visible; for a worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from ...viewer.picture import Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

#: So many times as strong as it is.
GAIN: Final = 8
#: A difference of one step comes from rounding while a picture is scaled.
_NOISE: Final = 1
_WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class Difference:
    """``picture`` is black where both agree; ``share`` is how much of it is not, 0 to 1."""

    picture: Picture
    share: float


def difference(one: Picture, other: Picture, width: int) -> Difference:
    """At most ``width`` pixels across, both brought to the size of the first."""
    import numpy as np

    first = _scaled(one.level(width), width)
    second = other.level(width).scaled(
        first.size(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, right = _pixels(first), _pixels(second)
    # Unsigned bytes: the larger less the smaller never falls below nothing.
    apart = np.maximum(left, right) - np.minimum(left, right)
    apart[..., 3] = 0
    share = float((apart.max(axis=2) > _NOISE * 4).mean())
    steps = np.minimum(np.arange(256) * GAIN, _WHITE).astype(np.uint8)
    steps[: _NOISE + 1] = 0
    shown = steps[apart]
    shown[..., 3] = _WHITE
    high, wide = shown.shape[:2]
    image = QImage(shown.tobytes(), wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
    return Difference(Picture((image,), QSize(one.size)), share)


def _scaled(image: QImage, width: int) -> QImage:
    if image.width() <= width:
        return image
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def _pixels(image: QImage) -> "Pixels":
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return rows.reshape(image.height(), image.width(), 4).copy()
