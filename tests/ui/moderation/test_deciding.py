from dataclasses import replace

import pytest

from artitec_media_desktop.domain.changes import ChangeKind, Failure
from artitec_media_desktop.domain.errors import Forbidden, Transient
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Look, Ruling
from artitec_media_desktop.domain.profiles import EMBEDDED, Profile
from artitec_media_desktop.ui.panels.moderation.deciding import Deciding

S = ModerationStatus
APPROVE, REJECT = Ruling(S.APPROVED), Ruling(S.REJECTED, "advertising")


@pytest.fixture
def deciding(app, review, qapp):
    made = Deciding(app)
    made.notices, made.count = [], 0
    made.noticed.connect(made.notices.append)
    made.session.noticed.connect(made.notices.append)
    made.counted.connect(lambda by: setattr(made, "count", made.count + by))
    made.session.start()
    return made


def front(deciding):
    return None if deciding.session.front is None else deciding.session.front.public_id


def decide(deciding, ruling, count=1):
    for _ in range(count):
        deciding.decide([deciding.session.front], ruling)


def test_the_next_is_in_front_before_the_library_has_answered(app, deciding, review):
    app.runner.held = True
    decide(deciding, APPROVE, 3)
    assert front(deciding) == "MED-4" and not review.decided()
    app.runner.release()
    assert {names for names, *_ in review.decided()} == {("MED-1",), ("MED-2",), ("MED-3",)}
    assert not {"MED-1", "MED-2", "MED-3"} & set(review.leases)


def test_each_is_sent_with_its_lease_and_what_was_seen(app, deciding, review):
    decide(deciding, REJECT)
    assert review.status("MED-1") is S.REJECTED
    assert review.decided() == [(("MED-1",), S.REJECTED, "advertising")]


@pytest.mark.parametrize(("name", "count"), [(EMBEDDED, 1), ("team", 2)])
def test_few_are_under_way_at_once(app, deciding, name, count):
    app.profile = Profile(name)
    app.runner.held = True
    before = len(app.runner.waiting)
    decide(deciding, APPROVE, 4)
    sent = len(app.runner.waiting) - before - deciding.session._taking
    assert (sent, deciding.steps.count) == (count, 4)


def test_decisions_on_one_media_are_sent_in_their_order(app, deciding, review):
    entry = deciding.session.front
    app.runner.held = True
    deciding.decide([entry], APPROVE)
    deciding.decide([entry], REJECT)
    app.runner.release()
    assert [status for _, status, _ in review.decided()] == [S.APPROVED, S.REJECTED]
    assert review.status("MED-1") is S.REJECTED


@pytest.mark.parametrize("status", [None, S.REJECTED])
def test_what_somebody_else_has_leaves_the_strip_and_says_who(deciding, review, status):
    review.lose("MED-1", status)
    entry = deciding.session.front
    decide(deciding, APPROVE)
    assert deciding.session.entries.row_of(entry) < 0
    (notice,) = deciding.notices
    assert notice.text == "“IMG_1.jpg” was not approved"
    assert notice.detail in ("Ada Admin decided meanwhile.", "You no longer hold it.")
    assert deciding.count == 0 and not deciding.may_undo
    assert review.status("MED-1") is (status or S.PENDING)


def test_what_one_may_not_decide_does_not_come_again(deciding, review):
    review.errors["decide"] = Forbidden("own_upload", "You uploaded this yourself.")
    decide(deciding, APPROVE)
    assert "MED-1" not in review.leases
    decide(deciding, APPROVE, 19)
    assert "MED-1" not in [each.public_id for each in deciding.session.entries]
    assert review.status("MED-1") is S.PENDING


def test_a_fault_of_the_network_is_waited_for(deciding, review):
    heard = []
    deciding.steps.stuck.connect(heard.append)
    review.errors["decide"] = Transient("gone", "The database does not answer.")
    decide(deciding, APPROVE)
    assert review.status("MED-1") is S.PENDING and deciding.steps.is_stuck
    assert front(deciding) == "MED-2" and not deciding.notices
    deciding.steps.go_on()
    assert review.status("MED-1") is S.APPROVED and not deciding.steps.is_stuck
    assert [error is None for error in heard] == [False, True]


# ---- taking back


def test_the_last_is_taken_back_first_and_comes_back_held(deciding, review):
    decide(deciding, APPROVE, 2)
    deciding.undo()
    assert front(deciding) == "MED-2" and review.status("MED-2") is S.PENDING
    assert "MED-2" in review.leases and deciding.session.front.is_open
    deciding.undo()
    assert front(deciding) == "MED-1" and review.status("MED-1") is S.PENDING
    assert deciding.count == 0 and not deciding.may_undo
    decide(deciding, REJECT)
    assert review.status("MED-1") is S.REJECTED


def test_what_was_taken_back_is_decided_so_again(app, deciding, review):
    decide(deciding, REJECT, 2)
    deciding.undo()
    deciding.undo()
    app.runner.held = True
    deciding.redo()  # the undoing is not through, or it is: both come in their order
    assert front(deciding) == "MED-2"
    deciding.redo()
    app.runner.release()
    assert review.status("MED-1") is review.status("MED-2") is S.REJECTED
    assert review.decided()[-1] == (("MED-2",), S.REJECTED, "advertising")
    assert deciding.count == 2 and not deciding.may_redo
    deciding.redo()
    assert deciding.notices[-1].text == "There is nothing to redo"


def test_what_is_taken_back_and_skipped_while_it_is_under_way_is_no_complaint(
    app, deciding, review
):
    app.runner.held = True
    decide(deciding, APPROVE)
    deciding.undo()
    deciding.session.skip([deciding.session.front])
    app.runner.release()
    assert not deciding.notices
    assert review.status("MED-1") is S.PENDING and "MED-1" not in review.leases


def test_another_decision_ends_what_may_be_done_again(deciding):
    decide(deciding, APPROVE, 2)
    deciding.undo()
    decide(deciding, REJECT)
    assert not deciding.may_redo


def test_what_was_done_and_only_left_old_copies_can_be_taken_back(deciding, review, monkeypatch):
    left = Transient("old_copy_left", "Old copies are still there.")
    done = review.decide

    def decide_but(names, *said, **more):
        return replace(done(names, *said, **more), failed=(Failure(names[0], left),))

    monkeypatch.setattr(review, "decide", decide_but)
    decide(deciding, APPROVE)
    assert deciding.notices[-1].text == "Done, but" and deciding.may_undo
    undone = review.undo

    def undo_but(number, work=None):
        undone(number, work)
        raise left

    monkeypatch.setattr(review, "undo", undo_but)
    deciding.undo()
    assert review.status("MED-1") is S.PENDING and deciding.session.front.is_open


def test_what_was_not_sent_yet_is_just_forgotten(app, deciding, review):
    app.runner.held = True
    decide(deciding, APPROVE, 3)
    deciding.undo()
    assert front(deciding) == "MED-3"
    app.runner.release()
    assert review.status("MED-3") is S.PENDING and not review.count_of("undo")
    assert "MED-3" in review.leases


def test_what_is_under_way_is_taken_back_when_it_is_done(app, deciding, review):
    app.runner.held = True
    decide(deciding, APPROVE)
    deciding.undo()
    assert front(deciding) == "MED-1" and deciding.session.front.ruling is None
    decide(deciding, REJECT)  # at once, before any answer
    app.runner.release()
    assert review.status("MED-1") is S.REJECTED
    assert [call[0] for call in review.calls if call[0] in ("decide", "undo", "claim")] == [
        "decide",
        "undo",
        "claim",
        "decide",
    ]


def test_many_at_once_are_one_decision(deciding, review):
    entries = deciding.session.open_entries[:5]
    deciding.decide(entries, APPROVE)
    assert len(review.changes) == 1 and front(deciding) == "MED-6"
    deciding.undo()
    assert front(deciding) == "MED-1" and len(review.waiting) == 20
    assert {each.public_id for each in entries} <= set(review.leases)


def test_of_many_what_somebody_else_has_is_told_and_the_rest_is_done(deciding, review):
    review.lose("MED-2")
    deciding.decide(deciding.session.open_entries[:3], APPROVE)
    assert [review.status(f"MED-{each}") for each in (1, 2, 3)] == [
        S.APPROVED,
        S.PENDING,
        S.APPROVED,
    ]
    assert len(deciding.notices) == 1 and deciding.count == 2


def test_a_decision_of_before_can_be_another_one(deciding, review):
    entry = deciding.session.front
    decide(deciding, APPROVE)
    deciding.decide([entry], REJECT)
    assert review.status("MED-1") is S.REJECTED and entry.status is S.REJECTED
    deciding.undo()
    assert review.status("MED-1") is S.APPROVED and entry.status is S.APPROVED
    assert not entry.is_held and "MED-1" not in review.leases
    deciding.decide([entry], APPROVE)
    assert deciding.notices[-1].text == "This is approved already"


def test_what_is_undone_elsewhere_waits_again(app, deciding, review):
    decide(deciding, APPROVE)
    undone = review.undo(1)
    app.changes.happened.emit(replace(undone, kind=ChangeKind.UNDONE))
    assert not deciding.may_undo and deciding.count == 0
    assert deciding.session.entries.find("MED-1") is None
    decide(deciding, APPROVE, 5)
    assert deciding.session.entries.find("MED-1").is_open


def test_an_undoing_that_is_refused_leaves_the_decision(deciding, review):
    decide(deciding, APPROVE)
    entry = deciding.session.entries.find("MED-1")
    review.errors["undo"] = Forbidden("not_allowed", "Only an admin may.")
    deciding.undo()
    assert entry.status is S.APPROVED and front(deciding) == "MED-2"
    assert deciding.notices[-1].detail == "Only an admin may." and deciding.count == 1


def test_the_window_waits_until_all_is_sent_and_given_back(app, deciding, review):
    app.runner.held = True
    decide(deciding, APPROVE, 3)
    (is_through,) = app.finishing
    assert not is_through()
    app.runner.release()
    assert is_through() and not review.leases and len(review.waiting) == 17


def test_a_refusal_of_what_was_taken_back_already_counts_once(app, deciding, review):
    review.lose("MED-1", S.APPROVED)
    app.runner.held = True
    decide(deciding, REJECT)
    deciding.undo()
    app.runner.release()
    assert deciding.count == 0 and review.status("MED-1") is S.APPROVED
    assert front(deciding) == "MED-2"


def test_what_is_taken_back_after_one_has_left_is_given_back(app, deciding, review):
    decide(deciding, APPROVE)
    app.runner.held = True
    deciding.undo()
    deciding.session.leave()
    app.runner.release()
    assert review.status("MED-1") is S.PENDING and not review.leases


def test_the_same_status_again_is_a_decision_only_in_a_second_look(deciding, review):
    entry = deciding.session.front
    flagged = replace(entry.item.media, moderation_status=S.FLAGGED)
    entry.claimed = replace(entry.claimed, item=replace(entry.item, media=flagged))
    review.set_status("MED-1", S.FLAGGED)
    deciding.decide([entry], Ruling(S.FLAGGED, "unsafe"))
    assert not review.decided() and deciding.notices[-1].text == "This is flagged already"
    entry.claimed = replace(entry.claimed, item=replace(entry.item, look=Look.APPEAL))
    deciding.decide([entry], Ruling(S.FLAGGED, "unsafe"))
    assert len(review.decided()) == 1


def test_what_one_flags_does_not_come_again_to_oneself(deciding, review):
    decide(deciding, Ruling(S.FLAGGED, "unsafe"), 3)
    decide(deciding, APPROVE, 17)
    assert front(deciding) is None and len(review.changes) == 20
    deciding.undo()
    assert front(deciding) == "MED-20"
