"""Rows against objects: what is missing, left over, of the wrong size, or tells a place."""

from dataclasses import dataclass, field
from typing import Any

from ..database import media as rows
from ..database import trash
from ..database.engine import Database
from ..database.journal import Journal
from ..domain.errors import MediaError
from ..domain.listing import MediaQuery
from ..domain.media import Media, MediaType
from ..domain.work import Unwatched, Work
from ..storage import ObjectStore


@dataclass(slots=True)
class Findings:
    """What was found; each entry names the object and, where there is one, the media."""

    missing_objects: list[dict[str, Any]] = field(default_factory=list)
    orphan_objects: list[dict[str, Any]] = field(default_factory=list)
    mismatched: list[dict[str, Any]] = field(default_factory=list)
    private_leaks: list[dict[str, Any]] = field(default_factory=list)
    gps_found: list[dict[str, Any]] = field(default_factory=list)
    repaired_count: int = 0

    @property
    def is_clean(self) -> bool:
        """True when nothing was found."""
        return not (
            self.missing_objects
            or self.orphan_objects
            or self.mismatched
            or self.private_leaks
            or self.gps_found
        )


class CheckService:
    """Reads every row and every object; changes nothing."""

    def __init__(self, database: Database, store: ObjectStore, journal: Journal) -> None:
        self._database = database
        self._store = store
        self._journal = journal

    def run(self, work: Work | None = None) -> Findings:
        """Hold the database against the store. Raises Transient, Permanent, Cancelled."""
        work = work or Unwatched()
        # The journal is asked before the store and the rows after it, so that an upload that
        # ends meanwhile is known by one or the other.
        under_way = self._journal.planned_keys()
        objects = {each.key: each.size for each in self._store.list()}
        under_way |= self._journal.planned_keys()
        with self._database.read() as tx:
            live = rows.by_ids(tx, rows.ids(tx, MediaQuery())).values()
            deleted = [each.media for each in trash.all_of(tx)]
        findings = Findings()
        known = set(under_way)
        every = [*live, *deleted]
        for done, media in enumerate(every):
            work.check_cancelled()
            work.progress(done, len(every), media.original_filename)
            known |= self._check(media, objects, findings)
        findings.orphan_objects = [
            {"key": key, "size": size} for key, size in objects.items() if key not in known
        ]
        return findings

    def _check(self, media: Media, objects: dict[str, int], findings: Findings) -> set[str]:
        expected = _objects_of(media)
        for key, size in expected.items():
            entry = {"public_id": media.public_id, "key": key}
            if key not in objects:
                findings.missing_objects.append(entry)
            elif size is not None and objects[key] != size:
                findings.mismatched.append(entry | {"expected": size, "actual": objects[key]})
            elif places := self._places(key, media, key == media.storage_path):
                findings.gps_found.append(entry | {"where": list(places)})
        return set(expected)

    def _places(self, key: str, media: Media, is_original: bool) -> tuple[str, ...]:
        from ..processing.gps import find_image, find_video

        try:
            if not is_original:
                return find_image(self._store.get(key), "image/jpeg")
            if media.media_type is MediaType.IMAGE:
                return find_image(self._store.get(key), media.content_type)
            with self._store.open(key) as file:
                return find_video(file, media.file_size, media.content_type)
        except MediaError:
            return ()  # gone meanwhile, or unreadable: other findings say so


def _objects_of(media: Media) -> dict[str, int | None]:
    """Every key of a media, with its size where the row knows it."""
    if media.is_link:
        return {}
    expected: dict[str, int | None] = {media.storage_path: media.file_size}
    variants = media.metadata.get("variants")
    for facts in (variants if isinstance(variants, dict) else {}).values():
        if isinstance(facts, dict) and facts.get("key"):
            expected[str(facts["key"])] = facts.get("size")
    return expected
