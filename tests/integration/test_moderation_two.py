"""Two people, two processes, one queue on a real MariaDB, and a third whose process is killed."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.tables import MEDIA
from artitec_media_desktop.domain.errors import Conflict
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.moderation.queue import ReviewQueue
from artitec_media_desktop.services.relocating import Relocating
from artitec_media_desktop.storage import LocalStore
from tests.rulings import ruled

S = ModerationStatus
ITEMS = 2000
#: How long a lease lasts here, in seconds; at work a window renews them.
LASTING = 8
AT_ONCE = 20
#: Opened first and not decided before their leases are over.
FORGOTTEN = 10
EVERYTHING = QueueFilter()


class Window:
    """One person's queue and decisions."""

    def __init__(self, url, account):
        self.database = Database.server(url)
        access = Access(self.database, lambda: Account(account, account, Role.ADMIN))
        policy = Policy(sample=0.0, lease_minutes=LASTING / 60)
        store = LocalStore(Path(tempfile.gettempdir()) / "nothing-is-stored-here")
        relocating = Relocating(self.database, store)
        self.queue = ReviewQueue(self.database, access, lambda: policy)
        self.moderation = ModerationService(self.database, access, relocating, lambda: policy)

    def decide(self, claimed):
        """Approve every second one, and reject the others."""
        media = claimed.item.media
        status = S.REJECTED if media.id % 2 else S.APPROVED
        public_id = media.public_id
        seen, held = {public_id: media.moderation_status}, {public_id: claimed.lease}
        self.moderation.decide([public_id], ruled(status), seen, held)
        return public_id


def work(url, account):
    """Decide until nothing waits any more; tells what was decided, and what was refused."""
    window, decided, refused = Window(url, account), [], Counter()
    print("ready", flush=True)
    sys.stdin.readline()
    taken = window.queue.take(EVERYTHING, AT_ONCE)
    forgotten, todo = taken[:FORGOTTEN], taken[FORGOTTEN:]
    passed = {each.item.public_id for each in forgotten}
    while True:
        for each in todo:
            try:
                decided.append(window.decide(each))
            except Conflict as error:
                refused[error.code] += 1
        todo = window.queue.take(EVERYTHING, AT_ONCE, skipped=passed)
        if not todo:
            counts = window.queue.counts(EVERYTHING)
            if not counts.total:
                break
            passed = set() if counts.total <= FORGOTTEN else passed
            time.sleep(0.2)
    for each in forgotten:
        try:
            window.decide(each)
        except Conflict as error:
            refused[f"forgotten {error.code}"] += 1
    print(json.dumps({"decided": decided, "refused": refused}), flush=True)


def vanish(url, account):
    """Take some items and be killed."""
    print(len(Window(url, account).queue.take(EVERYTHING, 100)), flush=True)
    time.sleep(600)


def start(what, url, account):
    code = f"from tests.integration.test_moderation_two import *; {what}(*sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, url, account],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def platform(platform_of):
    """The newest age, migrated, in which 2,000 photos wait."""
    platform = platform_of("newest")
    database = platform.open()
    schema.bring_up_to_date(database, "library")
    began = datetime.now(UTC) - timedelta(hours=3)
    with database.write() as tx:
        tx.exec_driver_sql("DELETE FROM media")
        tx.execute(insert(MEDIA), [_row(number, began) for number in range(ITEMS)])
    database.close()
    return platform


def _row(number, began):
    media = Media(
        id=0, public_id=f"MED-1700000000-{number:06d}", filename="p.jpg",
        original_filename=f"p{number}.jpg", media_type=MediaType.IMAGE,
        content_type="image/jpeg", file_size=5000, storage_path="", original_url="",
        entity_type="community", entity_id=1, entity_field="gallery", uploaded_by="USR-9",
        is_approved=False, moderation_status=S.PENDING,
        created_at=began + timedelta(seconds=number), updated_at=began,
    )  # fmt: skip
    values = rows.row_of(media)
    del values["id"]
    return values


def test_nothing_is_decided_twice_or_lost(platform):
    url = platform.server.url(platform.name)
    gone = start("vanish", url, "USR-803")
    assert gone.stdout.readline() == "100\n"
    gone.send_signal(signal.SIGKILL)
    gone.communicate(timeout=180)
    people = {account: start("work", url, account) for account in ("USR-801", "USR-802")}
    for each in people.values():
        assert each.stdout.readline() == "ready\n"
    for each in people.values():
        each.stdin.write("go\n")
        each.stdin.flush()
    told = {who: json.loads(each.communicate(timeout=180)[0]) for who, each in people.items()}
    assert [each.returncode for each in people.values()] == [0, 0]

    decided = Counter(name for each in told.values() for name in each["decided"])
    assert set(decided.values()) == {1}, "somebody's decision was lost"
    assert len(decided) == ITEMS
    assert all(each["decided"] for each in told.values())
    for each in told.values():  # what was forgotten is somebody's by now, or decided
        assert sum(n for code, n in each["refused"].items() if "forgotten" in code) == FORGOTTEN
        known = {"forgotten lease_lost", "forgotten overtaken", "lease_lost", "overtaken"}
        assert set(each["refused"]) <= known

    kept = platform.query("SELECT public_id, account, `before`, `after`, waited FROM media_reviews")
    assert Counter(row[0] for row in kept) == decided
    for who, each in told.items():
        assert {row[0] for row in kept if row[1] == who} == set(each["decided"])
    assert all(row[2] == "pending" and row[4] > 0 for row in kept)
    statuses = platform.query("SELECT id, LOWER(moderation_status), is_approved FROM media")
    assert all((s, a) == (("rejected", 0) if i % 2 else ("approved", 1)) for i, s, a in statuses)
    assert platform.query("SELECT COUNT(*) FROM media_leases") == ((0,),)
