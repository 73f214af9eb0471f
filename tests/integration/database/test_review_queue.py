"""The queue on a server: many clients at once, every age of the platform, both ways to search."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search, search_index, search_words
from artitec_media_desktop.database.review_tables import LEASES, SCORES, SECOND_LOOKS
from artitec_media_desktop.domain.errors import Conflict
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation.queue import ReviewQueue
from tests.integration.database.interleaving import patiently
from tests.searches import FIXTURE

ALL = QueueFilter()
NOW = datetime.now(UTC).replace(microsecond=0)
ADA, BEN = "USR-200", "USR-201"


def queue_of(database, user_id=ADA, role=Role.ADMIN, **rights):
    account = Account(user_id, "Ada", role, **rights)
    return ReviewQueue(database, Access(database, lambda: account))


def fill(database, count, **values):
    """Pending media in place of the platform's own one, the first one the oldest."""
    made = []
    with database.write() as tx:
        rows.remove(tx, [3])
        for number in range(count):
            at = NOW - timedelta(hours=10, minutes=-number)
            one = replace(
                FIXTURE[0], id=0, public_id=f"MED-1-Q{number:05}", created_at=at,
                moderation_status=ModerationStatus.PENDING, uploaded_by="USR-1",
            )  # fmt: skip
            made.append(rows.add(tx, replace(one, **values)))
    return made


def names(claimed):
    return [each.item.public_id for each in claimed]


@pytest.fixture(params=["plain", "indexed"])
def filled(request, newest, monkeypatch):
    """Three pending media beside the platform's own two."""
    media = fill(newest, 3)
    if request.param == "indexed":
        monkeypatch.setattr(search_index, "_SMALL", 0)
        search_index.catch_up(newest)
        with newest.read() as tx:
            assert media_search.facts(tx) is search_words.OF_SERVER
    return newest, media


def test_the_queue_of_a_server(filled):
    database, media = filled
    ids = [each.public_id for each in media]
    with database.write() as tx:
        tx.execute(insert(SCORES).values(media_id=media[1].id, model="m", score=0.9, at=NOW))
        tx.execute(
            insert(SECOND_LOOKS).values(
                public_id="MED-1700000000-AAAAAA", look="sample", decided_by=BEN, asked_at=NOW
            )
        )
    queue = queue_of(database)
    for search, found in {
        "": [*ids, "MED-1700000000-AAAAAA"],
        "score:>0.6": ids[1:2],
        "age:>30m": ids,
        "look:sample": ["MED-1700000000-AAAAAA"],
        "willow": [*ids, "MED-1700000000-AAAAAA"],
        "status:rejected": [],
    }.items():
        wanted = QueueFilter(parse(search))
        claimed = queue.take(wanted, 9)
        assert (search, names(claimed)) == (search, found)
        counts = queue.counts(wanted)
        assert (search, counts.total) == (search, len(found))
        queue.release([each.lease for each in claimed])
    assert names(queue.take(QueueFilter(by_score=True), 1)) == ids[1:2]
    counts = queue_of(database, BEN).counts(ALL)
    assert (counts.total, counts.held_by_others) == (3, 1)
    assert [each.count for each in counts.buckets] == [0, 3, 0, 0, 0]
    assert counts.oldest == media[0].created_at


def test_a_row_without_any_time_waits_too(filled):
    database, _ = filled
    with database.write() as tx:
        tx.exec_driver_sql(
            "UPDATE media SET moderation_status = 'flagged', created_at = NULL, "
            "updated_at = UTC_TIMESTAMP() WHERE id = 2"
        )
    search_index.catch_up(database, every=0)
    found = queue_of(database).take(ALL, 9)
    assert names(found) == ["MED-1700000000-BBBBBB", *(f"MED-1-Q{n:05}" for n in range(3))]
    assert found[0].item.since > NOW - timedelta(hours=1)
    assert queue_of(database).counts(ALL).total == 4


def test_every_age_of_the_platform_has_a_queue(library):
    with library.read() as tx:
        ages_status = "moderation_status" in rows.shape.media(tx).there
    made = fill(library, 2)
    beth = {"role": Role.COMMUNITY_ADMIN, "can_moderate": True}
    found = queue_of(library).take(ALL, 9)
    waits = {each.public_id for each in made} if ages_status else set()
    assert waits <= set(names(found))
    assert queue_of(library).counts(ALL).total == len(found)
    queue_of(library, "USR-nobody", **beth).counts(ALL)


def test_many_clients_get_everything_and_nothing_twice(newest):
    made = fill(newest, 160)

    def work(number):
        queue, found = queue_of(newest, f"USR-{number}"), []
        while some := names(patiently(queue.take, ALL, 5)):
            found += some
        return found

    with ThreadPoolExecutor(8) as pool:
        taken = [each for found in pool.map(work, range(8)) for each in found]
    assert len(taken) == len(made)
    assert set(taken) == {each.public_id for each in made}


def test_what_was_left_lying_is_anybodys(newest):
    fill(newest, 1)
    ada, ben = queue_of(newest, ADA), queue_of(newest, BEN)
    (mine,) = ada.take(ALL, 3)
    with pytest.raises(Conflict):
        ben.claim(mine.item.public_id)
    assert ada.renew([mine.lease])[0].until >= mine.lease.until
    with newest.write() as tx:
        tx.execute(update(LEASES).values(until=NOW - timedelta(hours=1)))
    (theirs,) = ben.take(ALL, 3)
    assert ada.renew([mine.lease]) == []
    ada.release([mine.lease])
    assert ben.renew([theirs.lease])[0].token == theirs.lease.token
