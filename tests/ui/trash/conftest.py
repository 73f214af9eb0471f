"""A trash in memory behind the page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.domain.permissions import ALLOWED, Account, Role
from artitec_media_desktop.domain.trash import TrashItem, TrashPage
from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels.trash import TrashPanel
from tests.ui.media_rows import media

WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 1), "CMY-456", "Willow Creek")
DANA = Account("u1", "Dana Ruiz", Role.ADMIN)


def item(number, **changes):
    gone = media(number, storage_path="private/a.jpg", original_url="private/a.jpg")
    deleted_at = datetime.now(UTC) - timedelta(days=2, minutes=number)
    made = TrashItem(gone, WILLOW, DANA, deleted_at, deleted_at + timedelta(days=30), ALLOWED)
    return replace(made, **changes)


class FakeTrash:
    """Listing, putting back, deleting and purging in one."""

    def __init__(self):
        self.items = []
        self.live = []
        self.may_purge = ALLOWED
        self.error = None
        self.asked = []
        self.done = []
        self.calls = []

    def page(self, search="", limit=100, after=None):
        self.asked.append((search, limit, after))
        if self.error is not None:
            raise self.error
        words = search.lower().split()
        found = [
            e for e in self.items if all(w in e.media.original_filename.lower() for w in words)
        ]
        start = 0 if after is None else after
        end = start + limit
        size = sum(each.media.file_size for each in found)
        more = end if end < len(found) else None
        return TrashPage(tuple(found[start:end]), len(found), size, more, self.may_purge)

    def restore(self, ids, work=None):
        self.calls.append(("restore", tuple(ids)))
        if self.error is not None:
            raise self.error
        self.live += [each for each in self.items if each.media.public_id in ids]
        return self._gone(ChangeKind.RESTORED, ids)

    def delete(self, ids, work=None):
        self.calls.append(("delete", tuple(ids)))
        self.items = [each for each in self.live if each.media.public_id in ids] + self.items
        return self._change(ChangeKind.TRASHED, ids)

    def purge(self, older_than_days=30.0, public_ids=None, work=None):
        self.calls.append(("purge", older_than_days, public_ids))
        if public_ids is None:
            before = datetime.now(UTC) - timedelta(days=older_than_days)
            public_ids = [e.media.public_id for e in self.items if e.deleted_at < before]
        return self._gone(ChangeKind.PURGED, public_ids)

    def _gone(self, kind, ids):
        self.items = [each for each in self.items if each.media.public_id not in ids]
        return self._change(kind, ids)

    def _change(self, kind, ids):
        parts = tuple(MediaChange(each, WILLOW.ref, {}, {}) for each in ids)
        self.done.append(Change(kind, parts, "u1", datetime.now(UTC), len(self.done) + 1))
        return self.done[-1]

    def undo(self, change_id, work=None):
        """Of a putting back."""
        change = self.delete(self.done[change_id - 1].public_ids)
        return replace(change, kind=ChangeKind.UNDONE)


@pytest.fixture
def trash(app):
    made = FakeTrash()
    made.items = [item(number) for number in range(1, 6)]
    app.trash = made
    app.trash_listing = app.purging = app.undoing = made

    def picture(media, pixels):
        raise NotFound("not_in_storage", f"{media.public_id} is gone.")

    app.library.picture = picture
    return made


@pytest.fixture
def panel(app, trash, light, qtbot):
    """The page in front; ``activate`` reads it."""
    edits = Edits(app)
    made = TrashPanel(app, edits)
    made._gather.setInterval(20)
    made.edits, made.notices = edits, []
    made.noticed.connect(made.notices.append)
    edits.noticed.connect(made.notices.append)
    made.said = []
    made.status_changed.connect(made.said.append)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def choose(panel):
    """Select rows, in the list, which takes the keyboard."""

    def select(*rows):
        view = panel.view
        view.setFocus()
        view.clearSelection()
        for row in rows:
            index = panel.rows.index(row)
            view.selectionModel().setCurrentIndex(index, view.selectionModel().SelectionFlag.Select)

    return select
