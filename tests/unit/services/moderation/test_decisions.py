"""What is decided is on record, with who and why; nobody decides over another's head."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database.review_tables import LEASES, REVIEWS
from artitec_media_desktop.domain.errors import Conflict, Forbidden, NotFound, Permanent
from artitec_media_desktop.domain.moderation import Look, Ruling
from artitec_media_desktop.domain.permissions import Account, Role
from tests.rulings import ruled
from tests.unit.services.moderation.people import (
    ADA,
    BEN,
    DANA,
    Person,
    S,
    known_bad,
    media,
    records,
)
from tests.unit.services.rows import add


def test_a_decision_is_on_record(library, ada, item):
    change = ada.decide(item, S.REJECTED, reason="no_consent", note="A child")
    (record,) = records(library, item)
    assert (record.account, record.before, record.after) == (ADA.user_id, S.PENDING, S.REJECTED)
    assert (record.reason, record.note, record.rule) == ("no_consent", "A child", None)
    assert (record.entity_type, record.media_type) == ("community", "IMAGE")
    assert (record.change_id, record.at, record.look) == (change.id, change.at, Look.FIRST)
    assert (record.uploaded_by, record.undone_at) == ("USR-1", None)
    assert 3600 <= record.waited <= 3660
    assert media(library, item).is_approved is False
    ada.decide(item, S.APPROVED)
    assert media(library, item).is_approved is True


def test_what_was_flagged_waits_since_then(library, ada, ben, item):
    ada.decide(item, S.FLAGGED)
    with library.database.write() as tx:
        tx.execute(update(REVIEWS).values(at=datetime.now(UTC) - timedelta(minutes=10)))
    ben.decide(item, S.APPROVED)
    ada.decide(item, S.REJECTED)
    _, approval, rejection = records(library, item)
    assert 590 <= approval.waited <= 660
    assert rejection.waited is None, "it did not wait"


@pytest.mark.parametrize(
    ("ruling", "said"),
    [
        (Ruling(S.REJECTED), "takes a reason"),
        (Ruling(S.FLAGGED, "nonsense"), "no reason of this library"),
        (Ruling(S.REJECTED, "other", " "), "needs a note"),
    ],
)
def test_a_ruling_without_its_reason_decides_nothing(library, ada, item, ruling, said):
    with pytest.raises(Permanent, match=said):
        ada.moderation.decide([item], ruling)
    assert records(library, item) == []


def test_the_same_again_is_no_decision(library, ada, item):
    with pytest.raises(Forbidden, match="is pending already"):
        ada.decide(item, S.PENDING)
    assert records(library, item) == []


def test_who_was_faster_is_named_with_the_time(library, ada, ben, item):
    local = ben.decide(item, S.REJECTED).at.astimezone()
    with pytest.raises(Conflict) as caught:
        ada.decide(item, S.APPROVED, seen=S.PENDING)
    assert caught.value.code == "overtaken"
    assert f"was set to rejected by USR-902 at {local:%H:%M}" in caught.value.message
    assert [each.account for each in records(library, item)] == [BEN.user_id]


def test_each_of_a_batch_by_itself(library, ada, ben):
    some = add(library, 3, moderation_status=S.PENDING)
    ben.decide(some[1], S.APPROVED)
    change = ada.moderation.decide(some, ruled(S.REJECTED), dict.fromkeys(some, S.PENDING))
    assert change.public_ids == (some[0], some[2])
    assert [(each.public_id, each.error.code) for each in change.failed] == [(some[1], "overtaken")]
    assert [records(library, each)[-1].change_id == change.id for each in some] == [
        True, False, True,
    ]  # fmt: skip


def test_with_a_lease_it_is_decided_and_free(library, ada, ben, item):
    lease = ada.queue.claim(item).lease
    with pytest.raises(Conflict, match="with USR-901 until") as caught:
        ben.decide(item, S.APPROVED)
    assert caught.value.code == "held"
    ada.decide(item, S.APPROVED, seen=S.PENDING, lease=lease)
    with pytest.raises(Conflict) as caught:
        ada.decide(item, S.REJECTED, lease=lease)
    assert caught.value.code == "lease_lost"
    ben.decide(item, S.REJECTED)
    assert [each.after for each in records(library, item)] == [S.APPROVED, S.REJECTED]


def test_a_lease_whose_time_is_over_decides_nothing(library, ada, ben, item):
    old = ada.queue.claim(item).lease
    with library.database.write() as tx:
        tx.execute(update(LEASES).values(until=datetime.now(UTC) - timedelta(minutes=1)))
    with pytest.raises(Conflict, match="time ran out"):
        ada.decide(item, S.APPROVED, lease=old)
    new = ben.queue.claim(item).lease
    with pytest.raises(Conflict, match="USR-902 holds it until"):
        ada.decide(item, S.APPROVED, lease=old)
    assert records(library, item) == []
    ben.decide(item, S.APPROVED, lease=new)


def test_nobody_but_an_admin_decides_on_an_own_upload(library, ada):
    dana = Person(library, DANA)
    mine, theirs = (
        *add(library, 1, moderation_status=S.PENDING, uploaded_by=DANA.user_id),
        *add(library, 1, moderation_status=S.PENDING, public_id="MED-2-BBBBBB"),
    )
    with pytest.raises(Forbidden) as caught:
        dana.decide(mine, S.APPROVED)
    assert caught.value.code == "own_upload"
    decision = dana.moderation.decide_rights(media(library, mine))
    assert (decision.allowed, decision.reason) == (False, caught.value.message)
    assert dana.moderation.decide_rights(media(library, theirs))
    dana.decide(theirs, S.APPROVED)
    Person(library, Account(DANA.user_id, "Dana", Role.ADMIN)).decide(mine, S.APPROVED)


def test_who_may_not_decides_nothing(library, item):
    uploader = Person(library, Account("USR-1", "Uma", Role.BUYER))
    with pytest.raises(Forbidden) as caught:
        uploader.decide(item, S.APPROVED)
    assert caught.value.code == "not_allowed"
    assert not uploader.moderation.decide_rights(media(library, item))
    with pytest.raises(NotFound):
        Person(library, ADA).decide("MED-1-NOBODY", S.APPROVED)


def test_what_is_rejected_is_known_until_it_is_not(library, ada, photo_id):
    ada.decide(photo_id, S.REJECTED, reason="advertising")
    assert known_bad(library) == {photo_id: "advertising"}
    ada.decide(photo_id, S.FLAGGED)
    assert known_bad(library) == {}


@pytest.mark.parametrize(("status", "most"), [(S.APPROVED, 17), (S.REJECTED, 19)])
def test_a_decision_costs_few_round_trips(library, ada, item, status, most):
    asked = []
    lease = ada.queue.claim(item).lease
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(library.database.engine, "before_cursor_execute", listen)
    ada.decide(item, status, seen=S.PENDING, lease=lease)
    event.remove(library.database.engine, "before_cursor_execute", listen)
    print(f"{status}: {len(asked)}", *(" ".join(e.split())[:110] for e in asked), sep="\n  ")
    assert len(asked) <= most


def test_the_record_and_the_status_are_one(library, ada, item, monkeypatch):
    """Where the record can't be written, nothing is decided."""

    def fail(*_args):
        raise Permanent("full", "No room.")

    monkeypatch.setattr("artitec_media_desktop.database.reviews.add", fail)
    with pytest.raises(Permanent, match="No room"):
        ada.decide(item, S.APPROVED)
    assert media(library, item).moderation_status is S.PENDING
    with library.database.read() as tx:
        assert rows.by_public_id(tx, item).is_approved is False
