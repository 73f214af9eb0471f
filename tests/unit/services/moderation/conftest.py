"""Two admins, and an item that waits for them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.services.moderation.people import ADA, BEN, Person, S
from tests.unit.services.rows import add


@pytest.fixture
def ada(library):
    return Person(library, ADA)


@pytest.fixture
def ben(library):
    return Person(library, BEN)


@pytest.fixture
def item(library):
    """Waits since an hour ago."""
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    (made,) = add(library, 1, moderation_status=S.PENDING, is_approved=False, created_at=since)
    return made
