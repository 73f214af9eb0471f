"""Pictures that the tests draw themselves."""

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Encode = Callable[..., bytes]


@pytest.fixture(scope="session")
def encoded() -> Encode:
    """A picture as the bytes of a file."""

    def encode(image: Image.Image, name: str = "JPEG", **options: Any) -> bytes:
        out = io.BytesIO()
        image.save(out, name, **options)
        return out.getvalue()

    return encode


@pytest.fixture(scope="session")
def drawn() -> Callable[[str, tuple[int, int]], Image.Image]:
    """A picture of one kind: gradient, texture, text, noise or scene."""

    @lru_cache(12)
    def painted(kind: str, size: tuple[int, int]) -> Image.Image:
        if kind not in ("text", "scene"):
            return Image.fromarray(np.clip(_pixels(kind, *size), 0, 255).astype(np.uint8))
        image = Image.new("RGB", size, (235, 235, 235))
        _write(image)
        if kind == "scene":
            _furnish(image)
        # No lens and sensor draw a harder edge than this.
        return image.filter(ImageFilter.GaussianBlur(0.8))

    def draw(kind: str, size: tuple[int, int]) -> Image.Image:
        return painted(kind, size).copy()

    return draw


def _pixels(kind: str, width: int, height: int) -> Any:
    y, x = np.ogrid[0:height, 0:width]
    y, x = y.astype(np.float32), x.astype(np.float32)
    if kind == "texture":
        weave = 127 + 55 * np.sin(x * 1.1) * np.sin(y * 0.9) + 45 * np.sin(x * 0.3 + y * 0.2)
        return np.stack([weave, weave * 0.9, weave * 0.7], -1)
    every = np.broadcast_arrays(x / width, y / height, (x + y) / (width + height))
    ramp = np.stack(every, -1) * 255
    if kind == "noise":
        return ramp + np.random.default_rng(7).normal(scale=6, size=(height, width, 3))
    return ramp


def _write(image: Image.Image) -> None:
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(max(12, image.height // 60))
    # Letters are drawn once: they take most of the time.
    line = Image.new("L", (image.width, font.size * 2))
    ImageDraw.Draw(line).text((4, 0), "Three bedrooms, two baths; 1,850 sq ft. " * 20, 255, font)
    for top in range(0, image.height, max(18, image.height // 40)):
        image.paste("black", (0, top), line)
    for left in range(0, image.width, 61):
        draw.line((left, 0, left + image.height // 3, image.height), (180, 40, 30), 1 + left % 4)


def _furnish(image: Image.Image) -> None:
    """Nothing in it is symmetric, so that no two ways to turn it look alike."""
    draw = ImageDraw.Draw(image)
    width, height = image.size
    draw.rectangle((0, 0, width // 2, height // 3), "#20406a")
    draw.rectangle((width // 2, height // 2, width, height), "#c8743a")
    draw.ellipse((width // 8, height // 2, width // 3, height * 9 // 10), "#3f7a3c")
