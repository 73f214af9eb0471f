"""The progress of the uploads reaches a dock, over a D-Bus of the test's own."""

import re
import subprocess
import sys
from subprocess import PIPE

import pytest

from tests.services.desk import PATIENCE, need, wait_for

#: Each line that it is told is a step further.
PROGRAM = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.tasks.runner import Runner
from artitec_media_desktop.ui.dock import Dock
qt = QApplication([])
qt.setDesktopFileName("artitec-media")
runner = Runner()
dock = Dock(runner)
dock.show_progress(0.25, 3)

def end():
    told.setEnabled(False)
    while runner.is_busy:
        qt.processEvents()
    qt.quit()

steps = iter([lambda: dock.show_progress(None, 0), end])
told = QSocketNotifier(0, QSocketNotifier.Type.Read)
told.activated.connect(lambda: (sys.stdin.readline(), next(steps)()))
qt.exec()
runner.shutdown()
"""


@pytest.fixture
def bus(desk):
    """The address of a bus that lasts as long as the test."""
    need("dbus-run-session", "dbus-monitor")
    stay = ("sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat')
    session = desk.start("dbus-run-session", "--", *stay, stdin=PIPE, stdout=PIPE, text=True)
    with session.stdin, session.stdout:
        yield session.stdout.readline().strip()


def test_a_dock_hears_how_far_it_is(desk, bus, tmp_path):
    desk.env |= {"DBUS_SESSION_BUS_ADDRESS": bus}
    heard = tmp_path / "heard.txt"
    watch = "type=signal,interface=com.canonical.Unity.LauncherEntry"
    with heard.open("w") as file:
        desk.start("dbus-monitor", "--address", bus, watch, stdout=file)
    wait_for(lambda: "NameLost" in heard.read_text(), "the monitor")  # from then on it hears all

    def said():
        return re.findall(r"variant\s+(double|boolean) (\S+)", heard.read_text())

    first = [("double", "0.25"), ("boolean", "true")]
    program = desk.start(sys.executable, "-c", PROGRAM, stdin=PIPE, stderr=PIPE, text=True)
    wait_for(lambda: said() == first, "the progress")
    program.stdin.write("\n")
    program.stdin.flush()
    wait_for(lambda: said() == [*first, ("double", "0"), ("boolean", "false")], "the end of it")
    assert program.communicate("\n", PATIENCE)[1] == ""
    assert heard.read_text().count('string "application://artitec-media.desktop"') == 2


def test_without_a_bus_nothing_is_said_of_it(desk):
    desk.env |= {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input="\n\n",
        env=desk.env, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
