"""People who decide at the same library, each with a window of their own."""

from sqlalchemy import select, update

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import reviews, second_looks
from artitec_media_desktop.database.review_tables import KNOWN_BAD, SECOND_LOOKS
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.moderation.queue import ReviewQueue
from artitec_media_desktop.services.relocating import Relocating
from artitec_media_desktop.services.undoing import UndoService
from tests.rulings import ruled

ADA = Account("USR-901", "Ada Admin", Role.ADMIN)
BEN = Account("USR-902", "Ben Admin", Role.ADMIN)
#: Holds the community CMY-456 and may moderate there.
DANA = Account("USR-123", "Dana Reyes", Role.COMMUNITY_ADMIN, can_moderate=True)
S = ModerationStatus


class Person:
    """One signed-in person's services; ``lots`` is what they draw next (1 draws no sample)."""

    def __init__(self, library, account, policy=Policy(sample=0.5)):  # noqa: B008
        self.library = library
        self.lots = 1.0
        self.account = account
        access = Access(library.database, lambda: self.account)
        relocating = Relocating(library.database, library.store)
        parts = library.database, access
        self.moderation = ModerationService(*parts, relocating, lambda: policy, lambda: self.lots)
        self.queue = ReviewQueue(*parts, lambda: policy)
        self.undoing = UndoService(*parts, relocating)

    def decide(self, public_id, status, seen=None, lease=None, **words):
        """Decide on one media."""
        return self.moderation.decide(
            [public_id],
            ruled(status, **words),
            {} if seen is None else {public_id: seen},
            {} if lease is None else {public_id: lease},
        )


def media(library, public_id):
    with library.database.read() as tx:
        return rows.by_public_id(tx, public_id)


def records(library, public_id):
    with library.database.read() as tx:
        return reviews.history(tx, public_id)


def looks(library, public_id):
    with library.database.read() as tx:
        return second_looks.of(tx, public_id)


def known_bad(library):
    """What is known as bad: the reasons by public id."""
    with library.database.read() as tx:
        found = select(KNOWN_BAD.c.public_id, KNOWN_BAD.c.reason)
        return {row.public_id: row.reason for row in tx.execute(found)}


def open_looks(library, public_id):
    return [each for each in looks(library, public_id) if each.is_open]


def put_back_in_time(library, public_id, asked_at):
    with library.database.write() as tx:
        where = SECOND_LOOKS.c.public_id == public_id
        tx.execute(update(SECOND_LOOKS).where(where).values(asked_at=asked_at))
