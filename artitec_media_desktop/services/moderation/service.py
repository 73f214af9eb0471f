"""What a moderator decides, and what an uploader asks to be looked at again."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from ...database.engine import Database
from ...domain.changes import Change
from ...domain.media import Media, ModerationStatus
from ...domain.moderation import Lease, Policy, Ruling, check_ruling
from ...domain.permissions import Action, Decision
from ...domain.work import Work
from ..access import Access, entity_of
from ..relocating import Relocating, begun, raise_if_none
from . import appealing
from .deciding import Deciding, own_upload

_NONE: Final[Mapping[str, ModerationStatus]] = MappingProxyType({})
_NO_LEASES: Final[Mapping[str, Lease]] = MappingProxyType({})


class ModerationService:
    """Carries decisions out, with their effect on rows and objects, and puts them on record."""

    def __init__(
        self,
        database: Database,
        access: Access,
        relocating: Relocating,
        policy: Callable[[], Policy] = Policy,
        draw: Callable[[], float] = random.random,
    ) -> None:
        """``policy`` is what holds now; ``draw`` gives numbers from 0 to 1, to draw lots with."""
        self._database = database
        self._access = access
        self._relocating = relocating
        self._policy = policy
        self._draw = draw

    def decide(
        self,
        public_ids: Sequence[str],
        ruling: Ruling,
        seen: Mapping[str, ModerationStatus] = _NONE,
        leases: Mapping[str, Lease] = _NO_LEASES,
        work: Work | None = None,
        partly: bool = False,
    ) -> Change:
        """Decide on media, each by itself; their objects go to the area where they belong.

        What is not approved can't be read at its public address any more once this returns. Of
        each, ``seen`` is the status that the person saw, and ``leases`` what it is held by. Where
        there is an open second look, this is its answer; some approvals are drawn for one.

        Returns as ``Relocating.carry_out``, and raises so: Permanent ``bad_ruling`` before
        anything is done; Forbidden ``not_allowed``, ``own_upload``, ``own_decision``,
        ``own_appeal`` and ``no_move``; Conflict ``overtaken``, ``lease_lost`` and ``held``;
        Stopped. With ``partly`` what can't be done is only named in ``failed``.
        """
        policy = self._policy()
        check_ruling(ruling, policy)
        deciding = Deciding(self._access, policy, ruling, seen, leases, self._draw, public_ids)
        batch = begun(deciding.kind, self._access.account.user_id)
        change = self._relocating.each(deciding, public_ids, batch, work)
        if not partly:
            raise_if_none(change, public_ids)
        return change

    def decide_rights(self, media: Media) -> Decision:
        """Whether the account may decide on a media, and if not, why."""
        decision = self._access.decide(Action.MODERATE, entity_of(media))
        refused = own_upload(self._access.account, media) if decision else None
        return decision if refused is None else Decision(False, refused.message)

    def appeal(self, public_id: str, words: str) -> None:
        """Ask that somebody else looks again at what was rejected; until then it stays so.

        Its uploader may, and who holds its entity. Raises NotFound, Forbidden ``read_only``,
        ``not_allowed`` and ``not_rejected``, Permanent ``bad_appeal``, Conflict
        ``appealed_already``.
        """
        now = datetime.now(UTC)
        self._database.retrying(
            lambda tx: appealing.appeal(tx, self._access, public_id, words, now)
        )
