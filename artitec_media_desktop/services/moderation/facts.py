"""What a person is told of an item that is decided on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ...database import entities, review_facts
from ...database import media as rows
from ...database.engine import Database, Tx
from ...database.review_facts import SHOWN, Around, Item, Past
from ...domain.entities import Entity, EntityRef
from ...domain.errors import NotFound
from ...domain.limits import DUPLICATE_THRESHOLD
from ...domain.media import Media, ModerationStatus
from ...domain.moderation import KnownBad, Record, Rule
from ...domain.permissions import Action, Decision, Role
from ...domain.review_facts import LOOK_BACK_DAYS, ItemFacts, Similar
from ..access import Access, entity_of

#: So many items are read at a time: SQLite takes 500 parts of a query.
_AT_ONCE: Final = 8


class ReviewFacts:
    """Reads only; for those who may decide on the item, since it tells of its uploader."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def of(self, public_id: str) -> ItemFacts:
        """One item. Raises NotFound ``no_media``, Forbidden as ``Access.require``."""
        with self._database.read() as tx:
            found = self._read(tx, [public_id]).get(public_id)
            if found is None:  # that says why, and as a rule raises
                self._access.media(tx, public_id, Action.MODERATE)
        if found is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the library.")
        return found

    def many(self, public_ids: Sequence[str]) -> Mapping[str, ItemFacts]:
        """Several items in as many queries as one takes.

        What is gone, and what the account may not decide on, is left out.
        """
        found: dict[str, ItemFacts] = {}
        for start in range(0, len(public_ids), _AT_ONCE):
            with self._database.read() as tx:
                found |= self._read(tx, public_ids[start : start + _AT_ONCE])
        return found

    def _read(self, tx: Tx, public_ids: Sequence[str]) -> dict[str, ItemFacts]:
        asked = review_facts.items(tx, public_ids)
        around = review_facts.around(tx, asked, DUPLICATE_THRESHOLD)
        beside = (number for each in around.values() for number, _ in each.live)
        media = rows.by_ids(tx, [*{*(each.id for each in asked), *beside}])
        there = [each for each in asked if each.id in media]
        may = self._may(tx, {entity_of(media[each.id]) for each in there})
        there = [each for each in there if may[entity_of(media[each.id])]]
        read = _Read.of(tx, [media[each.id] for each in there], media, around)
        return {each.public_id: read.facts(each, media[each.id]) for each in there}

    def _may(self, tx: Tx, refs: Iterable[EntityRef | None]) -> dict[EntityRef | None, Decision]:
        anywhere = self._access.decide(Action.MODERATE, None)
        if anywhere:
            return dict.fromkeys(refs, anywhere)
        return {ref: self._access.decide(Action.MODERATE, ref, tx) for ref in refs}


@dataclass(frozen=True, slots=True)
class _Read:
    """What some items are told of, in one query each."""

    live: Mapping[int, Media]
    around: Mapping[str, Around]
    trashed: Mapping[str, Media]
    records: Mapping[str, Sequence[Record]]
    pasts: Mapping[str, Past]
    places: Mapping[EntityRef, Entity]
    people: Mapping[str, tuple[str, Role]]

    @classmethod
    def of(
        cls, tx: Tx, asked: Sequence[Media], live: Mapping[int, Media], around: Mapping[str, Around]
    ) -> "_Read":
        near = [around[each.public_id] for each in asked if each.public_id in around]
        known = {media.public_id for media in live.values()}
        gone = {bad.public_id for each in near for bad in each.rejected} - known
        trashed = review_facts.trashed(tx, gone) if gone else {}
        records = review_facts.records(tx, known | set(trashed))
        uploaders = {each.uploaded_by for each in asked if each.uploaded_by}
        since = datetime.now(UTC) - timedelta(days=LOOK_BACK_DAYS)
        accounts = {each.account for some in records.values() for each in some}
        refs = {ref for each in asked if (ref := entity_of(each)) is not None}
        return cls(
            live,
            around,
            trashed,
            records,
            review_facts.pasts(tx, uploaders, since),
            entities.many(tx, refs),
            review_facts.people(tx, uploaders | accounts),
        )

    def facts(self, item: Item, media: Media) -> ItemFacts:
        """All of one item."""
        history = tuple(self.records.get(media.public_id, ()))
        around = self.around.get(media.public_id, Around())
        similar = self._similar(around)
        ref = entity_of(media)
        place = None if ref is None else self.places.get(ref)
        uploader = self.people.get(media.uploaded_by or "", (None, None))
        past = self.pasts.get(media.uploaded_by or "", Past({}))
        accounts = {each.account for each in history}
        accounts |= {each.decided.account for each in similar if each.decided is not None}
        return ItemFacts(
            media=media,
            entity_name=place.name if place else f"{media.entity_type} {media.entity_id}",
            entity_ref=ref,
            uploader_name=uploader[0],
            uploader_role=uploader[1],
            history=history,
            uploader_days=past.counts,
            last_rejection=past.last_rejection,
            similar=similar,
            known_bad=_flagged_for(history) or next(iter(around.rejected), None),
            score=item.score,
            gps_removed=_gps_removed(media),
            names={each: self.people[each][0] for each in accounts if each in self.people},
        )

    def _similar(self, around: Around) -> tuple[Similar, ...]:
        found = [
            Similar(one, one.moderation_status, distance, self._decided(one))
            for number, distance in around.live
            if (one := self.live.get(number)) is not None
        ]
        found += [
            Similar(one, ModerationStatus.REJECTED, bad.distance, self._decided(one), in_trash=True)
            for bad in around.rejected
            if (one := self.trashed.get(bad.public_id)) is not None
        ]
        return tuple(sorted(found, key=lambda each: each.distance)[:SHOWN])

    def _decided(self, media: Media) -> Record | None:
        stands = [
            each
            for each in self.records.get(media.public_id, ())
            if each.undone_at is None and each.rule is None
        ]
        return stands[-1] if stands else None


def _flagged_for(history: Sequence[Record]) -> KnownBad | None:
    """What the door flagged it for."""
    for each in reversed(history):
        if each.rule is Rule.KNOWN_BAD and each.undone_at is None and each.alike_to:
            return KnownBad(each.alike_to, each.distance or 0, each.reason)
    return None


def _gps_removed(media: Media) -> bool | None:
    taken = media.metadata.get("location_removed")
    return bool(taken) if isinstance(taken, list) else None
