"""The policy that all moderators of a library share, and how an admin edits it."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from ...database import locks, shared_settings
from ...database.engine import Database, Tx
from ...database.shared_settings import Setting
from ...domain.errors import Conflict, MediaError, Transient
from ...domain.moderation import Policy
from ...domain.permissions import Action, Decision
from ...domain.policy import check_policy, policy_of, values_of
from ..access import Access
from ..overtaken import name_of

_LOG = logging.getLogger(__name__)
#: What was read holds for so many seconds, so that not every upload asks.
_SECONDS: Final = 30.0
_PREFIX: Final = "moderation."
#: One client at a time writes it.
_TURN: Final = "policy"
_WORDS: Final = {
    "waiting": "the types that wait for a decision",
    "known_bad_bits": "how near to something rejected is flagged",
    "sample": "the share of approvals that is looked at again",
    "lease_minutes": "how long an item is held",
    "suspect_from": "the score from which something is suspected",
    "reasons": "the reasons",
}


class PolicyService:
    """Reads it from the library's shared settings; any thread may ask."""

    def __init__(
        self, database: Database, access: Access, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._access = access
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Policy | None = None
        self._until = 0.0

    def get(self, fresh: bool = False) -> Policy:
        """The policy as it was at most 30 s ago, or with ``fresh`` as it is now.

        What is absent, broken, or may not be read has its default. Raises Transient where the
        database does not answer: what waits elsewhere must not be approved by mistake.
        """
        with self._lock:
            if fresh or self._known is None or self._clock() >= self._until:
                self._remember(self._read())
            return self._known or Policy()

    def set(self, policy: Policy, seen: Policy | None = None) -> Policy:
        """Write what differs from ``seen``, or from what is there; returns what then holds.

        Raises Forbidden, Permanent ``bad_policy``, and Conflict ``overtaken`` where somebody else
        has changed one of the same values since ``seen``: then nothing is written.
        """
        self._access.require(Action.CONFIGURE, None)
        check_policy(policy)
        wanted, now = values_of(policy), datetime.now(UTC)

        def save(tx: Tx) -> Policy:
            locks.turn(tx, _TURN)  # what nobody has written yet can't be held
            settings = _ours(shared_settings.read(tx, hold=True))
            there = values_of(policy_of(_values(settings)))
            before = there if seen is None else values_of(seen)
            changed = {name: value for name, value in wanted.items() if value != before[name]}
            for name, value in changed.items():
                if there[name] not in (before[name], value):
                    raise _overtaken(tx, name, settings.get(name))
            written = {_PREFIX + name: value for name, value in changed.items()}
            if written:
                shared_settings.write(tx, written, self._access.account.user_id, now)
            return policy_of(there | changed)

        saved = self._database.retrying(save)
        with self._lock:
            self._remember(saved)
        return saved

    def decide_rights(self) -> Decision:
        """Whether the account may edit it."""
        return self._access.decide(Action.CONFIGURE, None)

    def _remember(self, policy: Policy) -> None:
        self._known = policy
        self._until = self._clock() + _SECONDS

    def _read(self) -> Policy:
        try:
            with self._database.read() as tx:
                return policy_of(_values(_ours(shared_settings.read(tx))))
        except Transient:
            raise
        except MediaError as error:
            _LOG.info("the moderation policy can't be read, so its defaults hold: %s", error.code)
            return Policy()


def _ours(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    return {
        name.removeprefix(_PREFIX): each
        for name, each in settings.items()
        if name.startswith(_PREFIX)
    }


def _values(settings: Mapping[str, Setting]) -> dict[str, Any]:
    return {name: each.value for name, each in settings.items()}


def _overtaken(tx: Tx, name: str, setting: Setting | None) -> Conflict:
    who = name_of(tx, setting.account) if setting else "Somebody"
    return Conflict(
        "overtaken",
        f"{who} changed {_WORDS[name]} meanwhile, so nothing was saved. Look at it again.",
    )
