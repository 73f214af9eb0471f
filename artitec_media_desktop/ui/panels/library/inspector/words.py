"""What the inspector says, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QDateTime, QLocale

from .....domain.media import ModerationStatus
from .....domain.selection import Selection, Values
from ..words import counted, number, things, tr

__all__ = ["counted", "number", "things", "tr"]

NAMES: Final[dict[str, str]] = {
    "alt_text": str(QT_TRANSLATE_NOOP("Library", "Alt text")),
    "caption": str(QT_TRANSLATE_NOOP("Library", "Caption")),
    "tags": str(QT_TRANSLATE_NOOP("Library", "Tags")),
    "is_primary": str(QT_TRANSLATE_NOOP("Library", "Primary")),
    "is_public": str(QT_TRANSLATE_NOOP("Library", "Visibility")),
}
#: Status → icon, tone.
STATUSES: Final[dict[ModerationStatus, tuple[str, str]]] = {
    ModerationStatus.APPROVED: ("check-circle-fill", "success"),
    ModerationStatus.PENDING: ("clock", "warning"),
    ModerationStatus.FLAGGED: ("flag-fill", "info"),
    ModerationStatus.REJECTED: ("x-circle-fill", "danger"),
}


def mixed(values: Values[str]) -> str:
    """What stands in a field of several media: ``4 different, 2 empty``.

    Empty where they all have the same, or none.
    """
    if not values.is_mixed:
        return ""
    parts = []
    if values.filled == 1:
        parts.append(tr("1 filled"))
    elif values.different == 1:
        parts.append(tr("The same on {count}").format(count=number(values.filled)))
    else:
        parts.append(tr("{count} different").format(count=number(values.different)))
    if values.empty:
        parts.append(tr("{count} empty").format(count=number(values.empty)))
    else:
        return tr("{what}. Typing here replaces all of them.").format(what=parts[0])
    return ", ".join(parts)


def sentence(columns: Sequence[str], what: str) -> str:
    """Say what is touched: ``Tags and visibility will be written to 6 photos. …``."""
    text = tr("{columns} will be written to {what}. Everything else stays as it is.")
    return text.format(columns=listed(columns), what=what)


def written(columns: Sequence[str], what: str) -> str:
    """``Alt text written to 6 photos``."""
    return tr("{columns} written to {what}").format(columns=listed(columns), what=what)


def listed(columns: Sequence[str]) -> str:
    """``Alt text, caption and tags``."""
    names = [tr(NAMES[each]) for each in columns]
    names = [each if at == 0 else each[:1].lower() + each[1:] for at, each in enumerate(names)]
    if len(names) < 2:
        return "".join(names)
    return tr("{these} and {last}").format(these=", ".join(names[:-1]), last=names[-1])


def day(moment: datetime, *, year: bool = False) -> str:
    """``Oct 12``, with the year where it is asked for or is another one."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    now = QDateTime.currentDateTime()
    pattern = "MMM d, yyyy" if year or local.date().year() != now.date().year() else "MMM d"
    return QLocale().toString(local, pattern)


def moment(when: datetime) -> str:
    """``Oct 12, 2025, 2:06 PM``."""
    local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    return f"{day(when, year=True)}, {time}"


def days(selection: Selection) -> str:
    """``Oct 12 to Oct 14``; empty where no row says when it was added."""
    if selection.added is None:
        return ""
    first, last = map(day, selection.added)
    return first if first == last else tr("{first} to {last}").format(first=first, last=last)
