"""The real program in a real X11 window, driven as a person would."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

import pytest
from PIL import ImageGrab

TOOLS = ("Xvfb", "openbox", "xdotool", "import", "xwd")
SIZE = (1440, 900)
#: The program of this working tree.
FROM_SOURCE = (sys.executable, "-m", "artitec_media_desktop")


def need(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"{', '.join(missing)} must be installed: REQUIRE_SERVICES is set")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


def wait_for(check, seconds=30, what="it"):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := check():
            return result
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def turn_to(desk, program):
    """Bring the window of a process to the front; there may be two of the same name."""
    window = wait_for(
        lambda: desk.x("search", "--onlyvisible", "--pid", program.process.pid), what="its window"
    ).splitlines()[-1]
    desk.x("windowactivate", "--sync", window)
    time.sleep(0.5)
    return window


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
        self._processes = [
            self.start("openbox", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ]

    def start(self, *command, **values):
        return subprocess.Popen(command, env=self.env | values.pop("env", {}), **values)

    def run(self, *command):
        return subprocess.run(
            command, env=self.env, check=False, capture_output=True, text=True, timeout=20
        ).stdout.strip()

    def x(self, *words):
        return self.run("xdotool", *map(str, words))

    def window(self, name):
        found = wait_for(
            lambda: self.x("search", "--onlyvisible", "--name", name), what=f"the window {name}"
        )
        return found.splitlines()[-1]

    def settle(self, seconds=5):
        """Wait until nothing moves on the screen: what was done before has been seen to."""
        time.sleep(0.3)
        end, before, now = time.monotonic() + seconds, None, self._picture()
        while before != now and time.monotonic() < end:
            time.sleep(0.2)
            before, now = now, self._picture()

    def _picture(self):
        done = subprocess.run(
            ["xwd", "-root", "-silent"], env=self.env, check=True, capture_output=True, timeout=20
        )
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
        self.x("key", "--clearmodifiers", *names)

    def type(self, text):
        self.x("type", "--clearmodifiers", "--delay", "20", text)

    def drag(self, start, *points, hold=0.3, key=None):
        """Press at ``start``, go by way of the points, and let go at the last one.

        ``key`` is held down at the end; window managers move windows by Alt and a press.
        """
        self.x("mousemove", *start)
        self.x("mousedown", 1)
        for step in ((5, 5), (10, 10)):
            time.sleep(0.1)
            self.x("mousemove_relative", *step)
        x, y = start[0] + 15, start[1] + 15
        for point in points:
            for part in range(1, 11):
                time.sleep(0.05)
                self.x(
                    "mousemove", x + (point[0] - x) * part // 10, y + (point[1] - y) * part // 10
                )
            x, y = point
            time.sleep(hold)
        if key:
            self.x("keydown", key)
        self.x("mousemove_relative", 2, 2)
        time.sleep(0.3)
        self.x("mouseup", 1)
        if key:
            self.x("keyup", key)

    def screenshot(self, path):
        self.run("import", "-window", "root", str(path))

    def seen(self, box):
        """The part of the screen within ``(left, top, right, bottom)``, as a picture."""
        return ImageGrab.grab(box, xdisplay=self.display)

    def close(self):
        for process in [*self._processes, self._server]:
            process.terminate()
            process.wait(10)


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
        self.desk.x("windowactivate", "--sync", self.window)
        if is_first:
            self.desk.settle()
            self.desk.keys("Return")
        wait_for(ready or there, what="the library")
        if is_first:
            wait_for(self._tour_began, what="the tour")
        self.desk.settle(10)
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
            timeout=60,
            env=self.desk.env,
        )
        return json.loads(done.stdout)

    def listed(self, entity):
        return self.command("list", "--entity", entity)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)
