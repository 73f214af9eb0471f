"""Reports of errors that nobody expected."""

import logging
import os
import subprocess
import sys

import pytest

from artitec_media_desktop import __version__
from artitec_media_desktop.config.crash_reports import CrashReports
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.log import start_log, stop_log

LOG = logging.getLogger("artitec_media_desktop.test")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def told():
    return []


@pytest.fixture
def reports(home, told):
    reports = CrashReports(home, told.append)
    start_log(home.logs)
    reports.start()
    yield reports
    reports.stop()
    stop_log()


def fail(message="it broke"):
    try:
        raise RuntimeError(message)
    except RuntimeError as error:
        return type(error), error, error.__traceback__


def written(home):
    return sorted(home.crashes.glob("crash-*.txt"))


@pytest.mark.logs_errors
def test_what_nobody_caught_is_reported_with_versions_and_the_log(home, reports, told):
    LOG.info("connected to mysql://artitec:hunter2@db/artitec with password=%s", "hunter2")
    sys.excepthook(*fail("no way to mysql://artitec:hunter2@db"))
    (report,) = told
    assert report.path == written(home)[0]
    assert report.text == report.path.read_text()
    for word in (f"Artitec Media: {__version__}", "Python: ", "RuntimeError: no way", "connected"):
        assert word in report.text
    assert "hunter2" not in report.text
    assert "hunter2" not in (home.logs / "media.log").read_text()


@pytest.mark.logs_errors
def test_a_fault_that_was_caught_is_reported_and_disturbs_nobody(home, reports, told):
    try:
        raise RuntimeError("in a worker")
    except RuntimeError:
        LOG.exception("a background task failed")
    assert "in a worker" in written(home)[0].read_text()
    assert told == []


@pytest.mark.logs_errors
def test_the_same_fault_again_and_again_is_one_report(home, reports, told):
    fault = fail()
    for _ in range(30):
        sys.excepthook(*fault)
    assert len(told) == len(written(home)) == 1
    for number in range(30):
        sys.excepthook(*fail(str(number)))
    assert len(written(home)) == 10


@pytest.mark.logs_errors
def test_a_folder_that_can_not_be_written_makes_nothing_worse(home, reports, told, monkeypatch):
    def refuse(*_, **__):
        raise OSError

    monkeypatch.setattr("pathlib.Path.write_text", refuse)
    sys.excepthook(*fail())
    assert told == []


CRASHES = """
import ctypes, sys
from pathlib import Path
from artitec_media_desktop.config.crash_reports import CrashReports
from artitec_media_desktop.config.home import Home
reports = CrashReports(Home(Path(sys.argv[1])))
reports.start()
if sys.argv[2] == "crash":
    ctypes.string_at(0)
if sys.argv[2] == "exit":
    reports.stop()
import os
os._exit(0)
"""


@pytest.mark.parametrize(("how", "is_told"), [("crash", True), ("exit", False), ("killed", False)])
def test_a_crash_of_the_process_is_told_at_the_next_start(home, how, is_told):
    subprocess.run([sys.executable, "-c", CRASHES, str(home.root), how], check=False)
    reports = CrashReports(home)
    left = reports.left()
    assert (left is not None) is is_told
    if left is not None:
        assert "Segmentation fault" in left.text
        assert "string_at" in left.text
    assert reports.left() is None, "it is told once"


def test_what_another_window_writes_down_is_left_to_it(home, reports):
    mine = home.crashes / f"running-{os.getppid()}.txt"
    mine.write_text("it is still running")
    assert reports.left() is None
    assert mine.exists()
