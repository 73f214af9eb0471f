"""A history in memory behind the page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.domain.activity import (
    KINDS,
    Activity,
    ActivityMedia,
    ActivityPage,
)
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.domain.permissions import ALLOWED, Account, Decision, Role
from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels.activity import ActivityPanel

WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 1), "CMY-456", "Willow Creek")
JUNIPER = Entity(EntityRef(EntityType.PROPERTY, 789), "PROP-789", "8214 E Juniper Ct")
DANA = Account("u1", "Dana Ruiz", Role.ADMIN)
PRIYA = Account("u2", "Priya Nair", Role.ADMIN)
#: No test runs over midnight: what is minutes apart is on one day.
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def entry(number, kind=ChangeKind.EDITED, **values):
    """A change; the larger its number, the later it was: ten minutes each."""
    at = NOON.astimezone(UTC) + timedelta(minutes=10 * (number - 100))
    media = ActivityMedia(f"MED-{number}", f"IMG_{number}.jpg", MediaType.IMAGE)
    made = Activity(
        changes=(number,),
        kind=kind,
        account="u1",
        by=DANA,
        at=at,
        since=at,
        count=1,
        media=(media,),
        only_images=True,
        places=(WILLOW,),
        place_count=1,
        columns=frozenset({"alt_text"}),
        status=None,
        undone_at=None,
        undone_by=None,
        may_undo=ALLOWED,
    )
    made = replace(made, **values)
    return replace(made, since=values.get("since", made.at))


class FakeHistory:
    """Reading and undoing in one."""

    def __init__(self):
        self.items = []
        self.error = None
        self.asked = []
        self.undone = []

    def page(self, query, limit=200, before=None):
        self.asked.append((query, limit, before))
        if self.error is not None:
            raise self.error
        words = query.text.lower().split()
        found = [
            each
            for each in self.items
            if (before is None or each.changes[0] < before)
            and (not query.mine or each.account == "u1")
            and (not query.kind or each.kind in KINDS[query.kind])
            and all(word in each.media[0].name.lower() for word in words)
        ]
        more = found[limit - 1].changes[0] if len(found) > limit else None
        return ActivityPage(tuple(found[:limit]), more)

    def media(self, public_id):
        raise NotFound("no_media", f"{public_id} is gone.")

    def undo(self, change_id, work=None):
        return self.undo_uploads((change_id,))

    def undo_uploads(self, change_ids, work=None):
        self.undone.append(tuple(change_ids))
        no = Decision(False, "This is undone already.")
        self.items = [
            replace(each, undone_at=datetime.now(UTC), undone_by=DANA, may_undo=no)
            if each.changes[0] in change_ids
            else each
            for each in self.items
        ]
        parts = tuple(MediaChange(f"MED-{each}", WILLOW.ref, {}, {}) for each in change_ids)
        return Change(ChangeKind.UNDONE, parts, "u1", datetime.now(UTC), 1_000_000)


@pytest.fixture
def history(app):
    made = FakeHistory()
    made.items = [entry(number) for number in (105, 104, 103, 102, 101)]
    app.activity = app.undoing = made
    app.library.picture = lambda media, pixels: b""
    return made


@pytest.fixture
def panel(app, history, light, qtbot):
    """The page in front; ``activate`` reads it."""
    edits = Edits(app)
    made = ActivityPanel(app, edits)
    made.edits, made.notices, made.gone_to = edits, [], []
    made.noticed.connect(made.notices.append)
    edits.noticed.connect(made.notices.append)
    made.page_requested.connect(lambda *where: made.gone_to.append(where))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
