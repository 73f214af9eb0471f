import shutil
from functools import lru_cache
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.uploads import UploadOptions
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.drawing import draw_room

PHOTOS = "community:CMY-456/photos"


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    """A library that was opened once; a copy takes a tenth of the time."""
    root = tmp_path_factory.mktemp("empty") / "home"
    library = Library.embedded(Home(root))
    library.open()
    library.close()
    return root


@pytest.fixture
def library(empty_home, tmp_path):
    library = Library.embedded(Home(shutil.copytree(empty_home, tmp_path / "home")))
    library.open()
    yield library
    library.close()


@lru_cache(64)
def room(hue, size):
    """A picture of a room, each hue another one; the same few are drawn again and again."""
    h, s, v = Image.open(BytesIO(draw_room(*size))).convert("HSV").split()
    turned = Image.merge("HSV", (h.point(lambda p: (p + hue) % 256), s, v)).convert("RGB")
    return turned.transpose(Image.Transpose.TRANSVERSE) if hue % 2 else turned


@pytest.fixture
def photo(tmp_path):
    """Make a file: ``photo("a.jpg", hue=3)``; equal arguments make equal bytes."""

    def make(name, hue=0, size=(640, 480), **save):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        room(hue, size).save(path, **({"quality": 90} | save))
        return str(path)

    return make


@pytest.fixture
def upload(library):
    """Drop files and work them off in this thread; returns the rows of the batch."""

    def run(paths, to=PHOTOS, options=UploadOptions()):  # noqa: B008
        batch = library.uploads.drop(paths, library.library.target(to), options)
        work_off(library)
        return library.uploads.items(batch)

    return run


@pytest.fixture
def photo_id(upload, photo):
    """A photo of a community: for everybody."""
    return upload([photo("a.jpg", size=(1000, 700))])[0].media_public_id


@pytest.fixture
def post_id(upload, photo):
    """A photo of a post: it waits for moderation."""
    return upload([photo("p.jpg", hue=40)], "post:PST-1/media")[0].media_public_id


def work_off(library):
    while (item := library.uploads.claim()) is not None:
        library.uploads.work_on(item, Unwatched(), lambda _progress: None)


def objects(library):
    return {each.key: each.size for each in library.store.list()}
