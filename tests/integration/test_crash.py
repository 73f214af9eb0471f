"""An upload that is killed, at each named step and at random moments, loses and doubles nothing."""

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
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.pipeline import STEPS

FILES = 12

#: Works the journal off in three threads; ends itself at the Nth time that a step is reached.
WORKER = """
import os, signal, sys, threading
from pathlib import Path
from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.work import Unwatched

home, step, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
library = Library.embedded(Home(Path(home)))
library.open()
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

def work():
    while (item := library.uploads.claim()) is not None:
        library.uploads.work_on(item, Unwatched(), lambda _: None)

threads = [threading.Thread(target=work) for _ in range(3)]
[each.start() for each in threads]
[each.join() for each in threads]
"""


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    room = Image.open(BytesIO(draw_room(640, 480))).convert("HSV")
    h, s, v = room.split()
    for number in range(FILES):
        hue = h.point(lambda p, n=number: (p + 20 * n) % 256)
        Image.merge("HSV", (hue, s, v)).convert("RGB").save(folder / f"{number}.jpg")
    return folder


@pytest.fixture
def home(tmp_path, photos):
    home = Home(tmp_path / "home")
    library = Library.embedded(home)
    library.open()
    library.uploads.drop([str(photos)], library.library.target("community:CMY-456/photos"))
    library.close()
    return home


def start(home, step="none", count=1):
    return subprocess.Popen([sys.executable, "-c", WORKER, str(home.root), step, str(count)])


def expect_everything_once(home):
    assert start(home).wait(60) == 0
    library = Library.embedded(home)
    library.open()
    try:
        items = library.uploads.items()
        assert [item.state for item in items] == [UploadState.DONE] * FILES, items
        page = library.library.page(MediaQuery())
        assert page.total == FILES
        assert {m.public_id for m in page.items} == {i.media_public_id for i in items}
        order = [media.original_filename for media in page.items[::-1]]
        assert sorted(order) == sorted(f"{n}.jpg" for n in range(FILES))
        findings = library.check.run()
        assert findings.is_clean, findings
        objects = sum(1 + len(media.metadata["variants"]) for media in page.items)
        assert len(list(library.store.list())) == objects
    finally:
        library.close()


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_named_step_again_and_again(home, step):
    for count in (1, 2, 3):
        assert start(home, step, count).wait(60) == -signal.SIGKILL
    expect_everything_once(home)


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_moments(home, seed):
    moments = random.Random(seed)
    for _ in range(4):
        worker = start(home)
        time.sleep(moments.uniform(0.3, 1.2))
        worker.kill()
        worker.wait(30)
    expect_everything_once(home)
