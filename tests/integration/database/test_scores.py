"""Which media a model has still to score, and its scores, on a server."""

from datetime import timedelta

from sqlalchemy import text

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import scores
from artitec_media_desktop.domain.media import EMBED_CONTENT_TYPE, ModerationStatus

from .test_shapes import AT, media

MODEL = "a-model"


def number(tx, name, **values):
    return rows.add(tx, media(public_id=f"MED-1700000001-{name}", **values)).id


def test_what_waits_is_found_once(newest):
    with newest.write() as tx:
        pending = number(tx, "PEND01", moderation_status=ModerationStatus.PENDING)
        flagged = number(tx, "FLAG01", moderation_status=ModerationStatus.FLAGGED)
        number(tx, "APPR01", moderation_status=ModerationStatus.APPROVED)
        number(tx, "LINK01", moderation_status=ModerationStatus.PENDING,
               content_type=EMBED_CONTENT_TYPE)  # fmt: skip
        assert scores.lacking(tx, MODEL, AT, -1, 10) == [pending, flagged]
        assert scores.lacking(tx, MODEL, AT, -1, 1) == [pending]
        assert scores.lacking(tx, MODEL, AT, pending, 10) == [flagged]
        scores.keep(tx, pending, MODEL, 0.25, AT)
        scores.keep(tx, flagged, MODEL, None, AT)
        assert scores.lacking_count(tx, MODEL, AT) == 0
        assert scores.lacking(tx, "another", AT, -1, 10) == [pending, flagged]
        later = AT + timedelta(days=1, seconds=1)
        assert scores.lacking(tx, MODEL, later, -1, 10) == [flagged]
        # Twice by two clients at once.
        scores.keep(tx, pending, MODEL, 0.5, AT)
        scores.keep(tx, flagged, MODEL, 0.75, AT)
        assert (scores.get(tx, pending), scores.get(tx, flagged)) == (0.5, 0.75)
        assert scores.sweep(tx) == 0
        tx.execute(text(f"DELETE FROM media WHERE id = {pending}"))
        assert scores.sweep(tx) == 1
        assert (scores.get(tx, pending), scores.get(tx, flagged)) == (None, 0.75)


def test_every_age_of_the_platform(library):
    """Where there is no such column, all is approved; the words of an ENUM have either case."""
    with library.write() as tx:
        before = scores.lacking_count(tx, MODEL, AT)
        added = rows.add(tx, media(moderation_status=ModerationStatus.PENDING))
        found = rows.by_id(tx, added.id)
        waits = found.moderation_status is ModerationStatus.PENDING
        assert (added.id in scores.lacking(tx, MODEL, AT, added.id - 1, 10)) is waits
        assert scores.lacking_count(tx, MODEL, AT) - before == int(waits)
