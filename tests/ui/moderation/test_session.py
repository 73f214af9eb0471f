import pytest

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.review_queue import Held, QueueFilter
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.ui.panels.moderation.session import AHEAD, Session
from tests.ui.moderation.conftest import NOW
from tests.ui.moderation.facts import facts

S = ModerationStatus


@pytest.fixture
def session(app, review, qapp):
    made = Session(app, lambda _: False)
    made.notices = []
    made.noticed.connect(made.notices.append)
    made.start()
    return made


def names(session):
    return [each.public_id for each in session.entries]


def front(session):
    return None if session.front is None else session.front.public_id


def test_some_are_held_ahead_and_the_oldest_is_in_front(session, review):
    assert names(session) == [f"MED-{number}" for number in range(1, AHEAD + 1)]
    assert front(session) == "MED-1" and set(review.leases) == set(names(session))


def test_skipping_gives_it_back_and_takes_another(session, review):
    session.skip([session.front])
    assert front(session) == "MED-2" and "MED-1" not in review.leases
    assert "MED-1" not in names(session)


def test_what_was_skipped_comes_again_only_when_nothing_else_is_left(session):
    for number in range(1, 21):
        assert front(session) == f"MED-{number}"
        session.skip([session.front])
    assert front(session) == "MED-1"
    assert [each.text for each in session.notices] == ["What you skipped is left"]


def test_leaving_gives_all_back(session, review):
    session.leave()
    assert not review.leases and not names(session) and front(session) is None


def test_what_comes_after_one_has_left_is_given_back(app, review):
    app.runner.held = True
    session = Session(app, lambda _: False)
    session.start()
    session.leave()
    assert not session.is_given_back
    app.runner.release()
    assert not review.leases and not names(session) and session.is_given_back


def test_another_filter_gives_back_and_begins_anew(session, review):
    review.set_status("MED-20", S.REJECTED)
    session.set_filter(QueueFilter(parse("status:rejected")))
    assert names(session) == ["MED-20"] == list(review.leases)
    assert session.is_at_end


def test_leases_are_renewed_each_third_of_their_time(app, review, qapp):
    app.policy.policy = Policy(lease_minutes=6)
    session = Session(app, lambda _: False)
    session.start()
    assert session._renewal.interval() == 2 * 60_000
    until = session.front.claimed.lease.until
    session._renewal.timeout.emit()
    assert session.front.claimed.lease.until > until and len(names(session)) == AHEAD


def test_what_is_lost_leaves_the_strip_and_is_told(session, review):
    review.lose("MED-1")
    review.lose("MED-3")
    session._renewal.timeout.emit()
    assert front(session) == "MED-2" and "MED-3" not in names(session)
    (notice,) = session.notices
    assert notice.text == "2 items are no longer held for you"
    assert "“IMG_1.jpg”, “IMG_3.jpg”" in notice.detail


def test_a_queue_that_can_t_be_read_says_so_and_is_tried_again(app, review):
    review.errors["take"] = Transient("gone", "The database does not answer.")
    session = Session(app, lambda _: False)
    session.start()
    assert session.error.code == "gone" and front(session) is None
    session.start()
    assert session.error is None and front(session) == "MED-1"


def test_arrows_go_along_the_strip(session):
    session.step(1)
    session.step(1)
    assert front(session) == "MED-3"
    session.step(-1)
    assert front(session) == "MED-2"
    session.step(-1)
    session.step(-1)
    assert front(session) == "MED-1"


def test_what_another_window_of_ones_own_holds_can_be_taken_over(app, review, qapp):
    review.taken_by_others = set(review.items)
    review.elsewhere = Held(12, 8, NOW)
    session = Session(app, lambda _: False)
    session.start()
    assert session.front is None and session.held.own == 12
    session.take_over()
    assert front(session) == "MED-1" and session.held == Held()


def test_what_is_suspected_meanwhile_is_known_before_it_is_in_front(session):
    session.learn({f"MED-{number}": facts(number, score=0.9) for number in (1, 2)})
    assert [each.item.score for each in session.entries][:3] == [None, 0.9, None]
