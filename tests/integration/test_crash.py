"""An upload that is killed, at each named step and at random moments, loses and doubles nothing.

In one person's library, and on the team's database and bucket.
"""

import random
import signal
import time
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.pipeline import STEPS
from tests.services.upload_worker import Worker, open_library

FILES = 30
EMAIL = "ada.admin@artitec.example"


class Place:
    """A library that processes open, are killed in, and open again."""

    def __init__(self, root, environment, email):
        self.root = root
        self.environment = environment
        self.email = email

    def open(self):
        return open_library(self.root, self.environment, self.email)

    def start(self, step="none", count=1, most=None):
        return Worker(self.root, self.environment, self.email, step, count, most)


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    room = Image.open(BytesIO(draw_room(320, 240))).convert("HSV")
    h, s, v = room.split()
    for number in range(FILES):
        hue = h.point(lambda p, n=number: (p + 8 * n) % 256)
        Image.merge("HSV", (hue, s, v)).convert("RGB").save(folder / f"{number}.jpg")
    return folder


@pytest.fixture(params=["embedded", "team"])
def place(request, tmp_path, photos):
    """Its journal holds the photos."""
    root, environment, email = tmp_path / "home", {}, None
    if request.param == "team":
        team = request.getfixturevalue("team")
        team.platform.query("DELETE FROM media")
        environment, email = team.environment, EMAIL
    place = Place(root, environment, email)
    library = place.open()
    library.uploads.drop([str(photos)], library.library.target("community:CMY-456/photos"))
    library.close()
    return place


def expect_everything_once(place):
    assert place.start().end() == 0
    library = place.open()
    try:
        items = library.uploads.items()
        assert [item.state for item in items] == [UploadState.DONE] * FILES, items
        page = library.library.page(MediaQuery())
        assert page.total == FILES
        assert {m.public_id for m in page.items} == {i.media_public_id for i in items}
        in_order = sorted(page.items, key=lambda each: each.sort_order)
        assert [m.original_filename for m in in_order] == [f"{n}.jpg" for n in range(FILES)]
        findings = library.check.run()
        assert findings.is_clean, findings
        objects = sum(1 + len(media.metadata["variants"]) for media in page.items)
        assert len(list(library.store.list())) == objects
    finally:
        library.close()


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_named_step_again_and_again(place, step):
    for count in (1, 3, 5):
        assert place.start(step, count).end() == -signal.SIGKILL
    expect_everything_once(place)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(place, seed):
    """Twenty moments each, sixty in all, all over the batch however fast the machine is."""
    moments, struck = random.Random(seed), 0
    for _ in range(20):
        steps = moments.randrange(20)
        worker = place.start(most=steps + 4)  # or it gets ahead of us on a busy machine
        worker.wait_for_steps(steps)
        time.sleep(moments.uniform(0.0, 0.03))
        worker.kill()
        struck += worker.end() == -signal.SIGKILL
    assert struck >= 15, "hardly anything was left to be killed"
    expect_everything_once(place)
