"""An uploader asks for another decision."""

from datetime import datetime

from ...database import entities, reviews, second_looks
from ...database import media as rows
from ...database.engine import Tx
from ...database.second_looks import SecondLook
from ...domain.errors import Conflict, Forbidden, NotFound, Permanent
from ...domain.media import Media, ModerationStatus
from ...domain.moderation import NOTE_LENGTH, Look, Record
from ..access import Access, entity_of


def appeal(tx: Tx, access: Access, public_id: str, words: str, now: datetime) -> None:
    """Ask for a second look; see ``ModerationService.appeal``."""
    if access.read_only:
        raise Forbidden("read_only", access.read_only)
    if not words.strip() or len(words) > NOTE_LENGTH:
        raise Permanent(
            "bad_appeal", f"Say why it should be looked at again, in 1 to {NOTE_LENGTH:,} letters."
        )
    rows.hold(tx, public_id)
    media = rows.by_public_id(tx, public_id)
    if media is None:
        raise NotFound("no_media", f"There is no media “{public_id}” in the library.")
    _require_own(tx, access, media)
    name = media.original_filename
    if media.moderation_status is not ModerationStatus.REJECTED:
        status = media.moderation_status.value
        raise Forbidden("not_rejected", f"“{name}” is not rejected but {status}.")
    rejection = _rejection(tx, public_id)
    change = None if rejection is None else rejection.change_id
    for each in second_looks.of(tx, public_id):
        asked_before = each.look is Look.APPEAL and each.agreed is not None
        if each.is_open or (asked_before and each.change_id == change):
            raise Conflict("appealed_already", f"Another look at “{name}” was asked for already.")
    who = "" if rejection is None else rejection.account
    me = access.account.user_id
    asked = SecondLook(0, public_id, Look.APPEAL, who, now, change, me, words.strip())
    second_looks.add(tx, asked)


def _require_own(tx: Tx, access: Access, media: Media) -> None:
    account = access.account
    if not account.active:
        raise Forbidden("not_allowed", f"The account of {account.name} is not active.")
    ref = entity_of(media)
    if media.uploaded_by == account.user_id:
        return
    if ref is None or account.user_id not in entities.holders(tx, ref):
        raise Forbidden(
            "not_allowed",
            f"Only who uploaded “{media.original_filename}”, or who it is shown for, can ask for "
            f"another look. You are signed in as {account.name}.",
        )


def _rejection(tx: Tx, public_id: str) -> Record | None:
    """The decision that stands; None where it was taken on the platform."""
    stands = reviews.standing(reviews.history(tx, public_id))
    moved = [each for each in stands if each.before is not each.after]
    return moved[-1] if moved and moved[-1].after is ModerationStatus.REJECTED else None
