from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import insert, update

from artitec_media_desktop.database.review_tables import LEASES, SECOND_LOOKS
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Look
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
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
