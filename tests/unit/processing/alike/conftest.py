"""Pictures of rooms that do not exist: shades and edges at every scale."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter


@pytest.fixture(scope="session")
def room() -> Callable[[int], Image.Image]:
    """The picture of a number, grey, 240 × 180."""

    @cache
    def painted(number: int) -> Image.Image:
        random = np.random.default_rng(number)
        pixels = np.full((180, 240), 125.0)
        for cells, strength in ((3, 45), (8, 30), (20, 14)):
            coarse = random.normal(scale=strength, size=(cells, cells)).astype(np.float32)
            smooth = Image.fromarray(coarse).resize((240, 180), Image.Resampling.BICUBIC)
            pixels += np.asarray(smooth)
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        draw = ImageDraw.Draw(image)
        for x, y, wide, high, shade in random.integers(0, (200, 150, 80, 60, 256), (9, 5)):
            draw.rectangle((x, y, x + wide, y + high), fill=int(shade))
        return image.filter(ImageFilter.GaussianBlur(1))

    return lambda number: painted(number).copy()
