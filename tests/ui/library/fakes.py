"""A library, its trash and its queue in memory."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.domain.listing import Facets, MediaPage
from artitec_media_desktop.domain.overview import EntityOverview, MediaOverview, SlotSummary
from artitec_media_desktop.domain.permissions import ALLOWED
from artitec_media_desktop.domain.slots import slots_of
from tests.ui.library.makers import ENTITIES, jpeg


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
