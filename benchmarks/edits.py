"""What people do to a photo before it comes back: the edits of the accuracy benchmark."""

import io
import math
import random
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Edit = Callable[[Image.Image, random.Random], Image.Image]
_TURN: Final = Image.Transpose
_SMOOTH: Final = Image.Resampling.BICUBIC


def recompressed(image: Image.Image, quality: int) -> Image.Image:
    """As a JPEG of that quality."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def fitted(image: Image.Image, side: int) -> Image.Image:
    """Its longer side at most so many pixels."""
    small = image.copy()
    small.thumbnail((side, side))
    return small


def cropped(image: Image.Image, share: float) -> Image.Image:
    """Without that share at each side."""
    width, height = image.size
    return image.crop(
        (
            round(width * share),
            round(height * share),
            round(width * (1 - share)),
            round(height * (1 - share)),
        )
    )


def cropped_off_centre(image: Image.Image, x: float, y: float) -> Image.Image:
    """70 % of the area: 0 and 1 are the corners, 0.5 is the middle."""
    side = math.sqrt(0.7)
    left, top = image.width * (1 - side) * x, image.height * (1 - side) * y
    box = (left, top, left + image.width * side, top + image.height * side)
    return image.crop(tuple(map(round, box)))  # type: ignore[arg-type]


def turned_and_cropped(image: Image.Image, degrees: float) -> Image.Image:
    """Turned, without the corners that are left empty."""
    turned = image.rotate(degrees, _SMOOTH)
    angle = math.radians(abs(degrees))
    ratio = max(image.width / image.height, image.height / image.width)
    return cropped(turned, (1 - 1 / (math.cos(angle) + ratio * math.sin(angle))) / 2)


def marked(image: Image.Image) -> Image.Image:
    """With a watermark in the lower right corner."""
    result = image.copy()
    width, height = image.size
    draw = ImageDraw.Draw(result, "RGBA")
    draw.rectangle((width * 0.75, height * 0.9, width * 0.98, height * 0.97), (255, 255, 255, 150))
    size = max(6, height * 0.045)
    draw.text((width * 0.77, height * 0.91), "ARTITEC MEDIA", (0, 0, 0, 255), font_size=size)
    return result


CENTRED: Final[dict[str, Edit]] = {
    "recompressed at 30": lambda i, _: recompressed(i, 30),
    "half as large": lambda i, _: i.resize((max(i.width // 2, 1), max(i.height // 2, 1))),
    "150 px": lambda i, _: fitted(i, 150),
    "brighter": lambda i, _: ImageEnhance.Brightness(i).enhance(1.3),
    "darker": lambda i, _: ImageEnhance.Brightness(i).enhance(0.7),
    "harder": lambda i, _: ImageEnhance.Contrast(i).enhance(1.4),
    "grey": lambda i, _: i.convert("L").convert("RGB"),
    "blurred": lambda i, _: i.filter(ImageFilter.GaussianBlur(max(i.size) / 300)),
    "stretched": lambda i, _: i.resize((round(i.width * 1.2), i.height)),
    "watermarked in a corner": lambda i, _: marked(i),
    "framed": lambda i, _: ImageOps.expand(i, round(max(i.size) * 0.03), "white"),
    "framed widely, in black": lambda i, _: ImageOps.expand(i, round(max(i.size) * 0.05), "black"),
    "cropped by 2 % a side": lambda i, _: cropped(i, 0.02),
    "cropped by 5 % a side": lambda i, _: cropped(i, 0.05),
    "cropped by 10 % a side": lambda i, _: cropped(i, 0.1),
    "turned by 2°, black corners": lambda i, _: i.rotate(2, _SMOOTH),
    "turned by 2°, white corners": lambda i, _: i.rotate(-2, _SMOOTH, fillcolor="white"),
    "turned by 2°, larger": lambda i, _: i.rotate(2, _SMOOTH, expand=True),
    "turned by 2°, cropped": lambda i, _: turned_and_cropped(i, -2),
    "turned by 90°": lambda i, _: i.transpose(_TURN.ROTATE_90),
    "turned by 180°": lambda i, _: i.transpose(_TURN.ROTATE_180),
    "turned by 270°": lambda i, _: i.transpose(_TURN.ROTATE_270),
    "mirrored": lambda i, _: ImageOps.mirror(i),
    "mirrored and small": lambda i, _: fitted(ImageOps.mirror(i), 150),
}
OFF_CENTRE: Final[dict[str, Edit]] = {
    "70 %, a corner": lambda i, c: cropped_off_centre(
        i, *c.choice(((0, 0), (0, 1), (1, 0), (1, 1)))
    ),
    "70 %, an edge": lambda i, c: cropped_off_centre(i, *c.choice(((0, 0.5), (0.5, 0), (1, 0.5)))),
    "70 %, anywhere": lambda i, c: cropped_off_centre(i, c.random(), c.random()),
    "70 %, anywhere else": lambda i, c: cropped_off_centre(i, c.random(), c.random()),
}
