"""Fingerprints that rows lack, computed from the storage."""

import hashlib
import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from artitec_media_desktop.database import fingerprints, signatures
from artitec_media_desktop.domain.errors import Cancelled, Forbidden, Transient
from artitec_media_desktop.domain.hashes import FINGERPRINT_VERSION
from artitec_media_desktop.domain.permissions import NOBODY
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.processing.video import VideoFacts

from .rows import add

CLIP = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0\0\x40\0free" + bytes(0x4000 - 8)


def stored(library, public_id):
    media = library.library.media(public_id)
    with library.database.read() as tx:
        return fingerprints.get(tx, media.id)


def forget(library, condition="1"):
    with library.database.write() as tx:
        tx.execute(text(f"DELETE FROM media_fingerprints WHERE {condition}"))


@pytest.fixture
def photos(upload, photo):
    """Eight photos, the fingerprints of an upload."""
    paths = [photo(f"{n}.jpg", hue=n * 20, size=(300 + n, 200)) for n in range(8)]
    return [item.media_public_id for item in upload(paths)]


def test_what_others_wrote_gets_what_an_upload_gets(library, photos):
    uploaded = [stored(library, each) for each in photos]
    assert all(each.signature for each in uploaded)
    forget(library)
    assert library.fingerprints.missing_count() == 8
    assert library.fingerprints.run().count == 8
    assert library.fingerprints.missing_count() == 0
    # Nothing was taken out of these files, so that the stored object is what was dropped.
    assert [stored(library, each) for each in photos] == uploaded
    assert library.fingerprints.run().count == 0


def test_one_of_an_older_version_is_made_anew_and_keeps_its_sum(library, photos):
    with library.database.write() as tx:
        tx.execute(text("UPDATE media_fingerprints SET version = 1, sha256 = 'a'"))
    assert library.fingerprints.run().count == 8
    found = stored(library, photos[0])
    assert (found.version, found.sha256) == (FINGERPRINT_VERSION, "a")
    assert found.signature


def test_all_anew(library, photos):
    with library.database.write() as tx:
        tx.execute(text("UPDATE media_fingerprints SET perceptual = NULL"))
    assert library.fingerprints.run(anew=True).count == 8
    assert stored(library, photos[3]).perceptual


class Watched(Unwatched):
    def __init__(self, stop_at):
        self.stop_at = stop_at
        self.seen = []

    def progress(self, done, total, text=""):
        self.seen.append((done, total))

    def check_cancelled(self):
        if len(self.seen) >= self.stop_at:
            raise Cancelled


def test_what_is_stopped_goes_on_where_it_was(library, photos):
    forget(library)
    work = Watched(3)
    with pytest.raises(Cancelled):
        library.fingerprints.run(work=work)
    assert work.seen == [(1, 8), (2, 8), (3, 8)]
    left = library.fingerprints.missing_count()
    assert 0 < left <= 5
    assert library.fingerprints.run().count == left


def test_a_fault_that_passes_ends_it_and_loses_nothing(library, photos, monkeypatch):
    forget(library)
    taken, opened = threading.Lock(), []
    original = library.store.open

    def unsteady(key):
        with taken:
            opened.append(key)
            if len(opened) == 5:
                raise Transient("offline", "The storage does not answer.")
        return original(key)

    monkeypatch.setattr(library.store, "open", unsteady)
    with pytest.raises(Transient):
        library.fingerprints.run()
    left = library.fingerprints.missing_count()
    assert 0 < left < 8
    assert library.fingerprints.run().count == left


def test_what_can_not_be_read_is_named_and_does_not_stop_the_rest(library, photos):
    forget(library)
    gone, damaged = (library.library.media(each) for each in photos[:2])
    library.store.delete(gone.storage_path)
    (library.home.objects / damaged.storage_path).write_bytes(b"no picture")
    add(library, 1, tail="ELSEWH", storage_path="", original_url="https://elsewhere/p.jpg")
    add(library, 1, tail="LINKED", content_type="video/embed")
    done = library.fingerprints.run()
    assert done.count == 6
    assert {each.public_id: each.error.code for each in done.failed} == {
        gone.public_id: "not_in_storage",
        damaged.public_id: "not_an_image",
        "MED-1000-ELSEWH": "elsewhere",
    }
    # What can't be decoded is still known by its bytes.
    found = stored(library, damaged.public_id)
    assert found.sha256 == hashlib.sha256(b"no picture").hexdigest()
    assert (found.perceptual, found.signature) == (None, None)
    assert library.fingerprints.missing_count() == 2


def test_a_video_by_its_frames(library, upload, tmp_path):
    class Decoder:
        def read(self, path, _check):
            frames = tuple(bytes([n]) * 128 * 128 for n in range(5))
            return VideoFacts(320, 180, 6.0, draw_room(320, 180), None, frames)

    library.fingerprints._videos = library.uploads._pipeline._preparing._videos = Decoder()
    (tmp_path / "tour.mp4").write_bytes(CLIP)
    (item,) = upload([str(tmp_path / "tour.mp4")])
    uploaded = stored(library, item.media_public_id)
    assert len(uploaded.signature) > 5 * 1024
    forget(library)
    assert library.fingerprints.run().count == 1
    assert stored(library, item.media_public_id) == uploaded


def test_who_may(library, photos):
    forget(library)
    library.read_only = "It can only be looked at."
    with pytest.raises(Forbidden, match="only be looked at"):
        library.fingerprints.run()
    library.read_only = ""
    library.account = replace(NOBODY)
    with pytest.raises(Forbidden):
        library.fingerprints.run()
    assert library.fingerprints.missing_count() == 8


def test_signatures_are_read_by_number(library, photos):
    ids = sorted(library.library.media(each).id for each in photos)
    with library.database.read() as tx:
        found = signatures.of(tx, [*ids, 999_999])
    assert [each for each, _ in found] == ids
    assert {len(data) for _, data in found} == {1478}
