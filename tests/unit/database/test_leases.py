from datetime import timedelta

import pytest
from sqlalchemy import select, update

from artitec_media_desktop.database import leases
from artitec_media_desktop.database.review_tables import LEASES
from artitec_media_desktop.domain.errors import Conflict

TEN = timedelta(minutes=10)
ADA, BEN = "USR-100", "USR-101"


def take(library, *public_ids, account=ADA):
    with library.write() as tx:
        return leases.take(tx, public_ids, account, leases.clock(tx), TEN)


def run_out(library):
    """As if eleven minutes had passed."""
    with library.write() as tx:
        for row in tx.execute(select(LEASES)).all():
            over = row.until - timedelta(minutes=11)
            tx.execute(update(LEASES).where(LEASES.c.public_id == row.public_id).values(until=over))


def check(library, lease, account=ADA, public_id="MED-1"):
    with library.write() as tx:
        leases.check(tx, public_id, lease, account, "a.jpg")


def test_an_item_is_leased_once(library):
    (first,) = take(library, "MED-1")
    second = take(library, "MED-1", "MED-2", account=BEN)
    assert [each.public_id for each in second] == ["MED-2"]
    assert first.account == ADA
    with library.read() as tx:
        assert timedelta(minutes=9) < first.until - leases.clock(tx) <= TEN


def test_who_holds_it_may_decide_and_nobody_else(library):
    (mine,) = take(library, "MED-1")
    check(library, mine)
    check(library, None)  # at another window of the same person
    with pytest.raises(Conflict, match=r"“a\.jpg” is with .+ until \d\d:\d\d") as refused:
        check(library, None, BEN)
    assert refused.value.code == "held"
    check(library, None, BEN, "MED-2")


def test_a_lease_that_is_over_is_anybodys_and_can_not_be_renewed(library):
    (mine,) = take(library, "MED-1")
    run_out(library)
    with pytest.raises(Conflict, match="its time ran out") as refused:
        check(library, mine)
    assert refused.value.code == "lease_lost"
    with library.write() as tx:
        assert leases.renew(tx, [mine], TEN) == []
    check(library, None, BEN)
    (theirs,) = take(library, "MED-1", account=BEN)
    with pytest.raises(Conflict, match="holds it until") as refused:
        check(library, mine)
    assert refused.value.code == "lease_lost"
    with library.write() as tx:
        leases.give_back(tx, [mine])
        assert leases.find(tx, "MED-1") == theirs


def test_a_renewed_lease_lasts_longer(library):
    mine = take(library, "MED-1", "MED-2")
    with library.write() as tx:
        kept = leases.renew(tx, mine, 3 * TEN)
        leases.release(tx, "MED-1")
        later = leases.renew(tx, mine, TEN)
    assert [each.until - one.until >= TEN for each, one in zip(kept, mine, strict=True)] == [
        True
    ] * 2
    assert [each.token for each in kept] == [each.token for each in mine]
    assert [each.public_id for each in later] == ["MED-2"]


def test_what_was_left_long_ago_is_forgotten(library):
    take(library, "MED-1", "MED-2")
    with library.write() as tx:
        old = leases.clock(tx) - timedelta(days=2)
        tx.execute(update(LEASES).where(LEASES.c.public_id == "MED-1").values(until=old))
        leases.forget_old(tx)
        assert tx.execute(select(LEASES.c.public_id)).scalars().all() == ["MED-2"]
