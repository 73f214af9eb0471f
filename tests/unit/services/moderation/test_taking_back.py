"""Decisions that are undone and done again: row, objects, records and second looks agree."""

import pytest

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.database.reviews import mark_undone
from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Conflict, Forbidden
from artitec_media_desktop.domain.moderation import Rule
from tests.rulings import ruled
from tests.unit.services.moderation.people import (
    ADA,
    BEN,
    Person,
    S,
    known_bad,
    looks,
    media,
    open_looks,
    records,
)
from tests.unit.services.relocations import expect_area
from tests.unit.services.rows import add


def told(library, public_id):
    return [
        (each.account, each.before, each.after, each.rule, each.undone_at is not None)
        for each in records(library, public_id)
    ]


def test_undone_and_done_again(library, ada, photo_id):
    rejection = ada.decide(photo_id, S.REJECTED, reason="unsafe", note="Blood")
    undoing = ada.undoing.undo(rejection.id)
    assert media(library, photo_id).is_open
    expect_area(library, photo_id, private=False)
    assert known_bad(library) == {}
    me = ADA.user_id
    assert told(library, photo_id) == [
        (me, S.APPROVED, S.REJECTED, None, True),
        (me, S.REJECTED, S.APPROVED, Rule.UNDO, False),
    ]
    again = ada.undoing.redo(undoing.id, ChangeKind.MODERATED)
    expect_area(library, photo_id, private=True)
    assert known_bad(library) == {photo_id: "unsafe"}
    first, taken_back, second = records(library, photo_id)
    assert (first.undone_at is None, taken_back.undone_at is None) == (False, False)
    assert (second.reason, second.note, second.rule) == ("unsafe", "Blood", None)
    assert (second.change_id, second.undone_at) == (again.id, None)
    ada.undoing.undo(again.id)
    assert media(library, photo_id).is_open


def test_a_batch_is_undone_after_a_restart(library, ada):
    some = add(library, 5, moderation_status=S.PENDING, is_approved=False)
    ada.decide(some[0], S.FLAGGED)
    ada.moderation.decide(some, ruled(S.REJECTED))
    again = Library.embedded(library.home)
    again.open()
    try:
        change = Person(again, ADA).undoing.undo()
    finally:
        again.close()
    assert set(change.public_ids) == set(some)
    statuses = [media(library, each).moderation_status for each in some]
    assert statuses == [S.FLAGGED, *[S.PENDING] * 4]
    assert {told(library, each)[-1][3] for each in some} == {Rule.UNDO}
    assert {each.change_id for one in some for each in records(library, one)[-1:]} == {change.id}


def test_what_somebody_decided_since_stays(library, ada, ben):
    a, b = add(library, 2, moderation_status=S.PENDING)
    change = ada.moderation.decide([a, b], ruled(S.FLAGGED))
    ben.decide(a, S.APPROVED)
    ben.decide(a, S.FLAGGED)
    undone = ada.undoing.undo(change.id)
    assert undone.public_ids == (b,)
    ((name, error),) = [(each.public_id, each.error) for each in undone.failed]
    assert (name, error.code) == (a, "overtaken")
    assert "USR-902" in error.message
    assert media(library, a).moderation_status is S.FLAGGED
    assert [each.undone_at for each in records(library, a)] == [None] * 3


def test_an_undoing_that_was_interrupted_goes_on(library, ada, monkeypatch):
    a, b = add(library, 2, moderation_status=S.PENDING)
    change = ada.moderation.decide([a, b], ruled(S.APPROVED))

    marked = []

    def crash(*arguments):
        marked.append(arguments)
        if len(marked) == 2:
            raise SystemExit
        return mark_undone(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr("artitec_media_desktop.database.reviews.mark_undone", crash)
        with pytest.raises(SystemExit):
            ada.undoing.undo(change.id)
    statuses = [S.PENDING, S.APPROVED]
    assert [media(library, each).moderation_status for each in (a, b)] == statuses
    ada.undoing.undo(change.id)
    assert {media(library, each).moderation_status for each in (a, b)} == {S.PENDING}
    assert told(library, a) == told(library, b)
    with pytest.raises(Conflict, match="undone already"):
        ada.undoing.undo(change.id)


def test_the_reason_of_before_is_known_again(library, ada, photo_id):
    ada.decide(photo_id, S.REJECTED, reason="advertising")
    approval = ada.decide(photo_id, S.APPROVED)
    assert known_bad(library) == {}
    ada.undoing.undo(approval.id)
    assert known_bad(library) == {photo_id: "advertising"}


def test_an_answer_is_undone_and_given_again(library, ada, ben):
    (item,) = add(library, 1, moderation_status=S.PENDING)
    ada.lots = 0.0
    approval = ada.decide(item, S.APPROVED)
    answer = ben.decide(item, S.APPROVED)
    with pytest.raises(Conflict):
        ada.undoing.undo(approval.id)
    with pytest.raises(Forbidden):
        Person(library, ben.account.__class__("USR-7", "Eve", ADA.role.BUYER)).undoing.undo(
            answer.id
        )
    undoing = ben.undoing.undo(answer.id)
    assert [each.answered_by for each in open_looks(library, item)] == [None]
    ben.undoing.redo(undoing.id, ChangeKind.MODERATED)
    (look,) = looks(library, item)
    assert (look.answered_by, look.agreed) == (BEN.user_id, True)


def test_with_the_decision_its_appeal_goes_and_comes(library, ada):
    (item,) = add(library, 1, moderation_status=S.PENDING)
    rejection = ada.decide(item, S.REJECTED)
    Person(library, ADA.__class__("USR-1", "Uma", ADA.role.BUYER)).moderation.appeal(item, "Why?")
    undoing = ada.undoing.undo(rejection.id)
    assert open_looks(library, item) == []
    ada.undoing.redo(undoing.id, ChangeKind.MODERATED)
    assert [each.asked for each in open_looks(library, item)] == ["Why?"]
