"""Says that somebody else was faster, and who."""

from ..database import accounts, changes
from ..database.engine import Tx
from ..domain.changes import ChangeKind
from ..domain.errors import Conflict
from ..domain.media import Media


def overtaken(tx: Tx, media: Media) -> Conflict:
    """What is said where a media is no longer as the person saw it."""
    status = media.moderation_status.value
    what, who = f"is {status} now", "on the platform"
    for last in changes.history(tx, media.public_id)[-1:]:
        if last.kind is not ChangeKind.MODERATED:
            what, who = f"was {last.kind.value}", _name(tx, last.account)
        elif last.media[0].after.get("moderation_status") == status:
            what, who = f"was set to {status}", _name(tx, last.account)
    return Conflict(
        "overtaken",
        f"“{media.original_filename}” {what} ({who}, meanwhile), so nothing was done. "
        "Look at it again.",
    )


def _name(tx: Tx, user_id: str) -> str:
    account = accounts.by_user_id(tx, user_id)
    return f"by {user_id if account is None else account.name}"
