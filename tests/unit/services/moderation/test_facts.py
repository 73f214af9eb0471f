"""What a person is told of an item that is decided on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from artitec_media_desktop.database import fingerprints, known_bad, reviews
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database.review_tables import SCORES
from artitec_media_desktop.domain.errors import Forbidden, NotFound
from artitec_media_desktop.domain.hashes import Fingerprint, to_hex
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import KnownBad, Record, Rule
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_facts import Rejection

from ..rows import add

NOW = datetime.now(UTC).replace(microsecond=0)
APPROVED, REJECTED = ModerationStatus.APPROVED, ModerationStatus.REJECTED
PENDING, FLAGGED = ModerationStatus.PENDING, ModerationStatus.FLAGGED
DANA = Account("USR-123", "Dana Reyes", Role.COMMUNITY_ADMIN, can_moderate=True)


@pytest.fixture
def media(library):
    """Add a row with hashes: ``media(look=7)``; returns it."""
    count = 0

    def make(look=None, **values):
        nonlocal count
        count += 1
        values = {"uploaded_by": "USR-124", "moderation_status": PENDING} | values
        (public_id,) = add(library, 1, public_id=f"MED-{count}", **values)
        with library.database.write() as tx:
            one = rows.by_public_id(tx, public_id)
            if look is not None:
                hashes = Fingerprint(f"{count:064d}", None, to_hex(look))
                fingerprints.add(tx, one.id, hashes, NOW)
        return one

    return make


@pytest.fixture
def record(library):
    """Put a decision on record, as many days ago."""

    def make(media, after, days=1, **values):
        made = Record(
            0, media.public_id, NOW - timedelta(days=days), "USR-100", PENDING, after,
            media.entity_type, media.media_type.value, uploaded_by=media.uploaded_by,
        )  # fmt: skip
        with library.database.write() as tx:
            reviews.add(tx, replace(made, **values))

    return make


def test_an_item_says_where_it_is_whose_it_is_and_what_was_taken_out(library, media):
    one = media(metadata={"location_removed": ["exif"]})
    with library.database.write() as tx:
        tx.execute(insert(SCORES).values(media_id=one.id, model="m", score=0.02, at=NOW))
    facts = library.review_facts.of(one.public_id)
    assert (facts.media, facts.entity_name, facts.entity_ref.id) == (one, "Willow Creek", 1)
    assert (facts.uploader_name, facts.uploader_role) == ("Priya Shah", Role.BUILDER)
    assert (facts.score, facts.gps_removed) == (0.02, True)
    assert (facts.history, facts.similar, facts.known_bad, facts.uploader_days) == (
        (),
        (),
        None,
        {},
    )
    nothing_there = media(metadata={"location_removed": []}, uploaded_by="USR-9")
    facts = library.review_facts.of(nothing_there.public_id)
    assert (facts.gps_removed, facts.uploader_name, facts.uploader_role) == (False, None, None)
    elsewhere = media(entity_type="event", entity_id=7)
    facts = library.review_facts.of(elsewhere.public_id)
    assert (facts.gps_removed, facts.entity_ref, facts.entity_name) == (None, None, "event 7")


def test_similar_are_those_that_wait_no_more_nearest_first(library, media, record):
    asked = media(look=0)
    far = media(look=0b111111, moderation_status=APPROVED)
    near = media(look=0b11111, moderation_status=APPROVED)
    same = media(look=0, moderation_status=REJECTED)
    media(look=1)  # waits itself
    record(same, APPROVED, days=3)
    record(same, REJECTED, reason="unsafe", account="USR-123")
    record(same, FLAGGED, undone_at=NOW)
    facts = library.review_facts.of(asked.public_id)
    found = [(each.media.public_id, each.status, each.distance) for each in facts.similar]
    assert found == [(same.public_id, REJECTED, 0), (near.public_id, APPROVED, 5)]
    assert far.public_id not in {each.media.public_id for each in facts.similar}
    assert [each.decided and each.decided.reason for each in facts.similar] == ["unsafe", None]
    assert facts.names == {"USR-123": "Dana Reyes"}


def test_what_was_rejected_is_shown_from_the_trash_and_known_when_it_is_gone(library, media):
    asked, bad = media(look=0), media(look=1, moderation_status=REJECTED)
    with library.database.write() as tx:
        known_bad.keep(tx, bad, "unsafe", NOW)
    library.trash.delete([bad.public_id])
    facts = library.review_facts.of(asked.public_id)
    assert [(each.status, each.in_trash) for each in facts.similar] == [(REJECTED, True)]
    assert facts.known_bad == KnownBad(bad.public_id, 1, "unsafe")
    library.purging.purge(public_ids=[bad.public_id])
    facts = library.review_facts.of(asked.public_id)
    assert (facts.similar, facts.known_bad) == ((), KnownBad(bad.public_id, 1, "unsafe"))


def test_a_rejected_item_is_not_like_itself(library, media):
    one = media(look=7, moderation_status=REJECTED)
    with library.database.write() as tx:
        known_bad.keep(tx, one, "unsafe", NOW)
    facts = library.review_facts.of(one.public_id)
    assert (facts.similar, facts.known_bad) == ((), None)


def test_the_history_has_all_records_and_what_the_door_flagged_it_for(library, media, record):
    one = media()
    door = {"account": "", "rule": Rule.KNOWN_BAD, "alike_to": "MED-77", "distance": 2}
    record(one, FLAGGED, days=200, before=None, reason="unsafe", **door)
    record(one, REJECTED, days=100, undone_at=NOW)
    facts = library.review_facts.of(one.public_id)
    assert [(each.after, each.undone_at is None) for each in facts.history] == [
        (FLAGGED, True), (REJECTED, False),
    ]  # fmt: skip
    assert facts.known_bad == KnownBad("MED-77", 2, "unsafe")


def test_ninety_days_count_each_media_by_its_last_decision_that_stands(library, media, record):
    asked, *others = (media() for _ in range(5))
    record(others[0], FLAGGED, days=9)
    record(others[0], APPROVED, days=8)  # counts once
    record(others[1], REJECTED, days=7, reason="advertising")
    record(others[1], REJECTED, days=5, reason="unsafe", undone_at=NOW)
    record(others[2], REJECTED, days=91, reason="off_topic")
    record(others[3], FLAGGED, rule=Rule.KNOWN_BAD)  # nobody decided
    record(media(uploaded_by="USR-125"), REJECTED)
    gone = replace(asked, public_id="MED-GONE")
    record(gone, APPROVED, days=6)
    facts = library.review_facts.of(asked.public_id)
    assert facts.uploader_days == {APPROVED: 2, REJECTED: 1}
    assert facts.last_rejection == Rejection(NOW - timedelta(days=7), "advertising")


def test_many_are_read_in_as_many_queries_as_one(library, media, record):
    there = [media(look=n, moderation_status=PENDING if n % 2 else REJECTED) for n in range(8)]
    for each in there:
        record(each, each.moderation_status)
    ids = [each.public_id for each in there]
    counts = []
    event.listen(library.database.engine, "before_cursor_execute", lambda *_: counts.append(1))
    one = library.review_facts.many(ids[:1])
    alone = len(counts)
    found = library.review_facts.many([*ids[:7], "MED-NONE"])
    assert len(counts) - alone <= alone
    assert found.keys() == set(ids[:7])
    assert found[ids[0]] == one[ids[0]] == library.review_facts.of(ids[0])


def test_only_who_may_decide_is_told(library, media):
    here, elsewhere = media(), media(entity_type="post", entity_id=2)
    library.account = DANA
    ids = [here.public_id, elsewhere.public_id]
    assert library.review_facts.many(ids).keys() == {here.public_id}
    with pytest.raises(Forbidden):
        library.review_facts.of(elsewhere.public_id)
    with pytest.raises(NotFound):
        library.review_facts.of("MED-NONE")
