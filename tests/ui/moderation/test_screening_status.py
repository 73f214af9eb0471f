"""The automatic check: what is left to check, starting it, stopping it, and where it lacks."""

from types import SimpleNamespace

import pytest

from artitec_media_desktop.domain.changes import Failure
from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.services.moderation.screening import Screened
from artitec_media_desktop.ui.panels.moderation.screening_status import ScreeningStatus
from tests.ui.conftest import FakeRunner


class Screening:
    def __init__(self):
        self.decision, self.count = Decision(True), 3
        self.answer = Screened(3)

    def available(self):
        return self.decision

    def pending_count(self):
        return self.count

    def run(self, work):
        if isinstance(self.answer, Exception):
            raise self.answer
        self.count = 0
        return self.answer


@pytest.fixture
def app():
    return SimpleNamespace(runner=FakeRunner(), screening=Screening())


@pytest.fixture
def status(qtbot, app):
    made = ScreeningStatus(app)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_how_many_are_left_and_checks_them(qtbot, status, app):
    assert status.words.text() == "3 not checked yet"
    app.runner.held = True
    status.start.click()
    assert status.cancel.isVisible()
    assert not status.start.isVisible()
    status._tell(1, 3, "a.jpg")
    assert status.words.text() == "Checking 1 of 3"
    with qtbot.waitSignal(status.screened):
        app.runner.release()
    assert status.words.text() == "All that waits was checked"
    assert not status.start.isVisible()
    assert not status.cancel.isVisible()


def test_where_it_is_not_installed_it_says_how_to(status, app):
    app.screening.decision = Decision(False, "It is not installed. Install it: pip install …")
    status.read()
    assert "pip install" in status.words.text()
    assert not status.start.isVisible()


def test_what_could_not_be_checked_is_told(status, app):
    gone = NotFound("not_in_storage", "The file of “a.jpg” is not in the storage.")
    app.screening.answer = Screened(2, (Failure("MED-1", gone),))
    status.start.click()
    assert status.words.text() == "1 could not be checked"
    assert "a.jpg" in status.words.toolTip()
    app.screening.answer = Permanent("no_model", "The model is broken.")
    status.run()
    assert status.words.text() == "The model is broken."
    assert not status.is_running
