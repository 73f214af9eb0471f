"""A comparison in memory behind the page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.duplicates import (
    Difference,
    Group,
    Likeness,
    Merge,
    Outcome,
    Reason,
    Report,
    ReportLine,
    Rule,
)
from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.fingerprinting import Fingerprinted
from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels.duplicates import DuplicatesPanel
from tests.ui import media_rows

MB = 1 << 20
PLACES = [
    Entity(EntityRef(EntityType.PROPERTY, number), f"PROP-{number}", f"{number} E Juniper Ct")
    for number in range(1, 10)
]


def media(number, entity=1, **changes):
    usual = {
        "file_size": number * MB,
        "entity_type": "property",
        "entity_id": entity,
        "width": 60,
        "height": 40,
        "created_at": datetime(2026, 9, 18, tzinfo=UTC),
    }
    return media_rows.media(number, **(usual | changes))


def group(*ids, kind=Likeness.NEAR, bits=2, freed=None, entities=1):
    others = ids[1:]
    freed = sum(ids[1:]) * MB if freed is None else freed
    return Group(ids[0], tuple(others), (bits,) * len(others), kind, freed, entities)


class FakeGrouping:
    def __init__(self, groups):
        self.groups = groups
        self.made = 0

    @property
    def count(self):
        return len(self.groups)

    @property
    def freed(self):
        return sum(each.freed for each in self.groups)

    def group(self, index):
        self.made += 1
        return self.groups[index]

    def index_of(self, media_id):
        found = (at for at, each in enumerate(self.groups) if media_id in each.ids)
        return next(found, None)

    def without_media(self, ids):
        return FakeGrouping([each for each in self.groups if not set(ids) & set(each.ids)])


class FakeDuplicates:
    """Comparing, previewing and deciding, over ``groups`` of ``library``'s media."""

    def __init__(self, app):
        self._app = app
        self.groups = []
        self.unprinted = 0
        self.error = None
        self.refusal = None
        self.calls = []
        self.done = []
        self.settled = set()
        self.turned = {}

    # -- comparing, and what was compared

    def compare(self, scope, work):
        self.calls.append(("compare", scope))
        if self.error is not None:
            raise self.error
        return self

    def grouped(self, threshold, rules):
        self.calls.append(("grouped", threshold, rules))
        found = [each for each in self.groups if each.distance <= threshold]
        live = self._app.library.media
        found = [each for each in found if each.ids not in self.settled]
        return FakeGrouping([e for e in found if sum(number in live for number in e.ids) > 1])

    def refreshed(self, comparison, ids):
        self.calls.append(("refreshed", None if ids is None else sorted(ids)))
        return self

    # -- deciding

    def preview(self, group, keeper_id, trash_ids=None, rules=()):
        live = self._app.library.media
        there = [live[each] for each in group.ids if each in live]
        keeper = live.get(keeper_id)
        if keeper is None:
            raise NotFound("no_media", "It is gone.")
        if trash_ids is None:
            away = group.kind is Likeness.SERIES
            trash_ids = [e.id for e in there if e.entity_id == keeper.entity_id and not away]
        rest = [each for each in there if each.id != keeper_id]
        trashed = tuple(each for each in rest if each.id in trash_ids)
        left = tuple(each for each in rest if each not in trashed)
        tags = tuple({tag for each in trashed for tag in each.tags} - set(keeper.tags))
        alt = next((each for each in trashed if each.alt_text and not keeper.alt_text), None)
        return Merge(
            keeper,
            trashed,
            left,
            why=(Reason(Rule.PIXELS, "6000 × 4000", "3000 × 2000"),),
            tags=tags,
            alt_text=None if alt is None else alt.alt_text,
            alt_text_from=None if alt is None else alt.public_id,
            becomes_primary=any(each.is_primary for each in trashed) and not keeper.is_primary,
        )

    def differences(self, pair):
        one, other = pair
        return (
            Difference("pixels", ("6000 × 4000", "3000 × 2000"), 0),
            Difference("alt_text", (one.alt_text or "", other.alt_text or ""), 1),
        )

    def orientations(self, keeper, ids):
        return {each: self.turned[each] for each in ids if each in self.turned}

    def accept(self, merge, work=None):
        self.calls.append(("accept", merge.keeper.id, tuple(each.id for each in merge.trashed)))
        return self._remove([merge.keeper, *merge.trashed], merge.trashed)

    def keep_both(self, ids):
        return self._remember("keep_both", ids)

    def not_duplicates(self, ids):
        return self._remember("not_duplicates", ids)

    def accept_all(self, grouping, indexes, work=None, dry_run=False):
        groups = [grouping.group(each) for each in indexes]
        merges = [self.preview(each, each.keeper) for each in groups]
        gone = [each for merge in merges for each in merge.trashed]
        lines = tuple(
            ReportLine(at, each, Outcome.TRASHED)
            for at, merge in enumerate(merges)
            for each in merge.trashed
        )
        change = None
        if not dry_run:
            self.calls.append(("accept_all", tuple(indexes)))
            change = replace(self._remove(gone, gone), kind=ChangeKind.MERGED)
            self.done[-1] = (change, *self.done[-1][1:])
        freed = sum(each.freed for each in merges)
        return Report(len(groups), len(gone), freed, lines=lines, change=change)

    # -- undoing

    def last(self, uploads=True):
        return self.done[-1][0]

    def undo(self, change_id, work=None):
        change, gone, settled = self.done[change_id - 1]
        self._app.library.media.update({each.id: each for each in gone})
        self.settled -= settled
        return replace(change, kind=ChangeKind.UNDONE, id=change_id + 100)

    def redo(self, number, kind, work=None):
        change, gone, settled = self.done[number - 101]
        again = self._change([], gone, settled)
        for each in gone:
            del self._app.library.media[each.id]
        self.done[-1] = (replace(change, id=again.id), gone, settled)
        return self.done[-1][0]

    def _remove(self, named, gone):
        if self.refusal is not None:
            raise self.refusal
        for each in gone:
            del self._app.library.media[each.id]
        return self._change(named, list(gone), set())

    def _remember(self, name, ids):
        self.calls.append((name, tuple(ids)))
        if self.refusal is not None:
            raise self.refusal
        self.settled.add(tuple(ids))
        live = self._app.library.media
        return self._change([live[each] for each in ids], [], {tuple(ids)})

    def _change(self, named, gone, settled):
        parts = tuple(MediaChange(each.public_id, PLACES[0].ref, {}, {}) for each in named)
        number = len(self.done) + 1
        change = Change(ChangeKind.TRASHED, parts, "u1", datetime.now(UTC), number)
        self.done.append((change, gone, settled))
        return change


def jpeg(color, wide=60, high=40):
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return png(image)


def png(image):
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


class FakeFingerprints:
    def __init__(self):
        self.missing = 0
        self.failed = ()

    def missing_count(self):
        return self.missing

    def run(self, anew=False, work=None):
        self.missing = len(self.failed)
        return Fingerprinted(1, self.failed)


@pytest.fixture
def library(app):
    """What lies in the library, by number."""
    run = app.runner.run
    app.runner.run = lambda fn, *callbacks, **pool: run(
        lambda _: fn(Unwatched()), *callbacks, **pool
    )
    made = app.library
    made.media = {}
    made.places = list(PLACES)
    made.entities = lambda kind=None: list(PLACES)
    made.media_by_ids = lambda ids: {each: made.media[each] for each in ids if each in made.media}
    made.resolve = lambda kind, number: next(e for e in PLACES if str(e.ref.id) == number)
    made.picture = lambda media, pixels: jpeg("red" if media.id % 2 else "blue")
    made.original = made.picture
    return made


@pytest.fixture
def duplicates(app, library):
    """Three groups of two, each on a place of its own; the first of each is the keeper."""
    made = FakeDuplicates(app)
    for number in range(1, 4):
        one, other = 10 * number, 10 * number + 1
        library.media[one] = media(one, number)
        library.media[other] = media(other, number, alt_text="Driveway", tags=("dusk",))
        made.groups.append(group(one, other))
    app.duplicates = app.undoing = made
    app.fingerprints = FakeFingerprints()
    return made


@pytest.fixture
def panel(app, duplicates, light, qtbot):
    """The page in front; ``activate`` compares."""
    edits = Edits(app)
    made = DuplicatesPanel(app, edits)
    made.edits, made.notices, made.said = edits, [], []
    made.noticed.connect(made.notices.append)
    edits.noticed.connect(made.notices.append)
    made.status_changed.connect(made.said.append)
    qtbot.addWidget(made)
    made.resize(1300, 820)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def started(panel):
    panel.activate()
    panel.take_focus()
    return panel


@pytest.fixture
def press(started, qtbot):
    return lambda key, mods=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(
        started.window().focusWidget(), key, mods
    )


def front(panel):
    """The keeper in front, the one it is compared with, how many groups are left."""
    case = panel.view.case
    return case.media[0].id, panel.view.other.id, panel.groups.rowCount()


def decided(duplicates):
    names = ("accept", "keep_both", "not_duplicates", "accept_all")
    return [each for each in duplicates.calls if each[0] in names]
