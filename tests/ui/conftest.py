"""An application without a library behind it: work is done at once, signals are sent by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.config.environment import profile_of, read_env
from artitec_media_desktop.domain.entities import Entity, EntityRef
from artitec_media_desktop.domain.errors import Cancelled, MediaError, NotFound
from artitec_media_desktop.domain.permissions import Account, Decision, Role
from artitec_media_desktop.domain.profiles import EMBEDDED, Profile
from artitec_media_desktop.domain.uploads import UploadItem, UploadState
from artitec_media_desktop.tasks.changes import Changes
from artitec_media_desktop.ui.theme import Mode, theme
from tests.places import PHOTOS

_HERE = Path(__file__).parent


def pytest_runtest_setup():
    """Nobody holds Ctrl or Shift any more: Qt takes those of the last key for the current ones."""
    if QGuiApplication.instance() and QGuiApplication.keyboardModifiers().value:
        QTest.keyClick(QWidget(), Qt.Key.Key_A)


def pytest_collection_modifyitems(items):
    """The offscreen plugin says what it lacks each time a window is shown; that is no fault."""
    ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(ignored)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown():
    """What a test has closed goes with it: else thousands of widgets are dressed with the next."""
    result = yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return result


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_left_empty():
    """What Python put there must go before Python does: offscreen, Qt frees it at the very end."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


class FakeRunner:
    """Runs everything in the caller, unless it is ``held``: then until ``release``."""

    def __init__(self):
        self.held = False
        self.waiting = []

    def run(self, fn, on_done=None, on_error=None, on_progress=None, on_cancelled=None, **_):
        def job():
            try:
                result = fn(None)
            except Cancelled:
                if on_cancelled is not None:
                    on_cancelled()
                return
            except MediaError as error:
                if on_error is not None:
                    on_error(error)
                return
            if on_done is not None:
                on_done(result)

        if self.held:
            self.waiting.append(job)
        else:
            job()

    def release(self):
        self.held = False
        while self.waiting:
            self.waiting.pop(0)()


class Recorder:
    """Stands for the upload service: writes down what is asked of it."""

    def __init__(self, calls):
        self._calls = calls

    def __getattr__(self, name):
        return lambda *values: self._calls.append((name, *values))


class FakePump(QObject):
    items_changed = Signal(object)
    caught_up = Signal()
    items_removed = Signal(object)
    progressed = Signal(object)
    added = Signal(object)
    idle = Signal()
    journal_failed = Signal(object)

    def __init__(self):
        super().__init__()
        self.calls = []
        self.is_owner = True
        self.error = None

    def drop(self, paths, target, options=None, on_error=None, on_done=None, first=False):
        if self.error is not None:
            on_error(self.error)
            return
        self.calls.append(("drop", paths, target, options, *(("first",) if first else ())))
        if on_done is not None:
            on_done(1)

    def ask(self, request, on_error=None, on_done=None):
        request(Recorder(self.calls))
        if on_done is not None:
            on_done()

    def cancel(self, ids=None, on_error=None):
        self.calls.append(("cancel", ids))

    def retry_failed(self, ids=None, on_error=None):
        self.calls.append(("retry_failed",) if ids is None else ("retry_failed", ids))

    def clear_finished(self, on_error=None):
        self.calls.append(("clear_finished",))

    def set_concurrency(self, count):
        self.calls.append(("set_concurrency", count))

    def hurry(self):
        self.calls.append(("hurry",))


class FakeSecrets:
    def __init__(self):
        self.is_lasting = True
        self.known = {}

    def get(self, profile, what):
        return self.known.get((profile, what))

    def put(self, profile, what, value, keep=True):
        self.known[(profile, what)] = value
        return keep and self.is_lasting


class FakeProfiles:
    def __init__(self):
        self.secrets = FakeSecrets()
        self.found = [Profile(EMBEDDED)]
        self.forgotten = []
        self.error = None

    def all(self):
        return list(self.found)

    def add(self, profile, secrets, replace=False):
        if self.error is not None:
            raise self.error
        self.found = [each for each in self.found if each.name != profile.name] + [profile]
        kept = [self.secrets.put(profile.name, *each) for each in secrets.items()]
        return all(kept)

    def remove(self, name):
        self.found = [each for each in self.found if each.name != name]

    def forget(self, profile, email):
        self.forgotten.append((profile, email))

    def read_env(self, source, name):
        return profile_of(read_env(source if isinstance(source, str) else source.read_text()), name)


class FakeWatch(QObject):
    changed = Signal(object, str)
    looked = Signal()

    def __init__(self):
        super().__init__()
        self.calls = []
        self.seconds_left = 12.0
        self.reason = ""

    def start(self):
        self.calls.append("start")

    def look_now(self):
        self.calls.append("look_now")

    def tell(self, state, reason=""):
        self.reason = reason
        self.changed.emit(state, reason)


class FakeOthers:
    """Stands for the watch over what others do."""

    def __init__(self):
        self.calls = []

    def start(self):
        self.calls.append("start")

    def look_now(self):
        self.calls.append("look_now")

    def set_active(self, active):
        self.calls.append(("set_active", active))


class FakeUploads:
    def __init__(self):
        self.journal = []
        self.picture = None

    def items(self):
        return list(self.journal)

    def preview(self, item, pixels):
        return self.picture


class FakeLibrary:
    def __init__(self):
        self.names = {"CMY-456": "Willow Creek", "PROP-789": "8214 E Juniper Ct"}
        self.places = []
        self.refusals = {}

    def entities(self):
        return list(self.places)

    def may_add(self, refs):
        return {ref: Decision(ref not in self.refusals, self.refusals.get(ref, "")) for ref in refs}

    def resolve(self, entity_type, id_text):
        if id_text not in self.names:
            raise NotFound("no_entity", f"{id_text} is gone.")
        return Entity(EntityRef(entity_type, 456), id_text, self.names[id_text])


class FakeQueue:
    """A review queue of which only the badge of the rail asks."""

    waiting = 0

    def waiting_count(self):
        return self.waiting


class FakeSettings(dict):
    def get(self, key, default=None):
        return super().get(key, default)

    def set(self, key, value):
        self[key] = value


class FakeApp:
    def __init__(self):
        self.account = Account("u1", "Dana Ruiz", Role.ADMIN)
        self.settings = FakeSettings()
        self.runner = FakeRunner()
        self.pump = FakePump()
        self.uploads = FakeUploads()
        self.library = FakeLibrary()
        self.connection = FakeWatch()
        self.changes = Changes()
        self.others = FakeOthers()
        self.profiles = FakeProfiles()
        self.profile = Profile(EMBEDDED)
        self.is_first_start = False
        self.email = ""
        self.read_only = ""
        self.finishing = []
        self.review_queue = FakeQueue()
        self.signed_in = []
        self.tidied = 0
        self.error = None
        self.closed = False

    def sign_in(self, email, password, remember, on_done=None, on_error=None):
        self.signed_in.append((email, password, remember))
        self.runner.run(lambda _: None, lambda _: self.open(on_done, on_error))

    def tidy(self):
        self.tidied += 1

    def end(self, on_done):
        self.closed = True
        on_done()

    def open(self, on_done=None, on_error=None):
        if self.error is None:
            on_done()
        else:
            on_error(self.error)

    def close(self):
        self.closed = True


@pytest.fixture
def app():
    return FakeApp()


@pytest.fixture
def make_item():
    """An upload item of batch 1; counts its ids up."""
    last = 0

    def make(state=UploadState.QUEUED, **changes):
        nonlocal last
        last += 1
        item = UploadItem(
            id=last,
            batch=1,
            position=last,
            path=f"/photos/IMG_{4160 + last}.jpg",
            place=PHOTOS,
            state=state,
            size=6_000_000,
            created_at=datetime(2025, 10, 14, 14, 6, tzinfo=UTC),
        )
        return replace(item, **changes)

    return make


@pytest.fixture(scope="session")
def dressed(qapp):
    """The application in its theme, light whatever the machine says."""
    theme().set_mode(Mode.LIGHT)
    theme().apply(qapp)
    return qapp


@pytest.fixture
def light(dressed):
    theme().set_mode(Mode.LIGHT)
    yield dressed
    theme().set_mode(Mode.LIGHT)
