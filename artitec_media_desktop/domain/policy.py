"""The moderators' policy: what it may be, and how it is kept as values by name."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from .entities import EntityType
from .errors import Permanent
from .moderation import OTHER, Policy, Reason

#: Bits; at 6 the index would not find all.
MOST_BITS: Final = 5
#: Minutes that an item may be held.
LEASE_MINUTES: Final = (1, 120)
#: They are chosen by number.
MOST_REASONS: Final = 9
#: Characters of a reason's text.
REASON_LENGTH: Final = 80
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,49}")
_WORD: Final = re.compile(r"[\w-]+")
_KNOWN_TYPES: Final = f"The types are {', '.join(each.word for each in EntityType)}."
#: How "never" is kept, since JSON's null can't be told from a broken value.
_NEVER: Final = "never"


def check_policy(policy: Policy) -> None:
    """Raise Permanent ``bad_policy`` with what is wrong, unless it can be worked with."""
    bits, minutes = policy.known_bad_bits, policy.lease_minutes
    if not all(isinstance(each, EntityType) for each in policy.waiting):
        raise _bad("Only entity types can wait for a decision.")
    if bits is not None and not (_is_whole(bits) and 0 <= bits <= MOST_BITS):
        raise _bad(f"The distance to something rejected is 0 to {MOST_BITS} bits, or never.")
    if not _is_share(policy.sample):
        raise _bad("The share of approvals that is looked at again is 0 to 1.")
    if not (_is_whole(minutes) and LEASE_MINUTES[0] <= minutes <= LEASE_MINUTES[1]):
        raise _bad("An item is held for {} to {} minutes.".format(*LEASE_MINUTES))
    if not _is_share(policy.suspect_from):
        raise _bad("The score from which something is suspected is 0 to 1.")
    _check_reasons(policy.reasons)


def values_of(policy: Policy) -> dict[str, Any]:
    """The policy as JSON values by name, none of which is None."""
    bits = policy.known_bad_bits
    return {
        "waiting": sorted(each.value for each in policy.waiting),
        "known_bad_bits": _NEVER if bits is None else bits,
        "sample": policy.sample,
        "lease_minutes": policy.lease_minutes,
        "suspect_from": policy.suspect_from,
        "reasons": [{"code": each.code, "text": each.text} for each in policy.reasons],
    }


def policy_of(values: Mapping[str, Any]) -> Policy:
    """The inverse; what is absent or broken has its default, each value by itself."""
    policy = Policy()
    for name, read in _READ.items():
        if values.get(name) is None:
            continue
        try:
            wanted = replace(policy, **{name: read(values[name])})
            check_policy(wanted)
        except (LookupError, TypeError, ValueError, AttributeError, Permanent):
            continue
        policy = wanted
    return policy


def edited(policy: Policy, name: str, text: str) -> Policy:
    """The policy with one value as a person writes it; it is checked as a whole elsewhere.

    ``waiting`` takes types (``post, sales-rep``), ``known_bad_bits`` a number or ``never``,
    ``reasons`` ``[{"code": …, "text": …}]``. Raises Permanent ``bad_policy``.
    """
    if name not in _READ:
        raise _bad(f"“{name}” is nothing that the policy says. It says {', '.join(_READ)}.")
    try:
        if name == "waiting":
            value: Any = frozenset(map(EntityType.from_word, _WORD.findall(text)))
        else:
            value = _READ[name](text if text == _NEVER else json.loads(text))
    except (LookupError, TypeError, ValueError) as error:
        said = f"“{text}” can't be read as {name}."
        raise _bad(f"{said} {_KNOWN_TYPES}" if name == "waiting" else said) from error
    return replace(policy, **{name: value})


def _check_reasons(reasons: tuple[Reason, ...]) -> None:
    codes = [each.code for each in reasons]
    if OTHER not in codes:
        raise _bad(f"The reason “{OTHER}” always stays: it takes what no other reason says.")
    if len(codes) > MOST_REASONS:
        raise _bad(f"There are at most {MOST_REASONS} reasons, since they are chosen by number.")
    if twice := {each for each in codes if codes.count(each) > 1}:
        raise _bad(f"The code “{min(twice)}” is there twice. Each reason has its own.")
    for each in reasons:
        if not _CODE.fullmatch(each.code):
            raise _bad(f"“{each.code}” is no code: small letters, digits and _, at most 50.")
        if not each.text.strip():
            raise _bad(f"The reason “{each.code}” has no text.")
        if len(each.text) > REASON_LENGTH:
            raise _bad(f"The text of “{each.code}” is longer than {REASON_LENGTH} characters.")


def _bad(what: str) -> Permanent:
    return Permanent("bad_policy", f"{what} Nothing was changed.")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: object) -> bool:
    """Whether it is a number 0 … 1; NaN is not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _types(value: Any) -> frozenset[EntityType]:
    """Types that a newer client knows are left out."""
    known = set(EntityType)
    if not isinstance(value, list):
        raise TypeError("a list of types")
    return frozenset(EntityType(each) for each in value if each in known)


def _reasons(value: Any) -> tuple[Reason, ...]:
    return tuple(Reason(each["code"], each["text"]) for each in value)


def _as_it_is(value: Any) -> Any:
    return value


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "waiting": _types,
    "known_bad_bits": lambda value: None if value == _NEVER else value,
    "sample": _as_it_is,
    "lease_minutes": _as_it_is,
    "suspect_from": _as_it_is,
    "reasons": _reasons,
}
