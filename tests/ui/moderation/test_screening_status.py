"""The automatic check: how far it is, stopping it, and where it lacks."""

from types import SimpleNamespace

import pytest

from artitec_media_desktop.domain.changes import Failure
from artitec_media_desktop.domain.errors import Forbidden, NotFound, Permanent
from artitec_media_desktop.services.moderation.screening import Screened
from artitec_media_desktop.ui.panels.moderation.sidebar.screening_status import ScreeningStatus
from tests.ui.conftest import FakeRunner


class Service:
    def __init__(self):
        self.answer, self.runs = Screened(3), 0

    def run(self, _work):
        self.runs += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def app():
    return SimpleNamespace(runner=FakeRunner(), screening=Service())


@pytest.fixture
def status(qtbot, app):
    made = ScreeningStatus(app)
    qtbot.addWidget(made)
    return made


def test_it_says_how_far_it_is_and_nothing_once_it_is_done(qtbot, status, app):
    assert not status.says
    app.runner.held = True
    status.start()
    status.task.progressed.emit(1, 3)
    assert (status.count.text(), status.track.share) == ("Checking 1 of 3", pytest.approx(1 / 3))
    assert status.cancel.isVisible()
    with qtbot.waitSignal(status.screened):
        app.runner.release()
    assert not status.says


def test_what_was_stopped_goes_on_only_when_it_is_wanted(status, app):
    app.runner.held = True
    status.start()
    status.task.progressed.emit(1, 3)
    status.cancel.click()
    app.runner.release()
    status.start()  # the page is shown again
    assert not status.task.is_on
    assert status.says
    begun = app.screening.runs
    status.again.click()
    app.runner.release()
    assert app.screening.runs == begun + 1
    assert not status.says


def test_what_can_t_be_checked_is_told(status, app):
    app.screening.answer = Permanent("no_model", "It is not installed. Install it: pip install …")
    status.start()
    assert "pip install" in status.words.text()
    gone = NotFound("not_in_storage", "The file of “a.jpg” is not in the storage.")
    app.screening.answer = Screened(2, (Failure("MED-1", gone),))
    status.start()
    assert status.words.text() == "1 could not be checked"
    assert "a.jpg" in status.words.toolTip()


def test_who_may_not_check_is_not_told_so(status, app):
    app.screening.answer = Forbidden("not_allowed", "Only a moderator may do this.")
    status.start()
    assert not status.says
