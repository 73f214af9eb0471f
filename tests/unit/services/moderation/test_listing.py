"""The queue, looked up without holding any of it."""

from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.database import queue_page
from artitec_media_desktop.domain.errors import Forbidden
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Look, Policy
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.domain.search import parse
from tests.unit.services.moderation.people import ADA, BEN, DANA, Person
from tests.unit.services.rows import add

ALL = QueueFilter()
S = ModerationStatus


def names(listed):
    return [each.item.public_id for each in listed]


@pytest.fixture
def three(library):
    """Two of a community and one of a post, the last one waits longest."""
    now = datetime.now(UTC)
    made = [f"MED-1-{number:06d}" for number in range(3)]
    for number, name in enumerate(made):
        place = {"entity_type": "post"} if number == 2 else {}
        add(library, 1, public_id=name, moderation_status=S.PENDING, uploaded_by="USR-124",
            created_at=now - timedelta(hours=number, minutes=5), **place)  # fmt: skip
    return made


def test_the_first_ones_and_who_holds_which(library, three, monkeypatch):
    monkeypatch.setattr(queue_page, "_AT_ONCE", 2)
    (claimed,) = Person(library, ADA).queue.take(ALL, 1)
    found = Person(library, BEN).queue.listed(ALL, 10)
    assert names(found) == three[::-1]
    assert [each.held_by for each in found] == [ADA.user_id, None, None]
    assert (found[0].held_until, found[0].holder) == (claimed.lease.until, ADA.user_id)
    assert names(Person(library, BEN).queue.listed(ALL, 2)) == three[:0:-1]
    old = QueueFilter(parse("age:>2h"))
    assert names(Person(library, BEN).queue.listed(old, 9)) == [three[2]]
    assert len(Person(library, BEN).queue.take(ALL, 9)) == 2, "looking it up held something"


def test_what_nobody_holds_any_more(library, three):
    policy = Policy(lease_minutes=-1)
    Person(library, ADA, policy).queue.take(ALL, 3)
    assert [each.held_by for each in Person(library, BEN).queue.listed(ALL, 3)] == [None] * 3


def test_only_what_one_may_decide_on(library, three):
    assert names(Person(library, DANA).queue.listed(ALL, 9)) == [three[1], three[0]]
    priya = Account("USR-124", "Priya", Role.BUILDER)
    with pytest.raises(Forbidden, match="Only a moderator may do this") as caught:
        Person(library, priya).queue.listed(ALL, 9)
    assert caught.value.code == "not_allowed"


def test_a_second_look_is_somebody_elses(library, three):
    ada = Person(library, ADA)
    ada.lots = 0.0
    ada.decide(three[0], S.APPROVED)
    samples = QueueFilter(parse("look:sample"))
    assert names(Person(library, ADA).queue.listed(samples, 9)) == []
    (found,) = Person(library, BEN).queue.listed(samples, 9)
    assert (found.item.look, found.item.decided_by) == (Look.SAMPLE, ADA.user_id)
