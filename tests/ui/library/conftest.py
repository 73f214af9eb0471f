"""A library in memory, and a runner that does work when a test says so."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QLocale,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import Cancelled, MediaError, NotFound
from artitec_media_desktop.domain.listing import Facets, MediaPage
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.domain.overview import MediaOverview
from artitec_media_desktop.domain.permissions import ALLOWED
from artitec_media_desktop.domain.slots import find_slot, slots_of
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import UploadItem, UploadState
from artitec_media_desktop.services.library import EntityOverview, SlotSummary
from artitec_media_desktop.tasks.changes import Changes
from artitec_media_desktop.ui.panels.library.browser import Browser
from artitec_media_desktop.ui.theme import theme
from tests.ui.library.panels import make_panel

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
CEDAR = EntityRef(EntityType.COMMUNITY, 2)
POOL = EntityRef(EntityType.AMENITY, 1)
PARK = EntityRef(EntityType.AMENITY, 2)
HOUSE = EntityRef(EntityType.PROPERTY, 789)
DANA = EntityRef(EntityType.USER, 123)

ENTITIES = (
    Entity(CEDAR, "CMY-457", "Cedar Bend", "Gilbert, AZ", media_count=64),
    Entity(WILLOW, "CMY-456", "Willow Creek", "Scottsdale, AZ", media_count=44),
    Entity(POOL, "AMN-1", "Community pool", "Scottsdale, AZ", WILLOW, 12, belongs_to=(WILLOW,)),
    Entity(PARK, "AMN-2", "Trailhead park", "Scottsdale, AZ", WILLOW, 0),
    Entity(HOUSE, "PROP-789", "8214 E Juniper Ct", "Scottsdale, AZ", media_count=38),
    Entity(DANA, "USR-123", "Dana Reyes"),
)


class Task:
    def __init__(self, runner):
        self.runner = runner
        self.cancelled = False

    def cancel(self):
        self.cancelled = True

    def check_cancelled(self):
        if self.cancelled:
            raise Cancelled

    def progress(self, done, total, text=""):
        pass


@dataclass
class Job:
    fn: object
    on_done: object
    on_error: object
    on_cancelled: object
    pool: object
    priority: int
    task: Task

    def __call__(self):
        try:
            self.task.check_cancelled()
            result = self.fn(self.task)
        except Cancelled:
            if self.on_cancelled:
                self.on_cancelled()
        except MediaError as error:
            assert self.on_error is not None, error
            self.on_error(error)
        else:
            if self.on_done:
                self.on_done(result)


class Runner:
    """Work is done at once, or, while ``held``, when ``step`` or ``release`` is called."""

    def __init__(self):
        self.held = False
        self.jobs = []
        self.count = 0

    def run(self, fn, on_done=None, on_error=None, on_progress=None, on_cancelled=None, **how):
        self.count += 1
        task = Task(self)
        job = Job(
            fn, on_done, on_error, on_cancelled, how.get("pool"), how.get("priority", 0), task
        )
        if self.held:
            self.jobs.append(job)
        else:
            job()
        return task

    def step(self, at=0):
        self.jobs.pop(at)()

    def release(self):
        self.held = False
        while self.jobs:
            self.step()


class Pump(QObject):
    items_changed = Signal(object)
    items_removed = Signal(object)
    caught_up = Signal()
    progressed = Signal(object)
    added = Signal(object)
    idle = Signal()

    def __init__(self):
        super().__init__()
        self.drops = []
        self.error = None

    def drop(self, paths, target, options=None, on_error=None, on_done=None, first=False):
        if self.error is not None:
            on_error(self.error)
            return
        self.drops.append((list(paths), target))


class Settings(dict):
    def save(self):
        pass

    def get(self, key, default=None):
        return super().get(key, default)

    def set(self, key, value):
        self[key] = value


def jpeg(width=400, height=300, color="#808080"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return buffer.data().data()


def media(number, ref=WILLOW, field="gallery", **facts):
    facts = {"file_size": 1024 * 1024, "width": 400, "height": 300} | facts
    return Media(
        id=number,
        public_id=f"MED-1-{number:06}",
        filename=f"photo-{number}.jpg",
        original_filename=f"IMG_{number:04}.jpg",
        media_type=facts.pop("media_type", MediaType.IMAGE),
        content_type="image/jpeg",
        storage_path=f"communities/photos/{number}.jpg",
        original_url="",
        entity_type=ref.type.value,
        entity_id=ref.id,
        entity_field=field,
        **facts,
    )


def upload(number, state=UploadState.QUEUED, ref=WILLOW, slot="photos", **facts):
    return UploadItem(
        id=number,
        batch=1,
        position=number,
        path=f"/photos/IMG_{number}.jpg",
        place=Target(ref.type, ref.id, "CMY-456", find_slot(ref.type, slot)),
        state=state,
        **facts,
    )


def change(*refs, kind=ChangeKind.UPLOADED):
    parts = tuple(MediaChange(f"MED-1-{ref.id:06}", ref, {}, {}) for ref in refs)
    return Change(kind, parts, "USR-1", datetime.now(UTC))


def _meets(row, term):
    """A little of what the library knows of searches."""
    if term.field == "status":
        return row.moderation_status.value in term.values
    if term.field == "type":
        return row.media_type.value.lower() in term.values
    if term.field == "missing":
        return not row.alt_text
    if term.field == "tag":
        return bool(set(term.values) & set(row.tags))
    text = f"{row.original_filename} {row.alt_text} {' '.join(row.tags)}".lower()
    return not term.field and any(value.lower() in text for value in term.values)


class Library:
    def __init__(self):
        self.all = {each.ref: each for each in ENTITIES}
        self.rows = {}
        self.asked_pages = []
        self.asked_orders = 0
        self.asked_counts = 0
        self.asked_tags = []
        self.asked_overviews = []
        self.asked_rights = []
        self.rights = {}
        self.edit_rights = {}
        self.pictures = {}
        self.error = None
        self.default_picture = jpeg()

    def put(self, *media_rows):
        for each in media_rows:
            self.rows[each.id] = each

    def entities(self, entity_type=None, search=""):
        return list(self.all.values())

    def resolve(self, entity_type, id_text):
        return next(each for each in ENTITIES if each.ref.type == entity_type)

    def overview(self, ref):
        if self.error is not None:
            raise self.error
        self.asked_overviews.append(ref)
        slots = []
        for slot in slots_of(ref.type):
            found = [
                each
                for each in self.rows.values()
                if (each.entity_type, each.entity_id, each.entity_field)
                == (ref.type.value, ref.id, slot.field)
            ]
            size = sum(each.file_size for each in found)
            slots.append(SlotSummary(slot, len(found), size, found[0] if found else None))
        return EntityOverview(self.all[ref], tuple(slots), (), self.rights.get(ref, ALLOWED))

    def may_add(self, refs):
        self.asked_rights.append(list(refs))
        return {ref: self.rights.get(ref, ALLOWED) for ref in refs}

    def media_ids(self, query, work=None):
        self.asked_orders += 1
        return self._found(query)

    def first(self, query, limit=100, work=None):
        return [self.rows[each] for each in self._found(query)[:limit]]

    def _found(self, query):
        if self.error is not None:
            raise self.error
        ref, terms = query.entity, query.search.terms
        return [
            each.id
            for each in self.rows.values()
            if ref in (None, EntityRef(EntityType(each.entity_type), each.entity_id))
            and query.field in (None, each.entity_field)
            and all(term.negated is not _meets(each, term) for term in terms)
        ]

    def page(self, query, limit=100, after=None):
        self.asked_counts += 1
        return MediaPage((), len(self._found(query)), None)

    def facets(self, query):
        found = [self.rows[each] for each in self._found(query)]
        statuses = Counter(each.moderation_status.value for each in found)
        return Facets(len(found), statuses, Counter(e.media_type.value.lower() for e in found), {})

    def media_overview(self, row):
        return MediaOverview((), frozenset(), {}, self.may_edit([]))

    def may_edit(self, refs):
        found = [self.edit_rights.get(ref, ALLOWED) for ref in refs]
        return next((each for each in found if each), found[0] if found else ALLOWED)

    def tags_in_use(self, prefix="", limit=20):
        self.asked_tags.append(prefix)
        used = Counter(tag for each in self.rows.values() for tag in each.tags)
        return [each for each in used.most_common() if each[0].startswith(prefix)][:limit]

    def media_by_ids(self, ids):
        self.asked_pages.append(list(ids))
        return {each: self.rows[each] for each in ids if each in self.rows}

    def picture(self, row, pixels):
        found = self.pictures.get(row.id, self.default_picture)
        if found is None:
            raise NotFound("not_in_storage", "It is gone.")
        return found


class Trash:
    def __init__(self, library):
        self.library = library
        self.held = {}
        self.deletions = {}
        self.losses = []

    def consequences(self, public_ids):
        return self.losses

    def delete(self, public_ids, work=None):
        gone = [each for each in self.library.rows.values() if each.public_id in public_ids]
        for each in gone:
            self.held[each.public_id] = self.library.rows.pop(each.id)
        number = len(self.deletions) + 1
        self.deletions[number] = [each.public_id for each in gone]
        return replace(self._change(ChangeKind.TRASHED, gone), id=number)

    def last(self, *, uploads=True):
        """As the service of undoing, of deletions only."""
        number = max(self.deletions, default=None)
        return None if number is None else Change(ChangeKind.TRASHED, (), "u1", None, number)

    def undo(self, change_id=None, work=None):
        """As the service of that name, of deletions only."""
        if not self.deletions:
            raise NotFound("nothing_to_undo", "There is nothing to undo.")
        return self.restore(self.deletions.pop(change_id or max(self.deletions)))

    def restore(self, public_ids):
        back = [self.held.pop(each) for each in public_ids]
        self.library.put(*back)
        return self._change(ChangeKind.UNDONE, back)

    def _change(self, kind, rows):
        parts = tuple(
            MediaChange(
                each.public_id, EntityRef(EntityType(each.entity_type), each.entity_id), {}, {}
            )
            for each in rows
        )
        return Change(kind, parts, "USR-1", datetime.now(UTC))


@pytest.fixture(autouse=True)
def _dressed(qapp, monkeypatch):
    # Where the mouse was left by the test before is no concern of this one.
    monkeypatch.setattr(Browser, "underMouse", lambda self: False)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    if not qapp.styleSheet():
        theme().apply(qapp)
    yield
    QLocale.setDefault(before)


@pytest.fixture
def app(qapp, tmp_path):
    library = Library()
    trash, pump, changes = Trash(library), Pump(), Changes()
    pump.added.connect(lambda added: changes.happened.emit(Change.together(added)))
    return SimpleNamespace(
        runner=Runner(),
        library=library,
        trash=trash,
        undoing=trash,
        pump=pump,
        changes=changes,
        settings=Settings(),
        pasted=tmp_path / "pasted",
        home=SimpleNamespace(dragged=tmp_path / "dragged"),
        uploads=SimpleNamespace(preview=lambda item, pixels: jpeg(80, 60)),
    )


def mime_of(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


class Dragger:
    """Drags files over a widget, as the window system would."""

    def __init__(self, widget, mime, actions=Qt.DropAction.CopyAction):
        self.widget = widget
        self.mime = mime
        self.actions = actions

    def enter(self, at: QPoint):
        return self._send(QDragEnterEvent, at)

    def move(self, at: QPoint):
        return self._send(QDragMoveEvent, at)

    def leave(self):
        QApplication.sendEvent(self.widget, QDragLeaveEvent())

    def drop(self, at: QPoint):
        event = QDropEvent(
            QPointF(at),
            self.actions,
            self.mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        if self.actions & Qt.DropAction.MoveAction:
            event.setDropAction(Qt.DropAction.MoveAction)  # what the source would like best
        QApplication.sendEvent(self.widget, event)
        return event

    def all(self, at: QPoint):
        self.enter(at)
        self.move(at)
        return self.drop(at)

    def _send(self, kind, at):
        rest = (self.actions, self.mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        try:
            event = kind(QPointF(at), *rest)
        except TypeError:  # before Qt 6.12
            event = kind(at, *rest)
        QApplication.sendEvent(self.widget, event)
        return event


@pytest.fixture
def make():
    """What tests are made of."""
    return SimpleNamespace(
        media=media, upload=upload, change=change, jpeg=jpeg, mime=mime_of, drag=Dragger
    )


@pytest.fixture
def ref():
    """The entities there are, by a short name."""
    return SimpleNamespace(willow=WILLOW, cedar=CEDAR, pool=POOL, park=PARK, house=HOUSE, dana=DANA)


@pytest.fixture
def panel(app, qtbot):
    """The page over 41 photos of Willow Creek, its places read."""
    app.library.put(*(media(number, alt_text=f"Photo {number}") for number in range(1, 42)))
    made = make_panel(app)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.activate()
    made.open(WILLOW)
    qtbot.waitUntil(lambda: made.page.model.item(1) is not None)
    return made
