"""What the page says, in words."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ....domain.media import Media, ModerationStatus
from ....domain.moderation import Ruling
from ...upload_words import number

_S: Final = ModerationStatus
_LONGEST: Final = 60
#: What was done, of one item.
_DONE: Final[dict[ModerationStatus, str]] = {
    _S.PENDING: str(QT_TRANSLATE_NOOP("Moderation", "waiting")),
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Moderation", "approved")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Moderation", "rejected")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Moderation", "flagged")),
}


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate("Moderation", text)


def counted(count: int, one: str, many: str) -> str:
    """Both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def done_word(status: ModerationStatus) -> str:
    """``approved``."""
    return tr(_DONE[status])


def title(media: Media) -> str:
    """What a media is called in a sentence: its alt text, else its file; never long."""
    words = (media.alt_text or "").strip() or media.original_filename
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def spoken(media: Media, ruling: Ruling | None) -> str:
    """``Spring daisies, approved``."""
    if ruling is None:
        return title(media)
    return f"{title(media)}, {done_word(ruling.status)}"


def last_decision(status: ModerationStatus, media: Media) -> str:
    """``approved “Spring daisies”``."""
    return f"{done_word(status)} “{title(media)}”"


def status_line(today: int, last: str) -> str:
    """``42 decided today · last: approved “Spring daisies”``; empty before the first."""
    parts = [tr("{count} decided today").format(count=number(today))] if today else []
    if last:
        parts.append(tr("last: {what}").format(what=last))
    return " · ".join(parts)


def question(status: ModerationStatus, count: int, reason: str = "") -> str:
    """``Approve 5 items?``, or ``Reject 5 items: Advertising?``."""
    asked = {
        _S.APPROVED: ("Approve {count} item", "Approve {count} items"),
        _S.REJECTED: ("Reject {count} item", "Reject {count} items"),
        _S.FLAGGED: ("Flag {count} item", "Flag {count} items"),
        _S.PENDING: ("Let {count} item wait", "Let {count} items wait"),
    }[status]
    words = counted(count, *asked)
    return f"{words}: {reason}?" if reason else f"{words}?"


def clock(at: datetime) -> str:
    """``14:05``, in local time."""
    return at.astimezone().strftime("%H:%M")
