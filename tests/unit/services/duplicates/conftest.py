import numpy as np
import pytest
from PIL import Image

from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions

KEEP = UploadOptions(on_duplicate=OnDuplicate.KEEP)


@pytest.fixture
def add(tmp_path, upload):
    """Upload a picture, whatever it is like; equal arguments make equal bytes."""

    def make(name="a.jpg", to="community:CMY-456/photos", seed=1, quality=90, size=(640, 480)):
        spots = np.random.default_rng(seed).integers(0, 255, (9, 12, 3), np.uint8)
        path = tmp_path / name
        image = Image.fromarray(spots).resize(size, Image.Resampling.BICUBIC)
        image.save(path, quality=quality)
        return upload([str(path)], to, KEEP)[0].media_public_id

    return make
