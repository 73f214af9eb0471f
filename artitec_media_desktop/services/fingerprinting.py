"""Fingerprints of media that have none, from the storage: rows that others wrote, or old ones.

The SHA-256 of a row of ours is of the file as it was dropped; where others wrote it, it is of the
stored object, since nothing else is known.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from ..database import fingerprints, signatures
from ..database import media as rows
from ..database.engine import Database, Tx
from ..domain.changes import Failure
from ..domain.errors import Forbidden, NotFound, Permanent
from ..domain.hashes import Fingerprint
from ..domain.limits import MB, size_text
from ..domain.media import Media, MediaType
from ..domain.permissions import Action, Decision
from ..domain.work import Check, Unwatched, Work
from ..processing.video import VideoReader
from ..storage import ObjectStore
from .access import Access
from .locating import Place, absence, where
from .preparing import video_signature

_WORKERS: Final = 2
_PAGE: Final = 50
_CHUNK: Final = 1 << 20
#: The platform may have taken larger pictures than we do.
_LARGEST: Final = 256 * MB


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """``count`` media got one; ``failed`` says of each other why not."""

    count: int
    failed: tuple[Failure, ...] = ()


class FingerprintService:
    """Reads every file that is to be compared, once. Links, which have no file, do not count."""

    def __init__(
        self, database: Database, store: ObjectStore, access: Access, videos: VideoReader
    ) -> None:
        self._database = database
        self._store = store
        self._access = access
        self._videos = videos

    def decide(self) -> Decision:
        """Everybody with an active account may: nothing that anybody sees is changed."""
        if reason := self._access.read_only:
            return Decision(False, reason)
        return self._access.decide(Action.VIEW, None)

    def missing_count(self) -> int:
        """How many media can't be compared as they should: they have no fingerprint of today."""
        with self._database.read() as tx:
            return signatures.lacking_count(tx)

    def run(self, anew: bool = False, work: Work | None = None) -> Fingerprinted:
        """Compute those that are missing, or all ``anew``, two at a time.

        Each is stored by itself, so whatever ends this loses nothing: the next run goes on. What
        can't be read is named in the answer, and tried again by the next run. Raises Forbidden,
        Transient, Cancelled.
        """
        work = work or Unwatched()
        if not (decision := self.decide()):
            raise Forbidden("not_allowed", decision.reason)
        with self._database.read() as tx:
            total = signatures.lacking_count(tx, anew)
        done, failed = 0, []
        pool = ThreadPoolExecutor(_WORKERS, "fingerprint")
        try:
            for page in self._pages(anew):
                made = pool.map(lambda each: self._make(each, work.check_cancelled), page)
                for media, failure in zip(page, made, strict=True):
                    work.check_cancelled()
                    done += 1
                    work.progress(done, max(done, total), media.original_filename)
                    if failure is not None:
                        failed.append(failure)
        finally:
            pool.shutdown(cancel_futures=True)
        return Fingerprinted(done - len(failed), tuple(failed))

    def _pages(self, anew: bool) -> Iterator[list[Media]]:
        last = -1
        while True:
            with self._database.read() as tx:
                ids = signatures.lacking(tx, last, _PAGE, anew)
                found = rows.by_ids(tx, ids)
            if not ids:
                return
            last = ids[-1]
            yield [found[each] for each in ids if each in found]

    def _make(self, media: Media, check: Check) -> Failure | None:
        """Compute and store one; says why where that can't be done."""
        fault: NotFound | Permanent | None = None
        with tempfile.TemporaryDirectory(prefix="artitec-media-") as folder:
            path = Path(folder) / "original"
            try:
                digest = self._fetch(media, path, check)
            except (NotFound, Permanent) as error:
                return Failure(media.public_id, error)
            fingerprint = Fingerprint(digest)
            try:
                fingerprint = self._look(media, path, digest, check)
            except Permanent as error:
                # Its bytes are known all the same, and it is not read again every time.
                fault = error
        self._database.retrying(lambda tx: _keep(tx, media, fingerprint))
        return None if fault is None else Failure(media.public_id, fault)

    def _fetch(self, media: Media, path: Path, check: Check) -> str:
        """Copy the original here; its SHA-256 in hex."""
        digest = hashlib.sha256()
        with self._original(media) as source, path.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                check()
                digest.update(chunk)
                copy.write(chunk)
        return digest.hexdigest()

    def _original(self, media: Media) -> BinaryIO:
        objects = where(media, self._store)
        if objects.place is not Place.HERE:
            raise absence(media, objects.place)
        for key in filter(None, (objects.original, objects.spare)):
            try:
                return self._store.open(key)
            except NotFound:
                continue
        name = media.original_filename
        raise NotFound("not_in_storage", f"The file of “{name}” is not in the storage.")

    def _look(self, media: Media, path: Path, digest: str, check: Check) -> Fingerprint:
        from ..processing.image import look_of

        if media.media_type is MediaType.IMAGE:
            if path.stat().st_size > _LARGEST:
                most = size_text(_LARGEST)
                raise Permanent("too_large", f"Too large to be compared: more than {most}.")
            hashes, signature = look_of(path.read_bytes())
            return Fingerprint(digest, *hashes, signature=signature)
        facts = self._videos.read(str(path), check)
        frames = video_signature(facts.frames, facts.duration)
        if facts.poster is None:
            return Fingerprint(digest, signature=frames)
        return Fingerprint(digest, *look_of(facts.poster)[0], signature=frames)


def _keep(tx: Tx, media: Media, fingerprint: Fingerprint) -> None:
    """Store it, unless the media is gone; the sum of the file as it was dropped stays."""
    rows.hold(tx, media.public_id)
    if rows.by_id(tx, media.id) is None:
        return
    if (before := fingerprints.get(tx, media.id)) is not None:
        fingerprint = replace(fingerprint, sha256=before.sha256)
    fingerprints.add(tx, media.id, fingerprint, datetime.now(UTC))
