import subprocess
import sys

import imagehash
import pytest
from PIL import Image

from artitec_media_desktop.domain.hashes import from_hex, hamming
from artitec_media_desktop.domain.limits import IMAGE
from artitec_media_desktop.processing.hashes import look_hashes
from artitec_media_desktop.processing.image import process_image
from artitec_media_desktop.processing.sniff import sniff


def apart(ours, theirs):
    return hamming(from_hex(ours), from_hex(str(theirs)))


@pytest.mark.parametrize("kind", ["gradient", "texture", "text", "noise", "scene"])
def test_small_pictures_hash_as_the_library_has_it(drawn, kind):
    grey = drawn(kind, (200, 160)).convert("L")
    found = look_hashes(grey)
    assert found.average == str(imagehash.average_hash(grey))
    assert found.perceptual == str(imagehash.phash(grey))
    assert found.difference == str(imagehash.dhash(grey))
    assert all(len(each) == 16 for each in found)


@pytest.mark.parametrize("size", [(4000, 3000), (1200, 1600), (2400, 700), (333, 251)])
@pytest.mark.parametrize("orientation", [1, 6])
def test_hashes_agree_with_those_of_the_full_decode(drawn, encoded, size, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    scene = drawn("scene", size)
    data = encoded(scene, quality=90, exif=exif)
    made = process_image(data, sniff(data), IMAGE, strip_gps=False)
    upright = scene if orientation == 1 else scene.transpose(Image.Transpose.ROTATE_270)
    assert apart(made.average, imagehash.average_hash(upright)) <= 2
    assert apart(made.perceptual, imagehash.phash(upright)) <= 2
    assert apart(made.difference, imagehash.dhash(upright)) <= 2


def test_scipy_is_never_loaded():
    code = (
        "import sys; from PIL import Image;"
        "from artitec_media_desktop.processing.hashes import look_hashes;"
        "assert 'numpy' not in sys.modules, 'numpy before it is needed';"
        "look_hashes(Image.linear_gradient('L'));"
        "assert 'scipy' not in sys.modules, 'scipy'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
