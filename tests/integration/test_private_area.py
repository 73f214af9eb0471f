"""MariaDB and S3, real ones, together: what was decided holds at the public address."""

import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.errors import Conflict, MediaError, Transient
from artitec_media_desktop.domain.keys import ObjectKeys
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.relocating import STEPS, Relocating
from artitec_media_desktop.services.trash import TrashService
from artitec_media_desktop.services.undoing import UndoService
from artitec_media_desktop.storage import Payload, S3Settings, S3Store
from tests.rulings import ruled
from tests.services.fault_proxy import fault_proxy

S = ModerationStatus
KEY = "communities/photos/CMY-456/2026-11/photo-20261122120000-{}.jpg"
NAMES = ("thumb", "small", "medium", "large")


class Client:
    """One person's application on the team's servers."""

    def __init__(self, database, store, step=lambda _name: None):
        self.database, self.store = database, store
        account = Account("USR-100", "Ada Admin", Role.ADMIN)
        access = Access(database, lambda: account)
        self.relocating = Relocating(database, store, step)
        self.moderation = ModerationService(database, access, self.relocating)
        self.trash = TrashService(database, access, self.relocating)
        self.undoing = UndoService(database, access, self.relocating)

    def decide(self, public_id, status, expected=None):
        seen = {} if expected is None else {public_id: expected}
        return self.moderation.decide([public_id], ruled(S(status)), seen)

    def row(self, public_id):
        with self.database.read() as tx:
            return rows.by_public_id(tx, public_id)

    def close(self):
        self.store.close()
        self.database.close()


@pytest.fixture
def clients(team):
    """Makes clients, all closed in the end."""
    made = []

    def make(step=lambda _name: None):
        made.append(Client(team.platform.open(), team.store(), step))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def client(clients):
    return clients()


@pytest.fixture
def add(client):
    """A media with its five objects, as an upload leaves it."""

    def make(number=1, status=S.APPROVED):
        original = KEY.format(f"{number:06x}")
        keys = ObjectKeys.of(original if status is S.APPROVED else f"private/{original}", NAMES)
        for key in keys.all:
            put(client.store, key)
        url = client.store.public_url
        now = datetime.now(UTC)
        media = Media(
            id=0, public_id=f"MED-1700000000-{number:06d}", filename="photo.jpg",
            original_filename=f"IMG_{number}.jpg", media_type=MediaType.IMAGE,
            content_type="image/jpeg", file_size=900, storage_path=keys.original,
            original_url=url(keys.original), thumbnail_url=url(keys.variant("thumb")),
            medium_url=url(keys.variant("medium")), large_url=url(keys.variant("large")),
            storage_type=client.store.storage_type, bucket_name=client.store.bucket,
            entity_type="community", entity_id=1, entity_field="gallery",
            metadata={
                "small_url": url(keys.variant("small")),
                "variants": {name: {"key": keys.variant(name), "width": 9} for name in NAMES},
            },
            uploaded_by="USR-100", is_approved=status is S.APPROVED, moderation_status=status,
            created_at=now, updated_at=now,
        )  # fmt: skip
        with client.database.write() as tx:
            rows.add(tx, media)
        return media.public_id

    return make


def put(store, key):
    body = key.removeprefix("private/").encode() * 9
    store.put(key, Payload(body, len(body), sha256(body).hexdigest(), "image/jpeg"))


def named(media):
    variants = [each["key"] for each in media.metadata["variants"].values()]
    return {media.storage_path, *variants}


def answer(address):
    """What somebody without a key gets."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def addresses(client, number=1):
    """The public address of every object of a media, wherever they are now."""
    keys = ObjectKeys.of(KEY.format(f"{number:06x}"), NAMES).all
    return [client.store.public_url(key) for key in keys]


def expect(client, public_id, is_open, number=1):
    media = client.row(public_id)
    keys = {each.key for each in client.store.list()}
    mine = {key for key in keys if f"-{number:06x}" in key}
    assert mine == named(media)
    assert {key.startswith("private/") for key in mine} == {not is_open}
    assert client.store.key_of(media.original_url) == media.storage_path
    answers = {answer(each) for each in addresses(client, number)}
    assert answers == {200} if is_open else answers <= {403, 404}
    assert {answer(client.store.public_url(f"private/{KEY.format(f'{number:06x}')}"))} <= {403, 404}
    for key in mine:
        assert answer(client.store.signed_url(key)) == 200


def test_what_is_rejected_is_not_readable_from_when_that_is_confirmed(client, add):
    public_id = add()
    expect(client, public_id, is_open=True)
    # Odd while it is confirmed that it is hidden.
    turn, wrong, stop = [0], [], threading.Event()

    def watch(address):
        while not stop.is_set():
            before = turn[0]
            status = answer(address)
            if before % 2 and turn[0] == before and status not in (403, 404):
                wrong.append((address, status))

    watchers = [threading.Thread(target=watch, args=(each,)) for each in addresses(client)]
    for each in watchers:
        each.start()
    try:
        for act in (
            lambda: client.decide(public_id, S.REJECTED),
            lambda: client.decide(public_id, S.FLAGGED),
            lambda: client.decide(public_id, S.PENDING),
            client.undoing.undo,
            lambda: client.decide(public_id, S.REJECTED),
        ):
            act()
            turn[0] += 1
            time.sleep(0.3)
            turn[0] += 1
            client.decide(public_id, S.APPROVED)
            assert {answer(each) for each in addresses(client)} == {200}
        client.decide(public_id, S.REJECTED)
        turn[0] += 1
        time.sleep(0.3)
    finally:
        stop.set()
        for each in watchers:
            each.join()
    assert wrong == []
    expect(client, public_id, is_open=False)


def test_what_waits_is_not_readable_until_it_is_approved(client, add):
    public_id = add(status=S.PENDING)
    expect(client, public_id, is_open=False)
    client.decide(public_id, S.APPROVED)
    expect(client, public_id, is_open=True)


def test_to_the_trash_and_back(client, add):
    public_id = add()
    client.trash.delete([public_id])
    assert {answer(each) for each in addresses(client)} <= {403, 404}
    assert {each.key.startswith("private/") for each in client.store.list()} == {True}
    client.trash.restore([public_id])
    expect(client, public_id, is_open=True)


def test_a_row_of_the_platform(client, team):
    """Addresses relative or by another host's name, an older path, an object that is missing."""
    folder = "communities/photos/CMY-456/2024-05"
    put(client.store, f"{folder}/a.jpg")
    put(client.store, f"{folder}/a_thumb.jpg")
    team.platform.query(
        "UPDATE media SET storage_type = 's3', bucket_name = %s, storage_path = %s, "
        "original_url = %s, thumbnail_url = %s, medium_url = %s WHERE id = 1",
        team.bucket,
        "MED-1700000000-AAAAAA/gallery/a.jpg",
        client.store.public_url(f"{folder}/a.jpg"),
        f"{folder}/a_thumb.jpg",
        f"{folder}/a_medium.jpg",
    )
    public_id = "MED-1700000000-AAAAAA"
    client.decide(public_id, S.REJECTED)
    assert {each.key for each in client.store.list()} == {
        f"private/{folder}/a.jpg", f"private/{folder}/a_thumb.jpg",
    }  # fmt: skip
    media = client.row(public_id)
    assert media.storage_path == "MED-1700000000-AAAAAA/gallery/a.jpg"
    assert client.store.key_of(media.original_url) == f"private/{folder}/a.jpg"
    assert client.store.key_of(media.thumbnail_url) == f"private/{folder}/a_thumb.jpg"
    assert media.medium_url == f"{folder}/a_medium.jpg"
    client.decide(public_id, S.APPROVED)
    assert {each.key for each in client.store.list()} == {
        f"{folder}/a.jpg", f"{folder}/a_thumb.jpg",
    }  # fmt: skip


def test_two_people_decide_on_the_same_at_once(clients, add):
    for number in range(1, 7):
        public_id = add(number, S.PENDING)
        ready, said = threading.Barrier(2), {}

        def decide(client, status, public_id=public_id, ready=ready, said=said):
            ready.wait()
            try:
                said[status] = client.decide(public_id, status, S.PENDING)
            except MediaError as error:
                said[status] = error

        people = [clients(), clients()]
        threads = [
            threading.Thread(target=decide, args=pair)
            for pair in zip(people, (S.APPROVED, S.REJECTED), strict=True)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        lost = [each for each in said.values() if isinstance(each, MediaError)]
        assert [type(each) for each in lost] == [Conflict], said
        assert "IMG_" in lost[0].message
        (won,) = [status for status, each in said.items() if not isinstance(each, MediaError)]
        assert people[0].row(public_id).moderation_status is won
        expect(people[0], public_id, won is S.APPROVED, number)


#: Decides, and ends itself where that comes to a step.
WORKER = """
import os, signal, sys
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.storage import S3Settings, S3Store
from tests.integration.test_private_area import Client

url, bucket, access, secret, endpoint, act, public_id, step = sys.argv[1:]

def die(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)

store = S3Store(S3Settings(bucket, access, secret, endpoint=endpoint))
client = Client(Database.server(url), store, die)
if act == "delete":
    client.trash.delete([public_id])
else:
    client.decide(public_id, act)
"""


def worker(team, act, public_id, step="none"):
    access, secret = team.s3.admin
    endpoint = f"http://127.0.0.1:{team.s3.port}"
    url = team.platform.server.url(team.platform.name)
    words = (url, team.bucket, access, secret, endpoint, act, public_id, step)
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", WORKER, *words], cwd=root)


@pytest.mark.parametrize("act", ["rejected", "approved", "delete"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_named_step(team, clients, client, add, act, step):
    opening = act == "approved"
    public_id = add(status=S.PENDING if opening else S.APPROVED)
    assert worker(team, act, public_id, step).wait(180) == -signal.SIGKILL
    # Whatever came of it, the row names what is there.
    found = client.row(public_id)
    if found is not None:
        assert named(found) <= {each.key for each in client.store.list()}
    assert client.relocating.recover() == 0
    # Two clients come along at once.
    others = [clients(), clients()]
    threads = [
        threading.Thread(target=each.relocating.recover, args=(timedelta(0),)) for each in others
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if found is None:
        client.trash.restore([public_id])
    written = step in ("saved", "removed")
    expect(client, public_id, is_open=(written == opening) or found is None)
    if not written and act != "delete":
        client.decide(public_id, act)
        expect(client, public_id, is_open=opening)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(team, client, add, seed):
    moments, public_id = random.Random(seed), add()
    for turn in range(4):
        process = worker(team, ("rejected", "approved")[turn % 2], public_id)
        time.sleep(moments.uniform(0.5, 1.3))
        process.kill()
        process.wait(180)
        client.relocating.recover(timedelta(0))
        media = client.row(public_id)
        expect(client, public_id, media.moderation_status is S.APPROVED)


def test_the_storage_is_cut_off_after_the_decision(team, clients, add):
    public_id = add()
    client = clients()

    def cut(name):
        if name == "saved":
            access, secret = "WRONG", "wrong"
            settings = S3Settings(team.bucket, access, secret, endpoint="http://127.0.0.1:9")
            client.relocating._settling._store = S3Store(settings)

    client.relocating._step = cut
    with pytest.raises(Transient) as caught:
        client.decide(public_id, S.REJECTED)
    assert caught.value.code == "old_copy_left"
    assert client.row(public_id).moderation_status is S.REJECTED
    client.relocating._settling._store.close()
    other = clients()
    assert other.relocating.recover() == 1
    expect(other, public_id, is_open=False)


def test_the_answer_to_the_commit_is_lost(team, clients, add, monkeypatch):
    """The line to the database breaks while COMMIT is under way: it is looked up, not guessed."""
    public_id = add()
    with fault_proxy(team.platform.server.port) as proxy:
        url = f"mysql://root@127.0.0.1:{proxy.port}/{team.platform.name}"
        client = Client(Database.server(url), team.store())
        client.relocating._step = lambda name: (
            proxy.arm("cut", "response", once=b"COMMIT") if name == "copied" else None
        )
        change = client.decide(public_id, S.REJECTED)
        assert proxy.struck == 1
        assert change.public_ids == (public_id,)
        client.close()
    expect(clients(), public_id, is_open=False)
    history = team.platform.query("SELECT COUNT(*) FROM media_changed")
    assert history == ((1,),)
