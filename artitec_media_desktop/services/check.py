"""Rows against objects: what is missing, left over, of the wrong size, or tells a place."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any, BinaryIO, Final

from ..database import media as rows
from ..database import media_search, moves, trash
from ..database.engine import Database
from ..database.journal import Journal
from ..domain.errors import Permanent
from ..domain.keys import is_private, private_key
from ..domain.listing import MediaQuery
from ..domain.media import Media, MediaType
from ..domain.work import Unwatched, Work
from ..storage import ObjectStore
from .locating import Objects, named, where

#: Up to so many bytes are read whole.
_SMALL: Final = 1 << 20


@dataclass(slots=True)
class Findings:
    """What was found; each entry names the object and, where there is one, the media.

    A private leak is an object that anyone may read, of a media that is deleted, not public, or
    not approved.
    """

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


@dataclass(slots=True)
class _Known:
    """What the rows say of keys: whose pictures anyone may see, and whose nobody."""

    open: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)  # to the media's public id
    #: Of uploads and moves under way, which nothing is found about.
    busy: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.open or key in self.hidden or key in self.busy


class CheckService:
    """Reads every row and every object; changes nothing."""

    def __init__(self, database: Database, store: ObjectStore, journal: Journal) -> None:
        self._database = database
        self._store = store
        self._journal = journal

    def run(self, work: Work | None = None) -> Findings:
        """Hold the database against the store. Raises Transient, Permanent, Cancelled.

        Rows whose objects lie in another store are left out, but what they could mean in this
        one is not left over.
        """
        work = work or Unwatched()
        # Asked before the store and again after it, so that what ends meanwhile is known by one
        # or the other; what changes after that is looked at again before it is found fault with.
        known = _Known(busy=self._under_way())
        objects = {each.key: each.size for each in self._store.list()}
        known.busy |= self._under_way()
        with self._database.read() as tx:
            # The trash before and after, since what comes back or goes meanwhile is in one of them.
            before = trash.all_of(tx)
            live = [*rows.by_ids(tx, media_search.ids(tx, MediaQuery())).values()]
            trashed = {each.media.public_id: each.media for each in (*before, *trash.all_of(tx))}
        deleted = [*trashed.values()]
        findings = Findings()
        for done, media in enumerate([*live, *deleted]):
            work.check_cancelled()
            work.progress(done, len(live) + len(deleted), media.original_filename)
            keys = named(media, self._store)
            if media.is_open and done < len(live):
                known.open |= keys
            else:
                known.hidden |= dict.fromkeys(keys, media.public_id)
            self._check(media, objects, known.busy, findings)
        self._check_objects(objects, known, findings, work)
        return findings

    def _under_way(self) -> set[str]:
        with self._database.read() as tx:
            moving = moves.older_than(tx, timedelta(0))
        return self._journal.planned_keys() | {
            key for each in moving for pair in each.pairs for key in pair
        }

    def _check(
        self, media: Media, objects: dict[str, int], busy: set[str], findings: Findings
    ) -> None:
        for key, size in _expected(media, where(media, self._store), objects).items():
            entry = {"public_id": media.public_id, "key": key}
            if key not in objects:
                if key not in busy and self._store.info(key) is None:
                    findings.missing_objects.append(entry)
                continue
            if size is not None and objects[key] != size:
                findings.mismatched.append(entry | {"expected": size, "actual": objects[key]})
            if places := self._places(key, objects[key]):
                findings.gps_found.append(entry | {"where": list(places)})

    def _check_objects(
        self, objects: dict[str, int], known: _Known, findings: Findings, work: Work
    ) -> None:
        """Find what no row means, and what anyone may read though its row is hidden."""
        for key, size in objects.items():
            work.check_cancelled()
            is_orphan = key not in known
            # Left at its public place, beside the one that the hidden row means now.
            leaks = known.hidden.get(private_key(key) if is_orphan else key)
            if is_private(key) or key in known.open or key in known.busy:
                leaks = None
            if not (is_orphan or leaks) or self._store.info(key) is None:
                continue
            if is_orphan:
                findings.orphan_objects.append({"key": key, "size": size})
            if leaks:
                findings.private_leaks.append({"public_id": leaks, "key": key})

    def _places(self, key: str, size: int) -> tuple[str, ...]:
        """Where the object tells a place, by what it is rather than by what its row calls it."""
        from ..processing.gps import find_image, find_video
        from ..processing.sniff import HEAD, sniff

        try:
            with self._open(key, size) as file:
                fmt = sniff(file.read(HEAD))
                file.seek(0)
                if fmt is None:
                    return ()
                if fmt.media_type is MediaType.VIDEO:
                    return find_video(file, size, fmt.content_type)
                return find_image(file.read(), fmt.content_type)
        except Permanent:
            return ()  # gone meanwhile, or unreadable: other findings say so

    def _open(self, key: str, size: int) -> BinaryIO:
        """A small object in one request; of a large one only what is looked at."""
        return BytesIO(self._store.get(key)) if size <= _SMALL else self._store.open(key)


def _expected(media: Media, found: Objects, objects: dict[str, int]) -> dict[str, int | None]:
    """Every key of a media, with its size where the row knows it."""
    sizes = {
        facts.get("key"): facts.get("size")
        for facts in _dict(media.metadata.get("variants")).values()
        if isinstance(facts, dict)
    }
    expected = {key: sizes.get(key) for key in found.variants.values()}
    original = found.original
    if found.spare in objects:
        expected.setdefault(found.spare, None)
        if original not in objects:
            original = found.spare
    if original is not None:
        expected[original] = media.file_size or None
    return expected


def _dict(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
