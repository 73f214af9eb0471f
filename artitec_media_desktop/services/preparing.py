"""From an open source file to everything that is stored of it: image or video."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.hashes import Fingerprint
from ..domain.media import MediaType
from ..domain.slots import Slot
from ..domain.work import Check, held
from ..processing.source import OpenSource, Source
from ..processing.video import VideoReader
from ..storage import Readable
from .media_row import Prepared, StoredVariant

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes as they are stored, free of positions, with their SHA-256 in hex."""

    body: bytes | Readable
    size: int
    sha256: str


class Preparing:
    """Decodes and computes; at most ``cores`` files at a time, however many are under way."""

    def __init__(self, videos: VideoReader, cores: int) -> None:
        self._videos = videos
        self._cores = threading.BoundedSemaphore(max(1, cores))

    def prepare(
        self, opened: OpenSource, data: bytes | None, sha256: str, slot: Slot, check: Check
    ) -> tuple[Prepared, Content]:
        """Everything of one file; ``data`` is an image's whole content, None for a video.

        Raises Permanent for what can't be taken, Cancelled.
        """
        with held(self._cores, check):
            check()
            if data is not None:
                return self._image(opened.source, data, sha256, slot, check)
            return self._video(opened, sha256, check)

    def _image(
        self, source: Source, data: bytes, sha256: str, slot: Slot, check: Check
    ) -> tuple[Prepared, Content]:
        from ..processing.image import process_image

        limits = slot.limits(MediaType.IMAGE)
        made = process_image(data, source.format, limits, check_cancelled=check)
        prepared = Prepared(
            source.format,
            len(made.original),
            Fingerprint(
                sha256,
                made.average,
                made.perceptual,
                made.difference,
                signature=made.signature,
            ),
            tuple(StoredVariant(v.name, v.width, v.height, v.data) for v in made.variants),
            made.width,
            made.height,
            metadata={
                "exif": made.exif,
                "animated": made.animated,
                "location_removed": list(made.gps_removed),
            },
            notes=tuple(note for note in (source.note,) if note),
        )
        # Nothing was taken out of most files: then the bytes are those that were hashed already.
        same = made.original is data
        digest = sha256 if same else hashlib.sha256(made.original).hexdigest()
        return prepared, Content(made.original, len(made.original), digest)

    def _video(self, opened: OpenSource, sha256: str, check: Check) -> tuple[Prepared, Content]:
        from ..processing.gps import PatchedReader, video_patches
        from ..processing.image import process_poster

        source = opened.source
        facts = self._videos.read(source.path, check)
        made = None if facts.poster is None else process_poster(facts.poster)
        patches = video_patches(opened.file, source.size, source.format.content_type)
        body = PatchedReader(opened.file, patches)
        digest = sha256 if not patches else digest_of(body, check)
        prepared = Prepared(
            source.format,
            source.size,
            Fingerprint(
                sha256,
                made.average if made else None,
                made.perceptual if made else None,
                made.difference if made else None,
                signature=video_signature(facts.frames, facts.duration),
            ),
            tuple(StoredVariant(v.name, v.width, v.height, v.data) for v in made.variants)
            if made
            else (),
            facts.width,
            facts.height,
            facts.duration,
            metadata={"location_removed": ["video"] if patches else []},
            notes=tuple(note for note in (source.note, facts.note) if note),
        )
        return prepared, Content(body, source.size, digest)


def video_signature(frames: Sequence[bytes], seconds: float | None) -> bytes | None:
    """What the finder compares of a video; None without frames."""
    if not frames or seconds is None:
        return None
    from ..processing.signature import Signature

    return Signature.of_video(frames, seconds).to_bytes()


def digest_of(file: Readable, check: Check) -> str:
    """The SHA-256 of a whole file in hex, read in pieces from its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        check()
        digest.update(chunk)
    return digest.hexdigest()
