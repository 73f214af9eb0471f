"""An application without a library behind it: work is done at once, signals are sent by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import MediaError, NotFound
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.uploads import UploadItem, UploadState
from artitec_media_desktop.ui.theme import Mode, theme

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """The offscreen plugin says what it lacks each time a window is shown; that is no fault."""
    ignored = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(ignored)


class FakeRunner:
    """Runs everything in the caller, unless it is ``held``: then until ``release``."""

    def __init__(self):
        self.held = False
        self.waiting = []

    def run(self, fn, on_done=None, on_error=None, on_progress=None, on_cancelled=None, **_):
        def job():
            try:
                result = fn(None)
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


class FakePump(QObject):
    items_changed = Signal(object)
    items_removed = Signal(object)
    progressed = Signal(object)
    added = Signal(object)
    idle = Signal()

    def __init__(self):
        super().__init__()
        self.calls = []

    def cancel(self, ids=None, on_error=None):
        self.calls.append(("cancel", ids))

    def retry_failed(self, on_error=None):
        self.calls.append(("retry_failed",))

    def clear_finished(self, on_error=None):
        self.calls.append(("clear_finished",))


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

    def resolve(self, entity_type, id_text):
        if id_text not in self.names:
            raise NotFound("no_entity", f"{id_text} is gone.")
        return Entity(EntityRef(entity_type, 456), id_text, self.names[id_text])


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
        self.error = None
        self.closed = False

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
            entity_type=EntityType.COMMUNITY,
            entity_id=456,
            entity_public_id="CMY-456",
            slot_name="photos",
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
