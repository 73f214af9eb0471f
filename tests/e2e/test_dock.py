"""The progress of the uploads reaches a dock, over a D-Bus of the test's own."""

import re
import subprocess
import sys

from tests.services.desk import need, wait_for

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.tasks.runner import Runner
from artitec_media_desktop.ui.dock import Dock
qt = QApplication([])
qt.setDesktopFileName("artitec-media")
runner = Runner()
dock = Dock(runner)
dock.show_progress(0.25, 3)
QTimer.singleShot(1500, lambda: dock.show_progress(None, 0))
QTimer.singleShot(2000, qt.quit)
qt.exec()
runner.shutdown()
"""


def test_a_dock_hears_how_far_it_is(desk, tmp_path):
    need("dbus-run-session", "dbus-monitor")
    heard, errors = tmp_path / "heard.txt", tmp_path / "errors.txt"
    watch = "type=signal,interface=com.canonical.Unity.LauncherEntry"
    script = (
        'dbus-monitor --session "$1" > "$2" & monitor=$!; sleep 0.5; '
        '"$3" -c "$4" 2> "$5"; sleep 0.5; kill $monitor'
    )
    words = (watch, str(heard), sys.executable, PROGRAM, str(errors))
    session = desk.start(
        *("dbus-run-session", "--", "sh", "-c", script, "sh", *words), stderr=subprocess.DEVNULL
    )
    session.wait(30)
    text = wait_for(heard.read_text, what="a signal")
    assert text.count('string "application://artitec-media.desktop"') == 2
    assert re.findall(r"variant\s+(double|boolean) (\S+)", text) == [
        ("double", "0.25"),
        ("boolean", "true"),
        ("double", "0"),
        ("boolean", "false"),
    ]
    assert errors.read_text() == ""


def test_without_a_bus_nothing_is_said_of_it(desk):
    desk.env = desk.env | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=desk.env, capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
