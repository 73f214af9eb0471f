"""A file on which a decoder ends the whole process, by the command as people run it."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from artitec_media_desktop.processing.drawing import draw_room

MARKER = b"a decoder dies of this"
#: Runs in every process of Python before anything else, as a faulty decoder would be there.
FAULTY = f"""
import os, sys
from PIL import JpegImagePlugin

load = JpegImagePlugin.JpegImageFile.load

def faulty(self):
    fp = getattr(self, "fp", None)
    data = fp.getvalue() if hasattr(fp, "getvalue") else b""
    if {MARKER!r} in data and not os.path.exists(os.environ["HEALED"]):
        how = os.environ["HOW"]
        if how == "hang":
            import time
            time.sleep(600)
        elif how == "segfault":
            import ctypes
            ctypes.string_at(0)
        elif how == "exit":
            os._exit(7)
        os.abort()
    return load(self)

JpegImagePlugin.JpegImageFile.load = faulty
"""


@pytest.fixture
def faulty(media, tmp_path, monkeypatch):
    """Makes a decoder faulty in some way; returns the command line."""
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTY)
    here = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", here)
    monkeypatch.setenv("HEALED", str(tmp_path / "healed"))

    def make(how):
        monkeypatch.setenv("HOW", how)
        return media

    return make


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(6):
        more = MARKER if number == 2 else b""
        (folder / f"{number}.jpg").write_bytes(draw_room(400 + 40 * number, 300) + more)
    return folder


def states(media):
    return {os.path.basename(each["file"]): each["state"] for each in media("queue")}


def the_bad_one(media):
    return next(each for each in media("queue") if each["file"].endswith("2.jpg"))


@pytest.mark.parametrize("how", ["abort", "segfault", "exit"])
def test_it_is_put_aside_the_second_time_and_the_others_go_on(faulty, photos, how):
    media = faulty(how)
    media.raw("upload", str(photos), "--to", "community:CMY-456/photos")
    assert media.status in (-signal.SIGABRT, -signal.SIGSEGV, 7)
    assert media.raw("queue", "resume").returncode == 1
    bad = the_bad_one(media)
    assert (bad["state"], bad["error"]["code"]) == ("failed", "crashes")
    assert "2.jpg" in bad["error"]["message"]
    assert set(states(media).values()) == {"done", "failed"}
    assert media("check") and media.status == 0


def test_it_may_be_tried_again_by_hand_and_does_no_harm(faulty, photos, tmp_path):
    media = faulty("abort")
    media.raw("upload", str(photos), "--to", "community:CMY-456/photos")
    media.raw("queue", "resume")
    assert media.raw("queue", "retry").returncode == 1
    assert the_bad_one(media)["error"]["code"] == "crashes"
    (tmp_path / "healed").touch()  # a new version can read it
    assert media.raw("queue", "retry").returncode == 0
    assert set(states(media).values()) == {"done"}


def is_at(media, number):
    """Whether a process notes that it decodes that item, and nothing else."""
    for note in media.home.glob("uploads.decoding.*"):
        with contextlib.suppress(FileNotFoundError):  # it is over
            if note.read_text() == f"[{number}]":
                return True
    return False


def test_sigkill_puts_no_file_aside(faulty, photos, tmp_path):
    media = faulty("hang")
    words = [sys.executable, "-m", "artitec_media_desktop", "--home", str(media.home)]
    doing = ["upload", str(photos), "--to", "property:789/photos"]
    for _ in range(3):
        process = subprocess.Popen(
            [*words, *doing], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        while not is_at(media, 3):  # 2.jpg
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        doing = ["queue", "resume"]
    (tmp_path / "healed").touch()
    assert media.raw("queue", "resume").returncode == 0
    rows = media("queue")
    assert [each["state"] for each in rows] == ["done"] * 6
    assert not list(media.home.glob("*decoding*"))


def test_a_picture_that_is_only_looked_at_is_found_out_too(faulty, photos):
    """The page of uploads shows what waits: that must not end the program at every start."""
    media = faulty("abort")
    media("entities")
    look = (
        "import sys; from pathlib import Path\n"
        "from artitec_media_desktop.bootstrap.library import Library\n"
        "from artitec_media_desktop.config.home import Home\n"
        "library = Library.embedded(Home(Path(sys.argv[1]))); library.open()\n"
        "library.uploads.recover()\n"
        "if not library.uploads.items(): library.uploads.drop([sys.argv[2]], None)\n"
        "(item,) = library.uploads.items()\n"
        "print(library.uploads.preview(item, 64))\n"
    )
    words = [sys.executable, "-c", look, str(media.home), str(photos / "2.jpg")]
    first, second = (subprocess.run(words, capture_output=True, text=True) for _ in range(2))
    assert first.returncode == -signal.SIGABRT
    assert (second.returncode, second.stdout) == (0, "None\n")
