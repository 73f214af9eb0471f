"""What the activity page says, in words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale, QTime

from ....domain.activity import Activity
from ....domain.changes import ChangeKind
from ....domain.media import ModerationStatus
from ....domain.permissions import Account
from ...change_words import details, items
from ...upload_words import number

_K: Final = ChangeKind
_S: Final = ModerationStatus
#: Letters of a file's name in a sentence.
_SHORT: Final = 32

#: By its kind; an edit is told by the columns that it wrote.
_WHAT: Final = {
    _K.UPLOADED: str(QT_TRANSLATE_NOOP("Activity", "{things} added")),
    _K.TRASHED: str(QT_TRANSLATE_NOOP("Activity", "{things} moved to Trash")),
    _K.RESTORED: str(QT_TRANSLATE_NOOP("Activity", "{things} put back")),
    _K.MODERATED: str(QT_TRANSLATE_NOOP("Activity", "{things} reviewed")),
    _K.MOVED: str(QT_TRANSLATE_NOOP("Activity", "{things} moved")),
    _K.ORDERED: str(QT_TRANSLATE_NOOP("Activity", "Order of {things}")),
    _K.PURGED: str(QT_TRANSLATE_NOOP("Activity", "{things} deleted for good")),
    _K.MERGED: str(QT_TRANSLATE_NOOP("Activity", "{things} merged into one")),
    _K.COMPARED: str(QT_TRANSLATE_NOOP("Activity", "{things} compared, all of them stay")),
    _K.UNDONE: str(QT_TRANSLATE_NOOP("Activity", "A change of {things} undone")),
}
_DECIDED: Final = {
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Activity", "{things} approved")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Activity", "{things} rejected")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Activity", "{things} flagged")),
    _S.PENDING: str(QT_TRANSLATE_NOOP("Activity", "{things} set back to pending")),
}
#: Looked at again by somebody else.
_KEPT: Final = {
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Activity", "{things} looked at again: stays approved")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Activity", "{things} looked at again: stays rejected")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Activity", "{things} looked at again: stays flagged")),
    _S.PENDING: str(QT_TRANSLATE_NOOP("Activity", "{things} looked at again: stays pending")),
}
_TURNED: Final = {
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Activity", "{things} approved after a second look")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Activity", "{things} rejected after a second look")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Activity", "{things} flagged after a second look")),
    _S.PENDING: str(QT_TRANSLATE_NOOP("Activity", "{things} set back after a second look")),
}
_TAKEN_BACK: Final = {
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Activity", "Decision on {things} undone: approved again")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Activity", "Decision on {things} undone: rejected again")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Activity", "Decision on {things} undone: flagged again")),
    _S.PENDING: str(QT_TRANSLATE_NOOP("Activity", "Decision on {things} undone: pending again")),
}
ICONS: Final = {
    _K.UPLOADED: "upload-simple",
    _K.EDITED: "pencil-simple",
    _K.TRASHED: "trash",
    _K.RESTORED: "arrow-counter-clockwise",
    _K.MODERATED: "shield-check",
    _K.MOVED: "arrow-right",
    _K.ORDERED: "list-numbers",
    _K.PURGED: "trash",
    _K.MERGED: "copy-simple",
    _K.COMPARED: "copy-simple",
    _K.UNDONE: "arrow-u-up-left",
}
#: In the order of the list that drops down.
FILTERS: Final = (
    ("", str(QT_TRANSLATE_NOOP("Activity", "All changes"))),
    ("added", str(QT_TRANSLATE_NOOP("Activity", "Added"))),
    ("edited", str(QT_TRANSLATE_NOOP("Activity", "Edited"))),
    ("moved", str(QT_TRANSLATE_NOOP("Activity", "Moved"))),
    ("deleted", str(QT_TRANSLATE_NOOP("Activity", "Deleted"))),
    ("restored", str(QT_TRANSLATE_NOOP("Activity", "Put back"))),
    ("decided", str(QT_TRANSLATE_NOOP("Activity", "Reviewed"))),
    ("duplicates", str(QT_TRANSLATE_NOOP("Activity", "Duplicates"))),
    ("undone", str(QT_TRANSLATE_NOOP("Activity", "Undone"))),
)


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate("Activity", text)


def things(entry: Activity) -> str:
    """``IMG_2041.jpg``, ``6 photos``, ``12 items``."""
    if entry.count == 1 and entry.media:
        return _short(entry.media[0].name)
    if not entry.only_images:
        return items(entry.count)
    words = tr("{count} photo") if entry.count == 1 else tr("{count} photos")
    return words.format(count=number(entry.count))


def what(entry: Activity) -> str:
    """``Alt text of 6 photos``, ``57 photos added``, ``6 photos rejected: Advertising``."""
    said = things(entry)
    if entry.kind is _K.EDITED:
        columns = details(entry.columns)
        words = tr("{details} of {things}").format(details=columns, things=said)
        return words[:1].upper() + words[1:]
    if entry.status is not None and (decision := _decision(entry)):
        told = tr(decision[entry.status]).format(things=said)
        return tr("{told}: {why}").format(told=told, why=entry.why) if entry.why else told
    return tr(_WHAT[entry.kind]).format(things=said)


def _decision(entry: Activity) -> Mapping[ModerationStatus, str] | None:
    """By what was decided; None for what was no decision."""
    if entry.kind is _K.UNDONE:
        return _TAKEN_BACK
    if entry.kind is not _K.MODERATED:
        return None
    if entry.second_look:
        return _KEPT if entry.confirmed else _TURNED
    return _DECIDED


def person(found: Account | None, me: str) -> str:
    """``You``, a name, or that there is none any more."""
    if found is None:
        return tr("An account that is gone")
    return tr("You") if found.user_id == me else found.name


def state(entry: Activity, me: str) -> str:
    """``Undone by Dana Ruiz``; empty for what stands."""
    if entry.undone_at is None:
        return ""
    if entry.undone_by is None:
        return tr("Undone")
    who = tr("you") if entry.undone_by.user_id == me else entry.undone_by.name
    return tr("Undone by {name}").format(name=who)


def places(entry: Activity) -> list[str]:
    """The names of the places that can be opened, then ``and 3 more``."""
    names = [each.name for each in entry.places]
    more = entry.place_count - len(names)
    if more and names:
        names.append(tr("{count} more").format(count=number(more)))
    elif more:
        names.append(tr("A place that is gone") if more == 1 else tr("Places that are gone"))
    return names


def local_day(moment: datetime) -> date:
    """The day that it was here."""
    return moment.astimezone().date()


def heading(day: date, today: date | None = None) -> str:
    """``Today``, ``Yesterday``, ``Friday, November 20``."""
    today = today or datetime.now(UTC).astimezone().date()
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    shape = tr("dddd, MMMM d") if day.year == today.year else tr("dddd, MMMM d, yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), shape)


def clock(moment: datetime) -> str:
    """``2:06 PM``."""
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def spoken(entry: Activity, me: str) -> str:
    """A row as a screen reader says it."""
    parts = [heading(local_day(entry.at)), clock(entry.at), person(entry.by, me), what(entry)]
    return ", ".join([*parts, *places(entry), *filter(None, [state(entry, me)])])


def tooltip(entry: Activity, me: str) -> str:
    """What the row may have cut off, and why it can't be undone."""
    day, since = heading(local_day(entry.at)), clock(entry.since)
    when = clock(entry.at) if len(entry.changes) == 1 else f"{since} – {clock(entry.at)}"
    lines = [
        what(entry),
        ", ".join(places(entry)),
        f"{person(entry.by, me)}, {day}, {when}",
        state(entry, me) or entry.may_undo.reason,
    ]
    return "\n".join(each for each in lines if each)


def _short(name: str) -> str:
    """Cut out of the middle, so that the end with its number stays."""
    half = _SHORT // 2
    return name if len(name) <= _SHORT else f"{name[: half - 1]}…{name[-half:]}"
