"""An upload that is killed, at each named step and at random moments, loses and doubles nothing.

In one person's library, and on the team's database and bucket.
"""

import os
import random
import signal
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.pipeline import STEPS
from artitec_media_desktop.services.profiles import ProfileService
from tests.services.mariadb import PASSWORD

FILES = 30
EMAIL = "ada.admin@artitec.example"

OPEN = """
import os, signal, sys, threading
from pathlib import Path
from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.services.profiles import ProfileService
from artitec_media_desktop.domain.work import Unwatched

home, email, step = Home(Path(sys.argv[1])), sys.argv[2] or None, sys.argv[3]
count = int(sys.argv[4])
profiles = ProfileService(home, Secrets())
library = Library.of(home, profiles.find(None), profiles.secrets)
library.open(email, os.environ.get("ARTITEC_MEDIA_PASSWORD"))
"""
#: Works the journal off in three threads; ends itself at the Nth time that a step is reached.
WORKER = (
    OPEN
    + """
lock, seen = threading.Lock(), 0

def die(name):
    global seen
    if name == step:
        with lock:
            seen += 1
            if seen == count:
                os.kill(os.getpid(), signal.SIGKILL)

library.step = die
library.uploads.recover()
print("working", flush=True)

def work():
    while (item := library.uploads.claim()) is not None:
        library.uploads.work_on(item, Unwatched(), lambda _: None)

threads = [threading.Thread(target=work) for _ in range(3)]
[each.start() for each in threads]
[each.join() for each in threads]
"""
)


class Place:
    """A library that processes open, are killed in, and open again."""

    def __init__(self, root, environment, email):
        self.home = Home(root)
        self.environment = environment
        self.email = email

    def open(self):
        profiles = ProfileService(self.home, Secrets(), self.environment)
        library = Library.of(self.home, profiles.find(None), profiles.secrets)
        library.open(self.email, PASSWORD)
        return library

    def start(self, step="none", count=1):
        return subprocess.Popen(
            [sys.executable, "-c", WORKER, str(self.home.root), self.email or "", step, str(count)],
            env=os.environ | self.environment | {"ARTITEC_MEDIA_PASSWORD": PASSWORD},
            stdout=subprocess.PIPE,
            text=True,
        )


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
    worker = place.start()
    with worker.stdout:
        assert worker.wait(60) == 0
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
        worker = place.start(step, count)
        with worker.stdout:
            assert worker.wait(60) == -signal.SIGKILL
    expect_everything_once(place)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(place, seed):
    """Twenty moments each, sixty in all, so close that there is work left for nearly all."""
    moments = random.Random(seed)
    for _ in range(20):
        worker = place.start()
        with worker.stdout:
            worker.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.06))
            worker.kill()
            worker.wait(30)
    expect_everything_once(place)
