"""Says that somebody else was faster, and who."""

from collections.abc import Mapping
from typing import Any, Final

from ..database import accounts, changes
from ..database.engine import Tx
from ..database.media_edits import Row
from ..domain.changes import Change
from ..domain.edits import Overtaken
from ..domain.errors import Conflict
from ..domain.media import Media, ModerationStatus

#: Columns by the words that people know them by.
_WORDS: Final = {
    "alt_text": "alt text",
    "sort_order": "place in the order",
    "is_primary": "primary role",
    "is_public": "visibility",
    "moderation_status": "moderation",
    "entity_type": "place",
    "entity_id": "place",
    "entity_field": "place",
}


def overtaken(tx: Tx, media: Media, seen: ModerationStatus) -> Conflict:
    """What is said where a media is no longer as the person saw it, then in status ``seen``."""
    status = media.moderation_status.value
    history = changes.history(tx, media.public_id)
    if media.moderation_status is seen:
        what, who = "was changed", _name_and_time(tx, history[-1]) if history else ""
    else:
        what = f"was set to {status}"
        decided = (each for each in reversed(history) if _decided(each, status))
        who = next((_name_and_time(tx, each) for each in decided), "")
    return Conflict(
        "overtaken",
        f"“{media.original_filename}” {what} {who or 'on the platform'} meanwhile, so nothing was "
        "done to it. Look at it again.",
    )


def refuse_overtaken(
    tx: Tx, row: Row, expected: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Raise Overtaken, with both values, where a column is neither as expected nor as wanted."""
    now = {name: row.values[name] for name in expected}
    lost = {
        name
        for name, value in expected.items()
        if not same(now[name], value) and not (name in wanted and same(now[name], wanted[name]))
    }
    if not lost:
        return
    what = " and ".join(sorted({_WORDS.get(name, name.replace("_", " ")) for name in lost}))
    raise Overtaken(
        f"The {what} of “{row.name}” was changed {changed_by(tx, row.public_id, lost)} meanwhile, "
        "so nothing was done to it. Look at it again.",
        {name: now[name] for name in sorted(lost)},
        {name: wanted[name] for name in sorted(lost) if name in wanted},
    )


def same(now: Any, then: Any) -> bool:
    """Whether a column still holds what it did; an empty text or list is as good as none."""
    if isinstance(now, list | tuple) or isinstance(then, list | tuple):
        return list(now or ()) == list(then or ())
    return bool(now == then or (not now and not then))


def changed_by(tx: Tx, public_id: str, columns: set[str]) -> str:
    """Who wrote one of the columns last: ``by Ada Admin``, or ``on the platform``."""
    history = changes.history(tx, public_id)
    found = (_name(tx, each) for each in reversed(history) if columns & set(each.media[0].after))
    return next(found, "on the platform")


def _decided(change: Change, status: str) -> bool:
    return bool(change.media[0].after.get("moderation_status") == status)


def _name(tx: Tx, change: Change) -> str:
    return f"by {name_of(tx, change.account)}"


def _name_and_time(tx: Tx, change: Change) -> str:
    # As the clock on the wall of whoever reads this.
    return f"{_name(tx, change)} at {change.at.astimezone():%H:%M on %Y-%m-%d}"


def name_of(tx: Tx, user_id: str) -> str:
    """An account's name; its id where it is gone."""
    account = accounts.by_user_id(tx, user_id)
    return user_id if account is None else account.name
