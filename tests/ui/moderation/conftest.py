"""A queue in memory behind the page: leases, compare-and-set and undoing as the services do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.domain.changes import Change, ChangeKind, Failure, MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import Conflict, NotFound, Permanent
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Claimed, Lease, Policy, Waiting
from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.domain.review_queue import Held, QueueCounts
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.ui.edits import Edits
from tests.ui.media_rows import media
from tests.ui.moderation.pictures import jpeg

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
PLACE = EntityRef(EntityType.POST, 1)
S = ModerationStatus


def waiting(number, **changes):
    """Item ``MED-1`` and so on."""
    usual = {
        "entity_type": "post",
        "entity_field": "media",
        "width": 60,
        "height": 40,
        "moderation_status": S.PENDING,
        "created_at": NOW,
    }
    return Waiting(media(number, **(usual | changes)), NOW)


class FakeReview:
    """ReviewQueue, ModerationService and UndoService over ``items``, by public id."""

    def __init__(self, count):
        self.items = {f"MED-{number}": waiting(number) for number in range(1, count + 1)}
        self.leases = {}
        self.calls = []
        self.changes = []
        self.taken_by_others = set()
        self.elsewhere = Held()
        #: Raised once by the next call of that name.
        self.errors = {}

    # -- the queue

    def take(self, wanted, count, held=(), skipped=()):
        self._called("take", count, set(held), set(skipped))
        found = [
            name
            for name, item in self.items.items()
            if item.media.moderation_status in wanted.statuses
            and name not in held
            and name not in skipped
            and name not in self.leases
            and name not in self.taken_by_others
        ]
        return [self._lease(name) for name in found[:count]]

    def claim(self, name):
        self._called("claim", name)
        return self._lease(name)

    def renew(self, held):
        self._called("renew", [each.public_id for each in held])
        mine = [each for each in held if self.leases.get(each.public_id) == each.token]
        return [replace(each, until=NOW + timedelta(hours=1)) for each in mine]

    def release(self, held):
        self._called("release", sorted(each.public_id for each in held))
        for each in held:
            if self.leases.get(each.public_id) == each.token:
                del self.leases[each.public_id]

    def held(self, wanted, passed=()):
        return self.elsewhere

    def take_over(self, wanted, passed=()):
        self._called("take_over", set(passed))
        self.elsewhere = Held()
        self.taken_by_others.clear()

    def counts(self, wanted):
        return QueueCounts(total=len(self.waiting))

    def waiting_count(self):
        return len(self.waiting)

    @property
    def waiting(self):
        return [n for n, each in self.items.items() if each.media.moderation_status is S.PENDING]

    def status(self, name):
        return self.items[name].media.moderation_status

    def lose(self, name, status=None):
        """Somebody else has it now, and may have decided on it."""
        self.leases.pop(name, None)
        self.taken_by_others.add(name)
        if status is not None:
            self.set_status(name, status)

    def set_status(self, name, status):
        item = self.items[name]
        self.items[name] = replace(item, media=replace(item.media, moderation_status=status))

    # -- deciding and taking back

    def decide(self, names, ruling, seen, leases, work=None, partly=False):
        self._called("decide", tuple(names), ruling.status, ruling.reason)
        done, failed = [], []
        for name in names:
            before, token = self.status(name), leases[name].token if name in leases else None
            if before is not seen[name]:
                failed.append(Failure(name, Conflict("overtaken", "Ada Admin decided meanwhile.")))
            elif token != self.leases.get(name):
                failed.append(Failure(name, Conflict("lease_lost", "You no longer hold it.")))
            else:
                self.leases.pop(name, None)
                self.set_status(name, ruling.status)
                values = ({"moderation_status": each.value} for each in (before, ruling.status))
                done.append(MediaChange(name, PLACE, *values))
        if not done and not partly:
            raise failed[0].error
        change = Change(ChangeKind.MODERATED, tuple(done), "u1", NOW, len(self.changes) + 1)
        self.changes.append(change)
        return replace(change, failed=tuple(failed))

    def undo(self, number, work=None):
        self._called("undo", number)
        change = self.changes[number - 1]
        for each in change.media:
            self.set_status(each.public_id, S(each.before["moderation_status"]))
        return replace(change, kind=ChangeKind.UNDONE, id=number + 100)

    def decided(self):
        return [call[1:] for call in self.calls if call[0] == "decide"]

    def count_of(self, name):
        return sum(call[0] == name for call in self.calls)

    def _called(self, name, *values):
        self.calls.append((name, *values))
        if name in self.errors:
            raise self.errors.pop(name)

    def _lease(self, name):
        token = f"{name}-{len(self.calls)}"
        self.leases[name] = token
        return Claimed(self.items[name], Lease(name, token, "u1", NOW + timedelta(minutes=10)))


class FakePolicy:
    def __init__(self):
        self.policy = Policy()

    def get(self, fresh=False):
        return self.policy

    def decide_rights(self):
        return Decision(True)


class NoScreening:
    def run(self, work=None, limit=None):
        raise Permanent("no_screening", "It is not installed.")


class NoFacts:
    def many(self, public_ids):
        return {}

    def of(self, public_id):
        raise NotFound("no_media", "It is gone.")


@pytest.fixture
def review(app):
    """Twenty items that wait."""
    made = FakeReview(20)
    run = app.runner.run
    app.runner.run = lambda fn, *callbacks, **pool: run(
        lambda _: fn(Unwatched()), *callbacks, **pool
    )
    app.review_queue = app.moderation = app.undoing = made
    app.review_facts, app.policy, app.screening = NoFacts(), FakePolicy(), NoScreening()
    app.library.picture = lambda media, pixels: jpeg(media.id)
    app.library.original = lambda media: jpeg(media.id)
    return made


@pytest.fixture
def panel(app, review, light, qtbot):
    """The page in front."""
    from artitec_media_desktop.ui.panels.moderation import ModerationPanel

    edits = Edits(app)
    made = ModerationPanel(app, edits)
    made.notices, made.said = [], []
    made.noticed.connect(made.notices.append)
    made.status_changed.connect(made.said.append)
    qtbot.addWidget(made)
    made.resize(1300, 820)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    made.take_focus()
    return made


@pytest.fixture
def press(panel, qtbot):
    from PySide6.QtGui import QKeySequence

    def press(*keys):
        for each in keys:
            stroke = QKeySequence(each)[0]
            target = panel.window().focusWidget() or panel
            qtbot.keyClick(target, stroke.key(), stroke.keyboardModifiers())

    return press
