"""A video of hundreds of megabytes is cancelled, paused and resumed in the middle of everything."""

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.child import run_child
from artitec_media_desktop.services.profiles import ProfileService
from tests.services.fault_proxy import fault_proxy
from tests.services.mariadb import PASSWORD

EMAIL = "ada.admin@artitec.example"
VIDEO = "community:CMY-456/video"
S = UploadState
#: Seconds after which what did not happen is a fault, on a machine that is busy.
SOON = 120


def until(check):
    end = time.monotonic() + SOON
    while not check():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    if (ffmpeg := shutil.which("ffmpeg")) is None:
        pytest.skip("ffmpeg is not installed")
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    source = "testsrc=size=64x48:rate=10:duration=1"
    words = [ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "mpeg4"]
    subprocess.run([*words, str(path)], check=True, timeout=60)
    return path.read_bytes()


@pytest.fixture
def video(clip, tmp_path):
    """Makes a video of so many bytes, most of them none."""

    def make(size):
        path = tmp_path / "tour.mp4"
        with path.open("wb") as file:
            file.write(clip + (size - len(clip)).to_bytes(4, "big") + b"free")
            file.truncate(size)
        return path

    return make


class Worker(threading.Thread):
    """Works one file off; ``reached`` is set when it comes to a stage, where it waits."""

    def __init__(self, library, stage, done=0.0):
        super().__init__()
        self.library, self.stage, self.least = library, stage, done
        self.reached, self._goes_on = threading.Event(), threading.Event()
        self.item = None
        self.start()

    def run(self):
        item = self.library.uploads.claim()
        self.item = self.library.uploads.work_on(item, Unwatched(), self.report).item

    def report(self, progress):
        if progress.stage == self.stage and progress.done >= self.least * progress.total:
            self.reached.set()
            if self.stage != "making":  # there it has a decoder to wait for
                self._goes_on.wait(SOON)

    def go_on(self):
        self._goes_on.set()

    def end(self):
        """Let it go on from the stage, and wait for the end."""
        self.go_on()
        self.join(SOON)
        assert not self.is_alive()


@pytest.fixture
def library(tmp_path):
    library = Library.embedded(Home(tmp_path / "home"))
    library.open()
    yield library
    library.close()


class Slow:
    """A decoder that takes its time."""

    def read(self, _path, check):
        words = [sys.executable, "-c", "import time; time.sleep(600)"]
        run_child(words, deadline=time.monotonic() + 600, limit=10, check_cancelled=check)


@pytest.mark.parametrize("stage", ["checking", "making", "sending"])
@pytest.mark.parametrize("wish", ["cancel", "pause"])
def test_half_a_gigabyte_is_stopped(library, video, stage, wish):
    path = video(500 << 20)
    library.uploads.drop([str(path)], library.library.target(VIDEO))
    if stage == "making":
        library.uploads._pipeline._preparing._videos = Slow()
    worker = Worker(library, stage)
    assert worker.reached.wait(SOON)
    getattr(library.uploads, wish)()
    worker.end()
    assert worker.item.state is (S.SKIPPED if wish == "cancel" else S.PAUSED)
    assert list(library.store.list()) == []


def test_a_copy_that_waits_for_the_first_is_cancelled(library, video):
    path = str(video(20 << 20))
    library.uploads.drop([path], library.library.target(VIDEO))
    library.uploads.drop([path], library.library.target("builder:BLD-012/video"))
    library.uploads._pipeline._preparing._videos = Slow()
    first = Worker(library, "making")
    assert first.reached.wait(SOON)
    second = Worker(library, "checking")
    assert second.reached.wait(SOON)
    time.sleep(0.5)
    (waiting,) = [each.id for each in library.uploads.items() if each.batch == 2]
    library.uploads.cancel([waiting])
    second.end()
    assert first.is_alive()
    library.uploads.cancel()
    first.end()


@pytest.fixture
def line(team):
    with fault_proxy(team.s3.port) as proxy:
        yield proxy


@pytest.fixture
def environment(team, line):
    team.platform.query("DELETE FROM media")
    return team.environment | {"S3_ENDPOINT_URL": f"http://127.0.0.1:{line.port}"}


@pytest.fixture
def far(tmp_path, environment):
    """A library over a line that can be slow."""
    home = Home(tmp_path / "home")
    profiles = ProfileService(home, Secrets(), environment)
    library = Library.of(home, profiles.find(None), profiles.secrets)
    library.open(EMAIL, PASSWORD)
    yield library
    library.close()


def left_over(library):
    return library.store.setup._client.call("list_multipart_uploads").get("Uploads", [])


def test_paused_at_half_it_goes_on_from_there(far, line, video):
    size = 100 << 20
    far.uploads.drop([str(video(size))], far.library.target(VIDEO))
    line.delay = 0.005
    worker = Worker(far, "sending", 0.5)
    assert worker.reached.wait(SOON)
    far.uploads.pause()
    worker.end()
    assert worker.item.state is S.PAUSED
    assert len(left_over(far)) == 1
    line.sent, line.delay = 0, 0.0
    far.uploads.resume()
    worker = Worker(far, "saving")
    worker.end()
    assert worker.item.state is S.DONE
    assert line.sent < size * 0.7
    assert far.check.run().is_clean
    assert left_over(far) == []


@pytest.mark.parametrize("how", ["cancel", "another file", "another place"])
def test_parts_that_nobody_needs_any_more_are_removed(far, line, video, how):
    path = video(60 << 20)
    far.uploads.drop([str(path)], far.library.target(VIDEO))
    line.delay = 0.005
    worker = Worker(far, "sending", 0.3)
    assert worker.reached.wait(SOON)
    far.uploads.pause() if how != "cancel" else far.uploads.cancel()
    worker.end()
    line.delay = 0.0
    if how == "cancel":
        assert worker.item.state is S.SKIPPED
    else:
        if how == "another file":
            with path.open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                file.write(b"x")
        else:
            target = far.library.target("builder:BLD-012/video")
            far.uploads.place([worker.item.id], target)
        far.uploads.resume()
        worker = Worker(far, "saving")
        worker.end()
        assert worker.item.state is S.DONE
    assert left_over(far) == []
    assert far.check.run().is_clean


def test_a_line_that_hangs_does_not_hold_up_whoever_cancels(far, line, video):
    client = far.store.setup._client
    client.settings, client._boto = replace(client.settings, read_timeout=10 * SOON), None
    far.uploads.drop([str(video(60 << 20))], far.library.target(VIDEO))
    line.arm("hang", "request", 30_000_000, 1000)
    worker = Worker(far, "sending", 0.3)
    assert worker.reached.wait(SOON)
    worker.go_on()
    until(lambda: line.struck)
    line.clear()
    far.uploads.cancel()
    worker.end()
    assert worker.item.state is S.SKIPPED
    line.close()  # else the library waits for what hangs before it closes


@pytest.mark.parametrize("wish", ["cancel", "pause"])
def test_another_process_of_the_home_stops_it(far, line, environment, video, wish):
    path, line.delay = video(60 << 20), 0.02
    command = [sys.executable, "-m", "artitec_media_desktop", "--home", str(far.home.root)]
    process = subprocess.Popen(
        [*command, "--as", EMAIL, "upload", str(path), "--to", VIDEO],
        env=os.environ | environment | {"ARTITEC_MEDIA_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    before = line.sent
    until(lambda: line.sent >= before + 10_000_000 or process.poll() is not None)
    (item,) = far.uploads.items()
    assert item.state is S.WORKING
    getattr(far.uploads, wish)()
    until(lambda: far.uploads.items()[0].state is not S.WORKING)
    assert far.uploads.items()[0].state is (S.SKIPPED if wish == "cancel" else S.PAUSED)
    process.wait(SOON)
    line.delay = 0.0
    if wish == "cancel":
        assert left_over(far) == []
    else:
        far.uploads.resume()
        worker = Worker(far, "saving")
        worker.end()
        assert far.library.page(MediaQuery()).total == 1
