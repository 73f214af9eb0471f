"""The real program in a real X11 window, driven as a person would."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import ImageGrab

TOOLS = ("Xvfb", "openbox", "xdotool", "import", "xwd")
SIZE = (1440, 900)
#: Seconds after which what did not happen is a fault: a busy machine is slow, and no less right.
PATIENCE = 180
#: What goes on beside everything else, for as long as it finds something.
BESIDE = ("screening",)
#: The program of this working tree.
FROM_SOURCE = (sys.executable, "-m", "artitec_media_desktop")


def need(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"{', '.join(missing)} must be installed: REQUIRE_SERVICES is set")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


def wait_for(check, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if result := check():
            return result
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


def turn_to(desk, program):
    """Bring the window of a process to the front; there may be two of the same name."""
    window = wait_for(
        lambda: desk.x("search", "--onlyvisible", "--pid", program.process.pid), "its window"
    ).splitlines()[-1]
    desk.activate(window)
    return window


def _stat(path):
    """What a process or thread is called, its state, and who has started it; see proc(5)."""
    before, _, after = path.read_text().rpartition(")")
    state, parent = after.split()[:2]
    return before.partition("(")[2], state, parent


def _started():
    """The processes that this one has started, and those that they have."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents.setdefault(_stat(each / "stat")[2], []).append(each)
    found = parents.get(str(os.getpid()), [])
    for each in found:
        found += parents.get(each.name, [])
    return found


def is_at_work(*, workers=True):
    """Whether a thread of what was started computes, waits for processor or disk, or is stopped.

    Without ``workers`` only first threads count: those take in what comes from mouse and keyboard.
    """
    try:
        return any(
            state in "RDTt" and name not in BESIDE
            for process in _started()
            for thread in (process / "task").iterdir()
            if workers or thread.name == process.name
            for name, state, _ in [_stat(thread / "stat")]
        )
    except OSError:
        return True  # one has just ended


class Desk:
    """An X server with a window manager, a mouse and a keyboard."""

    def __init__(self):
        read, write = os.pipe()
        screen = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            self.display = f":{numbers.readline().strip()}"
        self.env = os.environ | {"DISPLAY": self.display, "LC_ALL": "C.UTF-8"}
        self.env.pop("QT_QPA_PLATFORM", None)
        self.env.pop("WAYLAND_DISPLAY", None)
        self._processes = []
        self.start("openbox", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self, *command, **values):
        """Start what is ended with the desk at the latest."""
        process = subprocess.Popen(command, env=self.env | values.pop("env", {}), **values)
        self._processes.append(process)
        return process

    def run(self, *command):
        return subprocess.run(
            command, env=self.env, check=False, capture_output=True, text=True, timeout=PATIENCE
        ).stdout.strip()

    def x(self, *words):
        """Do something with mouse, keyboard or windows, and wait until everyone has heard of it."""
        said = self.run("xdotool", *map(str, words))
        end, looks = time.monotonic() + PATIENCE, 0
        while looks < 2 and time.monotonic() < end:
            time.sleep(0.01)
            looks = 0 if is_at_work(workers=False) else looks + 1
        return said

    def window(self, name):
        found = wait_for(
            lambda: self.x("search", "--onlyvisible", "--name", name), f"the window {name}"
        )
        return found.splitlines()[-1]

    def activate(self, window):
        self.x("windowactivate", "--sync", window)

    def settle(self, seconds=PATIENCE):
        """Wait until what was done before has been seen to: all rest, and nothing moves."""
        time.sleep(0.2)
        end, still, before = time.monotonic() + seconds, 0, None
        while still < 2 and time.monotonic() < end:
            time.sleep(0.1)  # together less than the cursor of a field takes to blink
            now = self._picture()
            still = 0 if now != before or is_at_work() else still + 1
            before = now

    def _picture(self):
        done = subprocess.run(
            ["xwd", "-root", "-silent"],
            env=self.env, check=True, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        return hashlib.sha256(done.stdout).digest()

    def open_place(self, text):
        """Find an entity by a word of its name and open its page."""
        self.keys("ctrl+f")
        self.type(text)
        self.settle()
        self.keys("Return")
        self.settle()

    def place(self, window, x, y, width, height):
        self.x("windowsize", "--sync", window, width, height)
        self.x("windowmove", "--sync", window, x, y)

    def click(self, x, y):
        self.x("mousemove", x, y, "click", 1)

    def keys(self, *names):
        """Press them one after the other.

        Not at once: a server that is held up gives a release and the next press the same moment,
        and that is a key held down.
        """
        for name in names:
            self.x("key", "--clearmodifiers", name)

    def type(self, text):
        self.x("type", "--clearmodifiers", "--delay", "20", text)

    def drag(self, start, *points, key=None):
        """Press at ``start``, go by way of the points, and let go at the last one.

        ``key`` is held down at the end; window managers move windows by Alt and a press.
        """
        self.settle()
        self.x("mousemove", *start)
        self.x("mousedown", 1)
        for step in ((5, 5), (10, 10)):
            self.x("mousemove_relative", *step)
        x, y = start[0] + 15, start[1] + 15
        for point in points:
            for part in range(1, 11):
                self.x(
                    "mousemove", x + (point[0] - x) * part // 10, y + (point[1] - y) * part // 10
                )
            x, y = point
            self.settle()
        if key:
            self.x("keydown", key)
        self.x("mousemove_relative", 2, 2)
        self.settle()
        self.x("mouseup", 1)
        if key:
            self.x("keyup", key)

    def screenshot(self, path):
        self.run("import", "-window", "root", str(path))

    def seen(self, box):
        """The part of the screen within ``(left, top, right, bottom)``, as a picture."""
        return ImageGrab.grab(box, xdisplay=self.display)

    def close(self):
        for process in [*reversed(self._processes), self._server]:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def desk():
    need(*TOOLS)
    made = Desk()
    yield made
    made.close()


class Program:
    """The program under test on a home of its own, and its command line on the same home.

    ``command`` starts it; ``seen_as`` is the home as the program names it, where that is another.
    """

    def __init__(self, desk, home, command=FROM_SOURCE, seen_as=None):
        self.desk = desk
        self.home = home
        self._command = (*command, "--home", str(seen_as or home))
        self.process = None
        self.window = None
        self.errors = home.with_name("stderr.txt")

    def open(self, ready=None, paths=()):
        """Start it, with files to add; ``ready`` tells when it is there, else its own library does.

        At a first start somebody tries it with the sample library, and skips the tour.
        """
        there = (self.home / "library" / "library.db").exists
        is_first = ready is None and not there() and not (self.home / "profiles.json").exists()
        with self.errors.open("w") as errors:
            self.process = self.desk.start(*self._command, "gui", *map(str, paths), stderr=errors)
        self.window = self.desk.window("Artitec Media Desktop")
        self.desk.place(self.window, 0, 0, 1000, 860)
        self.desk.activate(self.window)
        if is_first:
            self.desk.settle()
            self.desk.keys("Return")
        wait_for(ready or there, "the library")
        if is_first:
            wait_for(self._tour_began, "the tour")
        self.desk.settle()
        if is_first:
            self.desk.keys("Escape")
            self.desk.settle()
        return self

    def _tour_began(self):
        path = self.home / "settings.json"
        return path.exists() and '"tour/due": false' in path.read_text()

    def command(self, *words):
        done = subprocess.run(
            [*self._command, *words, "--json"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=self.desk.env,
        )
        return json.loads(done.stdout)

    def listed(self, entity):
        return self.command("list", "--entity", entity)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
