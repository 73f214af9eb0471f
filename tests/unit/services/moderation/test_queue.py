from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import delete, insert, select, text, update

from artitec_media_desktop.database import locks
from artitec_media_desktop.database.review_tables import LEASES, SCORES, SECOND_LOOKS
from artitec_media_desktop.database.tables import (
    AMENITIES,
    COMMUNITIES,
    COMMUNITY_ADMIN_LINKS,
    COMMUNITY_ADMIN_PROFILES,
    MEDIA,
)
from artitec_media_desktop.domain.errors import Conflict, Forbidden, NotFound
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Look
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.services.moderation.queue import ReviewQueue
from tests.unit.services.rows import add

ALL = QueueFilter()
PENDING, FLAGGED = ModerationStatus.PENDING, ModerationStatus.FLAGGED
ADA = Account("USR-200", "Ada", Role.ADMIN)
BEN = Account("USR-201", "Ben", Role.ADMIN)
NOW = datetime.now(UTC)
NUMBERS = count(1)


@pytest.fixture
def queue_of(library):
    """The queue as another person's window has it."""

    def make(account=ADA):
        library.account = account
        return ReviewQueue(library.database, library.access)

    return make


def waiting(library, many, **values):
    """Pending media of two hours ago, or as said; returns their public ids."""
    values = {"moderation_status": PENDING, "created_at": NOW - timedelta(hours=2)} | values
    made = [f"MED-1-{next(NUMBERS):06d}" for _ in range(many)]
    return [each for one in made for each in add(library, 1, **values, public_id=one)]


def names(claimed):
    return [each.item.public_id for each in claimed]


def run_out(library):
    """As if everybody had been away for an hour."""
    with library.database.write() as tx:
        tx.execute(update(LEASES).values(until=NOW - timedelta(hours=1)))


def second_look(library, public_id, decided_by, look=Look.SAMPLE, **values):
    row = {"public_id": public_id, "look": look, "decided_by": decided_by, "asked_at": NOW}
    with library.database.write() as tx:
        tx.execute(insert(SECOND_LOOKS).values(row | values))


def scored(library, public_id, score):
    number = library.library.media(public_id).id
    values = {"media_id": number, "model": "test", "score": score, "at": NOW}
    with library.database.write() as tx:
        tx.execute(insert(SCORES).values(values))


def test_the_oldest_come_first_and_nothing_twice(library, queue_of):
    new = waiting(library, 2, created_at=NOW)
    old = waiting(library, 2, moderation_status=FLAGGED)
    waiting(library, 2, moderation_status=ModerationStatus.APPROVED)
    queue = queue_of()
    first = queue.take(ALL, 3)
    assert names(first) == [*old, new[0]]
    assert {each.lease.account for each in first} == {"USR-200"}
    assert names(queue.take(ALL, 3, held=names(first))) == [new[1]]
    assert names(queue.take(ALL, 3)) == []


def test_many_at_once_get_everything_and_nothing_twice(library, queue_of):
    ids = waiting(library, 120)
    queue = queue_of()

    def work(_):
        found = []
        while some := names(queue.take(ALL, 4)):
            found += some
        return found

    with ThreadPoolExecutor(8) as pool:
        taken = [each for found in pool.map(work, range(8)) for each in found]
    assert len(taken) == len(ids)
    assert set(taken) == set(ids)


def test_what_was_left_lying_comes_back_and_its_lease_is_lost(library, queue_of):
    (one,) = waiting(library, 1)
    mine = queue_of(ADA).take(ALL, 5)
    queue = queue_of(BEN)
    assert queue.take(ALL, 5) == []
    assert queue.counts(ALL).held_by_others == 1
    run_out(library)
    assert names(queue.take(ALL, 5)) == [one]
    assert queue.renew([mine[0].lease]) == []
    queue.release([mine[0].lease])  # of somebody else's now: nothing
    assert queue_of(ADA).take(ALL, 5) == []


def test_what_is_released_is_anybodys_at_once_and_what_is_skipped_is_not_given(library, queue_of):
    first, second = waiting(library, 2)
    queue = queue_of(ADA)
    held = queue.take(ALL, 2)
    assert names(held) == [first, second]
    (longer,) = queue.renew([held[1].lease])
    assert longer.until >= held[1].lease.until
    queue.release([held[0].lease])
    assert names(queue_of(BEN).take(ALL, 2, skipped=[first])) == []
    assert names(queue_of(BEN).take(ALL, 2)) == [first]


def test_what_windows_that_are_gone_held_is_free_at_once(library, queue_of):
    ids = waiting(library, 4)
    gone, alive, mine = queue_of(BEN), queue_of(ADA), queue_of(ADA)
    gone.seat, alive.seat, mine.seat = "a" * 12, "b" * 12, "c" * 12
    gone.take(ALL, 2)
    kept = alive.take(ALL, 1)
    mine.free(["a" * 12, "d" * 12])
    assert names(mine.take(ALL, 4)) == [*ids[:2], ids[3]]
    assert len(alive.renew([each.lease for each in kept])) == 1
    mine.free([])
    assert mine.take(ALL, 4) == []


def test_more_is_held_than_is_looked_at_at_once(library, queue_of):
    ids = waiting(library, 90)
    assert len(queue_of(ADA).take(ALL, 80)) == 80
    assert names(queue_of(BEN).take(ALL, 20)) == ids[80:]


def test_own_uploads_are_for_others_unless_one_is_an_admin(library, queue_of):
    mine = waiting(library, 1, uploaded_by="USR-123")
    theirs = waiting(library, 1)
    beth = Account("USR-123", "Beth", Role.COMMUNITY_ADMIN, can_moderate=True)
    with library.database.write() as tx:
        tx.execute(update(COMMUNITIES).where(COMMUNITIES.c.id == 1).values(user_id="USR-123"))
    assert queue_of(beth).counts(ALL).total == 1
    assert names(queue_of(beth).take(ALL, 5)) == theirs
    with pytest.raises(Forbidden) as refused:
        queue_of(beth).claim(mine[0])
    assert refused.value.code == "own_upload"
    root = Account("USR-123", "Beth", Role.ADMIN)
    assert names(queue_of(root).take(ALL, 5)) == mine


def test_a_community_admin_sees_what_is_of_the_community(library, queue_of):
    beth = Account("USR-123", "Beth", Role.COMMUNITY_ADMIN, can_moderate=True)
    with library.database.write() as tx:
        for table in (COMMUNITY_ADMIN_LINKS, COMMUNITY_ADMIN_PROFILES):
            tx.execute(delete(table))
        tx.execute(update(COMMUNITIES).values(user_id=None))
        tx.execute(update(COMMUNITIES).where(COMMUNITIES.c.id == 1).values(user_id="USR-123"))
        mine = select(COMMUNITIES.c.community_id).where(COMMUNITIES.c.id == 1).scalar_subquery()
        inside, outside = (
            tx.execute(select(AMENITIES.c.id).where(where)).scalars().first()
            for where in (AMENITIES.c.community_id == mine, AMENITIES.c.community_id != mine)
        )
    waiting(library, 1, entity_id=2)
    waiting(library, 1, entity_type="post", entity_id=1)
    waiting(library, 1, entity_type="amenity", entity_id=outside)
    seen = waiting(library, 1) + waiting(library, 1, entity_type="amenity", entity_id=inside)
    queue = queue_of(beth)
    assert names(queue.take(ALL, 9)) == seen
    assert queue.waiting_count() == len(seen)


def test_who_may_decide_on_nothing_has_no_queue(library, queue_of):
    waiting(library, 1)
    for account, said in (
        (Account("USR-123", "Beth", Role.COMMUNITY_ADMIN), "Only a moderator may"),
        (Account("USR-123", "Bob", Role.BUILDER, can_moderate=True), "Only a moderator may"),
        (Account("USR-123", "Gone", Role.ADMIN, active=False), "not active"),
    ):
        queue = queue_of(account)
        assert queue.waiting_count() == 0
        with pytest.raises(Forbidden, match=said):
            queue.take(ALL, 1)


def test_second_looks_are_for_somebody_else(library, queue_of):
    approved, rejected, answered = (
        waiting(library, 1, moderation_status=status)[0]
        for status in (ModerationStatus.APPROVED, ModerationStatus.REJECTED, PENDING)
    )
    second_look(library, approved, ADA.user_id)
    second_look(library, rejected, BEN.user_id, Look.APPEAL, asked="Why?", asked_by="USR-1")
    second_look(library, answered, BEN.user_id, answered_at=NOW, agreed=True)
    queue = queue_of(ADA)
    assert queue.counts(ALL).total == 2
    item = queue.take(ALL, 9)[1].item
    assert (item.look, item.asked, item.asked_by) == (Look.APPEAL, "Why?", "USR-1")
    assert (item.public_id, item.decided_by) == (rejected, BEN.user_id)
    assert abs(item.since - NOW) < timedelta(seconds=2)
    run_out(library)
    with pytest.raises(Forbidden) as refused:
        queue_of(Account("USR-1", "Uma", Role.ADMIN)).claim(rejected)
    assert refused.value.code == "own_appeal"
    ben = queue_of(BEN)
    assert names(ben.take(QueueFilter(parse("look:sample")), 9)) == [approved]
    assert ben.take(QueueFilter(parse("look:appeal")), 9) == []
    assert ben.counts(QueueFilter(parse("-look:sample"))).total == 1  # the first look
    assert ben.counts(QueueFilter(parse("look:sample status:pending"))).total == 0


def test_a_filter_narrows_the_queue(library, queue_of):
    old = waiting(library, 1, created_at=NOW - timedelta(days=3))
    new = waiting(library, 1, original_filename="pool.jpg")
    done = waiting(library, 1, moderation_status=ModerationStatus.REJECTED)
    scored(library, new[0], 0.9)
    for search, found in {
        "age:>2d": old,
        "age:<1d": new,
        "age:1h..4d": old + new,
        "score:>0.6": new,
        "-score:>0.6": old,
        "pool": new,
        "-status:approved,flagged,pending": done,
        "status:pending -status:pending": [],
        "uploader:me": [],
        "entity:post": [],
    }.items():
        wanted = QueueFilter(parse(search))
        queue = queue_of(ADA)
        assert (search, names(queue.take(wanted, 9))) == (search, found)
        assert (search, queue.counts(wanted).total) == (search, len(found))
        run_out(library)


def test_the_highest_score_first_and_none_last(library, queue_of):
    none, low, high = waiting(library, 3)
    scored(library, low, 0.1)
    scored(library, high, 0.8)
    found = queue_of(ADA).take(QueueFilter(by_score=True), 9)
    assert names(found) == [high, low, none]
    assert [each.item.score for each in found] == [0.8, 0.1, None]


def test_ages_are_counted_apart(library, queue_of):
    hours = (0.5, 2, 30, 100, 500, 501)
    for each in hours:
        waiting(library, 1, created_at=NOW - timedelta(hours=each))
    counts = queue_of(ADA).counts(ALL)
    assert [each.count for each in counts.buckets] == [1, 1, 1, 1, 2]
    assert counts.total == 6
    assert abs(counts.oldest - (NOW - timedelta(hours=501))) < timedelta(seconds=2)


def test_rows_that_are_broken_are_given_out_with_what_is_known(library, queue_of):
    ids = waiting(library, 4)
    with library.database.write() as tx:
        for public_id, values in zip(
            ids,
            (
                {"moderation_status": "PENDING", "entity_type": "event"},
                {"created_at": "0000-00-00 00:00:00", "updated_at": "soon"},
                {"media_type": "hologram", "metadata": "{", "file_size": "many"},
                {"moderation_status": "unheard_of"},
            ),
            strict=True,
        ):
            plain = ", ".join(f"{name} = :{name}" for name in values)
            tx.execute(
                text(f"UPDATE media SET {plain} WHERE public_id = :id"), values | {"id": public_id}
            )
    found = queue_of(ADA).take(ALL, 9)
    assert set(names(found)) == set(ids[:3])
    assert all(each.item.since is not None for each in found)
    assert queue_of(ADA).counts(ALL).total == 3


def test_one_is_claimed_by_name(library, queue_of):
    (one,) = waiting(library, 1, moderation_status=ModerationStatus.APPROVED)
    mine = queue_of(ADA).claim(one)
    again = queue_of(ADA).claim(one)  # at another window
    assert again.lease.token != mine.lease.token
    assert queue_of(ADA).renew([mine.lease, again.lease])[0].token == again.lease.token
    with pytest.raises(Conflict, match="is with") as refused:
        queue_of(BEN).claim(one)
    assert refused.value.code == "held"
    with pytest.raises(NotFound):
        queue_of(BEN).claim("MED-none")


def test_what_was_decided_meanwhile_is_let_go(library, queue_of, monkeypatch):
    decided, left = waiting(library, 2)
    queue = queue_of(ADA)
    turn = locks.turn

    def somebody_is_faster(tx, what):
        turn(tx, what)
        tx.execute(
            update(MEDIA).where(MEDIA.c.public_id == decided).values(moderation_status="approved")
        )

    monkeypatch.setattr(locks, "turn", somebody_is_faster)
    assert names(queue.take(ALL, 2)) == [left]
    with library.database.read() as tx:
        assert tx.execute(select(LEASES.c.public_id)).scalars().all() == [left]


def test_what_a_window_of_ones_own_holds_that_is_gone_can_be_taken_over(library, queue_of):
    ids = waiting(library, 5)
    queue = queue_of()
    until = queue.take(ALL, 3)[0].lease.until
    mine = names(queue_of(BEN).take(ALL, 1))
    other = queue_of()
    held = other.held(ALL, mine)
    assert (held.own, held.others) == (3, 0)
    assert abs(held.until - until) <= timedelta(seconds=1)
    assert other.held(ALL).others == 1
    kept = ids[0]
    other.take_over(ALL, [kept])
    assert set(names(other.take(ALL, 5))) == {*ids} - {kept, *mine}


def test_leases_that_were_over_long_ago_are_forgotten(library, queue_of):
    waiting(library, 2)
    (old, _) = names(queue_of().take(ALL, 2))
    with library.database.write() as tx:
        over = update(LEASES).where(LEASES.c.public_id == old)
        tx.execute(over.values(until=NOW - timedelta(days=2)))
    library.tidy()
    with library.database.read() as tx:
        left = tx.execute(select(LEASES.c.public_id)).scalars().all()
    assert len(left) == 1 and old not in left
