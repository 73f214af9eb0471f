"""A second look is somebody else's: of approvals drawn by lot, and of what an uploader asks."""

import pytest

from artitec_media_desktop.domain.errors import Conflict, Forbidden, Permanent
from artitec_media_desktop.domain.moderation import Look
from artitec_media_desktop.domain.permissions import Account, Role
from tests.unit.services.moderation.people import (
    ADA,
    BEN,
    DANA,
    Person,
    S,
    looks,
    media,
    open_looks,
    records,
)
from tests.unit.services.rows import add

UMA = Account("USR-1", "Uma Uploader", Role.BUYER)


@pytest.fixture
def uma(library):
    return Person(library, UMA)


@pytest.fixture
def drawn(library, ada, item):
    """Approved by Ada, and drawn for a second look."""
    ada.lots = 0.0
    ada.decide(item, S.APPROVED)
    ada.lots = 1.0
    return item


def test_a_share_of_approvals_is_drawn(library, ada):
    ids = add(library, 4, moderation_status=S.PENDING)
    for lot, each in zip((0.0, 0.49, 0.5, 0.9), ids, strict=True):
        ada.lots = lot
        change = ada.decide(each, S.APPROVED)
        found = [(e.look, e.decided_by, e.change_id) for e in open_looks(library, each)]
        assert found == ([(Look.SAMPLE, ADA.user_id, change.id)] if lot < 0.5 else [])
    ada.lots = 0.0
    ada.decide(ids[3], S.REJECTED)
    assert looks(library, ids[3]) == [], "only approvals are"


@pytest.mark.parametrize(("status", "agreed"), [(S.APPROVED, True), (S.REJECTED, False)])
def test_somebody_else_answers(library, ada, ben, drawn, status, agreed):
    with pytest.raises(Forbidden) as caught:
        ada.decide(drawn, S.APPROVED)
    assert caught.value.code == "own_decision"
    ben.lots = 0.0
    ben.decide(drawn, status, seen=S.APPROVED)
    (look,) = looks(library, drawn)
    assert (look.answered_by, look.agreed, look.is_open) == (BEN.user_id, agreed, False)
    record = records(library, drawn)[-1]
    assert (record.before, record.after, record.look) == (S.APPROVED, status, Look.SAMPLE)
    assert record.waited is not None
    assert media(library, drawn).moderation_status is status


def test_one_may_change_ones_own_mind_before_anybody_looked(library, ada, drawn):
    change = ada.decide(drawn, S.REJECTED)
    (look,) = looks(library, drawn)
    assert (look.is_open, look.answered_by, look.agreed) == (False, None, None)
    assert records(library, drawn)[-1].look is Look.FIRST
    ada.undoing.undo(change.id)
    assert [each.id for each in open_looks(library, drawn)] == [look.id]


def test_an_appeal_goes_to_somebody_else(library, ada, ben, uma, item):
    rejection = ada.decide(item, S.REJECTED)
    uma.moderation.appeal(item, "It is my own garden.")
    (look,) = open_looks(library, item)
    assert (look.look, look.decided_by, look.change_id) == (
        Look.APPEAL, ADA.user_id, rejection.id,
    )  # fmt: skip
    assert (look.asked_by, look.asked) == (UMA.user_id, "It is my own garden.")
    assert media(library, item).moderation_status is S.REJECTED, "the status stays"
    with pytest.raises(Conflict) as caught:
        uma.moderation.appeal(item, "Once more.")
    assert caught.value.code == "appealed_already"
    for status in (S.APPROVED, S.REJECTED, S.FLAGGED):
        with pytest.raises(Forbidden) as refused:
            ada.decide(item, status)
        assert refused.value.code == "own_decision"
    ben.decide(item, S.REJECTED)
    assert [(each.look, each.waited is not None) for each in records(library, item)][-1] == (
        Look.APPEAL, True,
    )  # fmt: skip
    assert looks(library, item)[0].agreed is True
    with pytest.raises(Conflict):
        uma.moderation.appeal(item, "And again.")
    ben.decide(item, S.PENDING)
    ada.decide(item, S.REJECTED)
    uma.moderation.appeal(item, "This is another decision.")


def test_who_may_ask_for_another_look(library, ada, ben, uma, item):
    dana = Person(library, DANA)
    with pytest.raises(Forbidden) as early:
        uma.moderation.appeal(item, "I am impatient.")
    assert early.value.code == "not_rejected"
    ada.decide(item, S.REJECTED)
    stranger = Person(library, Account("USR-7", "Sam", Role.BUYER))
    for words in ("", "x" * 2001):
        with pytest.raises(Permanent, match="Say why"):
            uma.moderation.appeal(item, words)
    for other in (stranger, Person(library, Account("USR-1", "Uma", Role.BUYER, active=False))):
        with pytest.raises(Forbidden):
            other.moderation.appeal(item, "Please.")
    dana.moderation.appeal(item, "It is our community.")
    with pytest.raises(Forbidden) as own:
        dana.decide(item, S.APPROVED)
    assert own.value.code == "own_appeal"
    ben.decide(item, S.APPROVED)


def test_what_was_rejected_on_the_platform_anybody_may_look_at(library, ada, uma):
    (item,) = add(library, 1, moderation_status=S.REJECTED)
    uma.moderation.appeal(item, "Nobody told me why.")
    ada.decide(item, S.APPROVED)
    assert looks(library, item)[0].agreed is False
