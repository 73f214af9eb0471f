"""Who may do what. One table, one function; the services ask it, for window and command alike.

Source: the platform's contract, "Slots", last column, and the roles of ``users.role``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .entities import EntityType


class Role(StrEnum):
    """``users.role``; anything else is read as BUYER, the role with the fewest rights."""

    BUYER = "buyer"
    BUILDER = "builder"
    COMMUNITY = "community"
    COMMUNITY_ADMIN = "community_admin"
    SALESREP = "salesrep"
    ADMIN = "admin"

    @classmethod
    def read(cls, value: str | None) -> "Role":
        """A role as the database spells it, in any case."""
        try:
            return cls((value or "").strip().lower())
        except ValueError:
            return cls.BUYER


class Action(StrEnum):
    """What is asked for."""

    VIEW = "view"
    UPLOAD = "upload"
    EDIT = "edit"
    DELETE = "delete"
    MODERATE = "moderate"
    PURGE = "purge"
    CONFIGURE = "configure"


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. ``can_moderate`` is ``community_admin_profiles.can_moderate_threads``."""

    user_id: str
    name: str
    role: Role
    active: bool = True
    can_moderate: bool = False


#: Who is signed in before anybody is.
NOBODY: Final = Account("", "nobody", Role.BUYER, active=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not; ``reason`` is a sentence for a person when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


_OWN: Final = frozenset({Action.UPLOAD, Action.EDIT, Action.DELETE})

#: Besides an admin: which roles may act on an entity of a type, if they hold it.
#: "Holding" is resolved by the database: the user itself, an admin of the community (or of
#: the amenity's community), the builder's owner, the property's owner or its builder's owner,
#: the sales rep, the post's author.
HOLDER_ROLES: Final[dict[EntityType, frozenset[Role]]] = {
    EntityType.USER: frozenset(Role),
    EntityType.COMMUNITY: frozenset({Role.COMMUNITY, Role.COMMUNITY_ADMIN}),
    EntityType.AMENITY: frozenset({Role.COMMUNITY, Role.COMMUNITY_ADMIN}),
    EntityType.BUILDER: frozenset({Role.BUILDER}),
    EntityType.PROPERTY: frozenset(Role),
    EntityType.SALES_REP: frozenset({Role.SALESREP}),
    EntityType.POST: frozenset(Role),
}

_HOLDER_WORDS: Final[dict[EntityType, str]] = {
    EntityType.USER: "the user",
    EntityType.COMMUNITY: "an admin of the community",
    EntityType.AMENITY: "an admin of its community",
    EntityType.BUILDER: "the builder's owner",
    EntityType.PROPERTY: "its owner, its builder's owner",
    EntityType.SALES_REP: "the sales rep",
    EntityType.POST: "the post's author",
}

ALLOWED: Final = Decision(True)


def decide_moderating(account: Account) -> Decision:
    """Decide whether there is anything at all that ``account`` may moderate."""
    if not account.active:
        return _not_active(account)
    moderates = account.role is Role.COMMUNITY_ADMIN and account.can_moderate
    if account.role is Role.ADMIN or moderates:
        return ALLOWED
    return Decision(False, f"Only a moderator may do this. You are signed in as {account.name}.")


def decide(
    account: Account,
    action: Action,
    entity_type: EntityType | None = None,
    holders: frozenset[str] = frozenset(),
) -> Decision:
    """Decide whether ``account`` may do ``action`` on an entity held by ``holders`` (user ids).

    An admin may do everything. Everybody active may look. Uploading, editing and deleting
    take a holder of the entity in a role of its type; moderating takes a holder of a
    community or amenity who may moderate; purging and configuring take an admin.
    """
    if not account.active:
        return _not_active(account)
    if account.role is Role.ADMIN or action is Action.VIEW:
        return ALLOWED
    if action in (Action.PURGE, Action.CONFIGURE) or entity_type is None:
        return Decision(False, f"Only an admin may do this. You are signed in as {account.name}.")
    holds = account.user_id in holders and account.role in HOLDER_ROLES[entity_type]
    if action in _OWN and holds:
        return ALLOWED
    if action is Action.MODERATE:
        if holds and account.can_moderate and account.role is Role.COMMUNITY_ADMIN:
            return ALLOWED
        return Decision(
            False, f"Only a moderator may decide on this. You are signed in as {account.name}."
        )
    return Decision(
        False,
        f"Only {_HOLDER_WORDS[entity_type]} or an admin may do this. "
        f"You are signed in as {account.name}.",
    )


def _not_active(account: Account) -> Decision:
    return Decision(False, f"The account of {account.name} is not active.")
