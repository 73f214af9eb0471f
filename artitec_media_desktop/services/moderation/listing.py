"""The queue of visual review as it is looked up; nothing is held by that."""

from ...database import queue_page, review_queue
from ...database.engine import Database
from ...database.review_queue import Reviewer
from ...domain.moderation import Listed
from ...domain.permissions import Action, Role
from ...domain.review_queue import QueueFilter
from ..access import Access


class QueueListing:
    """Reads only; every call is one short transaction."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def first(self, wanted: QueueFilter, limit: int) -> list[Listed]:
        """The first of what waits for this account, in their turn, and who holds which.

        Raises Forbidden ``not_allowed`` for one that may decide on nothing, and ``read_only``.
        """
        account = self._access.account
        is_admin = account.role is Role.ADMIN
        moderates = account.role is Role.COMMUNITY_ADMIN and account.can_moderate
        if self._access.read_only or not (account.active and (is_admin or moderates)):
            self._access.require(Action.MODERATE, None)
        with self._database.read() as tx:
            places = None if is_admin else review_queue.places_of(tx, account.user_id)
            who = Reviewer(account.user_id, is_admin, places)
            return queue_page.page(tx, wanted.by(account.user_id), who, limit)
