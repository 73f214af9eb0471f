"""What a person sees of an error that nobody expected."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from artitec_media_desktop.config.home import Home
from artitec_media_desktop.ui.crashes import CrashDialog, Crashes


@pytest.fixture
def crashes(qapp, tmp_path):
    crashes = Crashes(Home(tmp_path))
    crashes.start()
    yield crashes
    crashes.stop()
    if crashes._dialog is not None:
        crashes._dialog.accept()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fail(message):
    try:
        raise RuntimeError(message)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.logs_errors
def test_a_dialog_shows_the_report_and_the_window_goes_on(crashes, qtbot):
    fail("the grid broke")
    qtbot.waitUntil(lambda: crashes._dialog is not None)
    dialog = crashes._dialog
    assert isinstance(dialog, CrashDialog)
    assert "the grid broke" in dialog.report.toPlainText()
    dialog.copy.click()
    assert "the grid broke" in QGuiApplication.clipboard().text()
    fail("and again")  # one dialog at a time
    qtbot.wait(20)
    assert crashes._dialog is dialog
    dialog.go_on.click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert crashes._dialog is None
