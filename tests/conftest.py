"""What every test gets: no window system, no home of the person's own, and no error unseen."""

import gc
import locale
import logging
import os
import sys
from functools import partial

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Of another locale Qt says that it changes it, in whichever test is the first.
if locale.getencoding() != "UTF-8":
    os.environ["LC_ALL"] = "C.UTF-8"
# As the program sets it; some tests import NumPy before the program does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A test that forgets its home must not touch the person's.
os.environ["ARTITEC_MEDIA_HOME"] = os.devnull
# Hundreds of processes are started: without bytecode each would compile the application anew, and
# each run of pytest the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Nothing waits for the disk, which many tests share: processes are killed, but no power is cut.
os.fsync = lambda _file: None


class _Errors(logging.Handler):
    def __init__(self):
        super().__init__(logging.ERROR)
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_error_is_logged(request):
    """Fail a test during which an error is logged, unless it says that it expects one."""
    errors = _Errors()
    root = logging.getLogger()
    root.addHandler(errors)
    yield
    root.removeHandler(errors)
    if request.node.get_closest_marker("logs_errors"):
        assert errors.records, "no error was logged"
    else:
        assert not errors.records, [each.getMessage() for each in errors.records]


@pytest.fixture
def qtbot(qtbot):
    """Waits a minute, not five seconds: a busy machine is slow, and no less right."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=60_000))
    return qtbot


def pytest_collection_finish():
    """What thousands of tests are made of stays: no collection has to look through it."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under REQUIRE_SERVICES nothing may be skipped: a test that did not run proves nothing."""
    report = yield
    if report.skipped and os.environ.get("REQUIRE_SERVICES") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though REQUIRE_SERVICES is set: {report.longrepr[-1]}"
    return report
