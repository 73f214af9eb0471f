"""What is in the library: entities, their slots, media and their pictures."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from ..database import (
    accounts,
    changes,
    entities,
    media_search,
    newest,
    reviews,
    search_index,
    tags,
)
from ..database import media as rows
from ..database.engine import Database, Tx
from ..domain.changes import FINAL, Change, ChangeKind
from ..domain.entities import Entity, EntityRef, EntityType
from ..domain.errors import NotFound
from ..domain.listing import Changed, Cursor, Facets, Mark, MediaPage, MediaQuery
from ..domain.media import Media
from ..domain.moderation import OTHER, Policy, Record, why
from ..domain.overview import EntityOverview, MediaOverview, SlotSummary
from ..domain.permissions import Action, Decision, Role
from ..domain.slots import slots_of
from ..domain.targets import Target, parse_entity, parse_target
from ..domain.work import Work
from ..storage import DiskCache, ObjectStore
from .access import Access, entity_of
from .pictures import Pictures


class LibraryService:
    """Reads only; every call is one short transaction."""

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        access: Access,
        cache: DiskCache | None = None,
        policy: Callable[[], Policy] = Policy,
    ) -> None:
        """``cache`` keeps pictures of a store that is not on this disk; ``policy`` has reasons."""
        self._database = database
        self._access = access
        self._policy = policy
        self._pictures = Pictures(store, cache)

    def entities(self, entity_type: EntityType | None = None, search: str = "") -> list[Entity]:
        """Entities of one type or all, by name; ``search`` is in a name, an id or a place."""
        wanted = list(EntityType) if entity_type is None else [entity_type]
        with self._database.read() as tx:
            found = [each for one in wanted for each in entities.all_of(tx, one)]
        words = search.casefold().split()
        return [each for each in found if _matches(each, words)] if words else found

    def resolve(self, entity_type: EntityType, id_text: str) -> Entity:
        """By public id or numeric id. Raises NotFound ``no_entity``."""
        with self._database.read() as tx:
            ref = entities.find(tx, entity_type, id_text)
            entity = None if ref is None else entities.one(tx, ref)
        if entity is None:
            raise NotFound(
                "no_entity",
                f"There is no {entity_type.word} “{id_text}”. See “artitec-media entities "
                f"{entity_type.word}”.",
            )
        return entity

    def entity(self, text: str) -> Entity:
        """``community:CMY-456``. Raises Permanent ``bad_target``, NotFound ``no_entity``."""
        return self.resolve(*parse_entity(text))

    def target(self, text: str) -> Target:
        """``community:CMY-456/photos``. Raises as ``entity``."""
        entity_type, id_text, slot = parse_target(text)
        entity = self.resolve(entity_type, id_text)
        return Target(entity_type, entity.ref.id, entity.public_id, slot)

    def overview(self, ref: EntityRef) -> EntityOverview:
        """One entity with its slots and what lies in them. Raises NotFound ``no_entity``."""
        with self._database.read() as tx:
            entity = entities.one(tx, ref)
            if entity is None:
                raise NotFound("no_entity", f"{ref} is no longer in the library.")
            by_field = {each.field: each for each in rows.summaries(tx, ref)}
            slots = []
            for slot in slots_of(ref.type):
                summary = by_field.get(slot.field)
                cover = rows.cover(tx, ref, slot.field) if summary else None
                slots.append(
                    SlotSummary(slot, summary.count, summary.total_bytes, cover)
                    if summary
                    else SlotSummary(slot, 0, 0, None)
                )
            related: tuple[Entity, ...] = ()
            if ref.type is EntityType.COMMUNITY:
                amenities = entities.all_of(tx, EntityType.AMENITY)
                related = tuple(each for each in amenities if each.parent == ref)
            may_add = self._access.decide(Action.UPLOAD, ref, tx)
        return EntityOverview(entity, tuple(slots), related, may_add)

    def may_add(self, refs: Iterable[EntityRef]) -> dict[EntityRef, Decision]:
        """Whether files may be added to each of them, and if not, why."""
        with self._database.read() as tx:
            return {ref: self._access.decide(Action.UPLOAD, ref, tx) for ref in refs}

    def page(self, query: MediaQuery, limit: int = 100, after: str | None = None) -> MediaPage:
        """The next media of a query, in order. Raises Permanent ``bad_cursor``."""
        place = None if after is None else Cursor.decode(after)
        query = self._by_me(query)
        with self._database.read() as tx:
            items, more = media_search.page(tx, query, limit, place)
            # One page that is all of it has counted itself.
            alone = place is None and more is None
            total = len(items) if alone else media_search.count(tx, query)
        return MediaPage(tuple(items), total, None if more is None else more.encode())

    def first(self, query: MediaQuery, limit: int = 100, work: Work | None = None) -> list[Media]:
        """The first media of a query, to be shown while ``media_ids`` reads all.

        A search whose ``work`` is cancelled is stopped where it is; raises Cancelled.
        """
        with self._database.read(work) as tx:
            return media_search.page(tx, self._by_me(query), limit)[0]

    def media_ids(self, query: MediaQuery, work: Work | None = None) -> "array[int]":
        """The numeric ids of all media of a query, in order; stopped as ``first`` is."""
        with self._database.read(work) as tx:
            return media_search.ids(tx, self._by_me(query))

    def facets(self, query: MediaQuery) -> Facets:
        """How many media of a query there are of each status, type and slot."""
        with self._database.read() as tx:
            return media_search.facets(tx, self._by_me(query))

    def mark(self, *, whole: bool = False) -> Mark:
        """How far everything is seen, for ``changed_since``; take it before the list is read.

        A ``whole`` look goes through a platform's table, and tells what the platform did to rows
        that were there already. In a file, which is written by us alone, none is needed.
        """
        with self._database.read() as tx:
            return newest.mark(tx, whole)

    def changed_since(self, mark: Mark, shown: Iterable[Media] = ()) -> Changed:
        """What came, changed or went since then, by anybody; as whole or as quick as the mark.

        Of what is ``shown``, a quick look too tells what the platform wrote or removed. From now on
        it is found by what it is now.
        """
        seen = {each.id: each.updated_at for each in shown}
        with self._database.read() as tx:
            found = newest.since(tx, mark)
            written, gone = newest.among(tx, seen)
        ids = found.ids | written | gone  # what is gone is looked for, and not found any more
        found = replace(found, ids=ids, removed=found.removed | gone)
        search_index.notice(self._database, found)
        return found

    def tags_in_use(self, prefix: str = "", limit: int = 20) -> list[tuple[str, int]]:
        """Tags that begin so with how often they are used, most used first."""
        with self._database.read() as tx:
            return tags.in_use(tx, prefix, limit)

    def _decisions(self, tx: Tx, media: Media) -> dict[int, Record]:
        found = reviews.by_change(tx, media.public_id)
        if any(each.note for each in found.values()):
            may_read = self._access.decide(Action.MODERATE, entity_of(media), tx)
            hidden = {n for n, each in found.items() if not may_read and each.reason != OTHER}
            found |= {number: replace(found[number], note=None) for number in hidden}
        return found

    def _reasons(self, decided: Mapping[int, Record]) -> dict[int, str]:
        policy = self._policy()
        said = {number: why(each.reason, each.note, policy) for number, each in decided.items()}
        return {number: words for number, words in said.items() if words}

    def _by_me(self, query: MediaQuery) -> MediaQuery:
        return replace(query, search=query.search.by(self._access.account.user_id))

    def media_by_ids(self, ids: Sequence[int]) -> dict[int, Media]:
        """Many media by numeric id; what is gone is left out."""
        with self._database.read() as tx:
            return rows.by_ids(tx, ids)

    def media(self, text: str) -> Media:
        """One media by public id or numeric id. Raises NotFound ``no_media``."""
        with self._database.read() as tx:
            found = rows.by_public_id(tx, text)
            if found is None and text.isascii() and text.isdigit() and len(text) < 19:
                found = rows.by_id(tx, int(text))
        if found is None:
            raise NotFound("no_media", f"There is no media “{text}” in the library.")
        return found

    def history(self, media: Media) -> list[Change]:
        """Everything this application did to a media, oldest first."""
        with self._database.read() as tx:
            return changes.history(tx, media.public_id)

    def decisions(self, media: Media) -> dict[int, Record]:
        """The records of its review by the number of their change; nothing where none are kept.

        Notes are for moderators, but where the note is the reason.
        """
        with self._database.read() as tx:
            return self._decisions(tx, media)

    def media_overview(self, media: Media) -> MediaOverview:
        """What the inspector says of a media besides its row."""
        account = self._access.account
        with self._database.read() as tx:
            past = changes.history(tx, media.public_id)
            standing = changes.standing(tx, media.public_id, 0)
            decided = self._decisions(tx, media)
            people = {each.account for each in past} | {media.uploaded_by or ""}
            found = {each: accounts.by_user_id(tx, each) for each in people if each}
            may_edit = self._access.decide(Action.EDIT, entity_of(media), tx)
        admin = account.role is Role.ADMIN
        undoable = {
            each.id
            for each in standing
            if each.id is not None
            and each.kind not in (*FINAL, ChangeKind.UPLOADED)  # that would delete it
            and (admin or each.account == account.user_id)
        }
        names = {each: one.name for each, one in found.items() if one is not None}
        reasons = self._reasons(decided) if decided else {}
        return MediaOverview(tuple(past), frozenset(undoable), names, may_edit, reasons)

    def may_edit(self, refs: Iterable[EntityRef | None]) -> Decision:
        """Whether media may be edited on any of these entities, and if on none, why.

        None stands for a place that only the platform knows.
        """
        with self._database.read() as tx:
            anywhere = self._access.decide(Action.EDIT, None)
            if anywhere:
                return anywhere
            found = [self._access.decide(Action.EDIT, ref, tx) for ref in refs]
        return next((each for each in found if each), found[0] if found else anywhere)

    def entity_public_ids(self, media: Iterable[Media]) -> dict[int, str]:
        """The public id of each media's entity, by the media's number."""
        refs = {each.id: entity_of(each) for each in media}
        with self._database.read() as tx:
            found = entities.public_ids(tx, {ref for ref in refs.values() if ref is not None})
        return {key: found[ref] for key, ref in refs.items() if ref is not None and ref in found}

    def picture(self, media: Media, pixels: int) -> bytes:
        """The encoded bytes of the smallest uncropped variant at least ``pixels`` wide.

        Without one that large, the largest there is; one that is missing in the store is passed
        over. A picture without any is drawn anew from its original, and of a small video the
        square thumbnail is all there is.

        Raises NotFound: ``not_in_storage``, also for a video without a poster, ``damaged``,
        ``link``, ``elsewhere``; and Transient and Permanent as the store does.
        """
        return self._pictures.of(media, pixels)

    def original(self, media: Media) -> bytes:
        """The stored file itself, of a picture: a video may be large. Raises as ``picture``."""
        return self._pictures.original(media)

    def open_original(self, media: Media) -> BinaryIO:
        """What was uploaded, to be read piece by piece: of a video too. Raises as ``picture``.

        Reading raises Transient and Permanent as well.
        """
        return self._pictures.open(media)

    def address(self, media: Media) -> str:
        """Where everybody finds its original, once it is public and approved; for a link, its.

        In a library of this computer, a ``file:`` URL.
        """
        return self._pictures.address(media)

    def playable(self, media: Media) -> str:
        """A URL that plays a video for 15 minutes; not to be logged. Raises as ``picture``."""
        return self._pictures.playable(media)


def _matches(entity: Entity, words: list[str]) -> bool:
    text = f"{entity.name} {entity.public_id} {entity.ref.id} {entity.place}".casefold()
    return all(word in text for word in words)
