"""What is said about an item that waits for a decision, in words."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QDate, QLocale, QTime

from ....domain.entities import EntityType
from ....domain.limits import size_text
from ....domain.media import Media, ModerationStatus
from ....domain.moderation import Look, Policy, Record, Rule, Waiting
from ....domain.permissions import Role
from ....domain.slots import find_slot
from ...entity_words import in_a_sentence
from ...status_words import status_word
from .words import counted, tr

_S: Final = ModerationStatus
#: What waits longer is said in amber.
LONG: Final = timedelta(days=1)
#: Words of this many letters have no place to break a line at, so they are given some.
_LONGEST_WORD: Final = 24

#: Icon and tone of each status.
STATUSES: Final[dict[ModerationStatus, tuple[str, str]]] = {
    _S.APPROVED: ("check-circle-fill", "success"),
    _S.REJECTED: ("x-circle-fill", "danger"),
    _S.FLAGGED: ("flag-fill", "warning"),
    _S.PENDING: ("clock", "muted"),
}
#: In the order of the sums, with their forms of one and many.
SUMS: Final[dict[ModerationStatus, tuple[str, str]]] = {
    _S.APPROVED: (
        str(QT_TRANSLATE_NOOP("Moderation", "{count} approved")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} approved")),
    ),
    _S.REJECTED: (
        str(QT_TRANSLATE_NOOP("Moderation", "{count} rejected")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} rejected")),
    ),
    _S.FLAGGED: (
        str(QT_TRANSLATE_NOOP("Moderation", "{count} flagged")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} flagged")),
    ),
}
_ROLES: Final[dict[Role, str]] = {
    Role.BUYER: str(QT_TRANSLATE_NOOP("Moderation", "resident")),
    Role.BUILDER: str(QT_TRANSLATE_NOOP("Moderation", "builder")),
    Role.COMMUNITY: str(QT_TRANSLATE_NOOP("Moderation", "community")),
    Role.COMMUNITY_ADMIN: str(QT_TRANSLATE_NOOP("Moderation", "community admin")),
    Role.SALESREP: str(QT_TRANSLATE_NOOP("Moderation", "sales rep")),
    Role.ADMIN: str(QT_TRANSLATE_NOOP("Moderation", "admin")),
}
_RULES: Final[dict[Rule, str]] = {
    Rule.KNOWN_BAD: str(QT_TRANSLATE_NOOP("Moderation", "at the door: a look-alike was rejected")),
    Rule.UNDO: str(QT_TRANSLATE_NOOP("Moderation", "a decision was taken back")),
}
#: Seconds of a unit, and the unit in forms of one and many; the largest first.
_UNITS: Final = (
    (
        86_400,
        str(QT_TRANSLATE_NOOP("Moderation", "{count} day")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} days")),
    ),
    (
        3_600,
        str(QT_TRANSLATE_NOOP("Moderation", "{count} hour")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} hours")),
    ),
    (
        60,
        str(QT_TRANSLATE_NOOP("Moderation", "{count} min")),
        str(QT_TRANSLATE_NOOP("Moderation", "{count} min")),
    ),
)


def aware(moment: datetime) -> datetime:
    """A moment that says no zone is in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def age(since: datetime, now: datetime | None = None) -> timedelta:
    """How long ago it was; never less than nothing, whatever this computer's clock says."""
    return max(timedelta(0), (now or datetime.now(UTC)) - aware(since))


def lasting(span: timedelta, *, parts: int = 2) -> str:
    """``2 days, 6 hours``: the largest units, at most ``parts`` of them; ``under a minute``."""
    seconds, words = int(span.total_seconds()), list[str]()
    for unit, one, many in _UNITS:
        count, rest = divmod(seconds, unit)
        if count and len(words) < parts:
            words.append(counted(count, one, many))
            seconds = rest
        elif words:
            break  # "2 days, 5 min" says more than anybody knows
    return ", ".join(words) or tr("under a minute")


def moment(at: datetime) -> str:
    """``Sun, Oct 12, 8:04 AM``, in local time and the person's language; with another year."""
    local = aware(at).astimezone()
    date, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    year = "" if local.year == datetime.now().year else ", yyyy"
    words = QLocale().toString(date, f"ddd, MMM d{year}")
    return f"{words}, {QLocale().toString(time, QLocale.FormatType.ShortFormat)}"


def day(at: datetime) -> str:
    """``Sep 2``; with another year."""
    local = aware(at).astimezone()
    year = "" if local.year == datetime.now().year else ", yyyy"
    return QLocale().toString(QDate(local.year, local.month, local.day), f"MMM d{year}")


def file_line(one: Media) -> str:
    """``JPG · 2560 x 1920 · 1.9 MB``; of a video also its length. Lines break between parts."""
    kind = one.original_filename.rpartition(".")[2] if "." in one.original_filename else ""
    kind = kind or one.content_type.rpartition("/")[2]
    parts = [kind.upper()[:5]]
    if one.width and one.height:
        parts.append(f"{one.width} × {one.height}")
    if one.duration:
        minutes, seconds = divmod(round(one.duration), 60)
        parts.append(f"{minutes}:{seconds:02}")
    if not one.is_link:
        parts.append(size_text(one.file_size))
    return " · ".join(each.replace(" ", "\u00a0") for each in parts)


def slot_name(one: Media) -> str:
    """``post media``; as the row has it where type or slot are unknown."""
    kind, field = one.entity_type, one.entity_field or ""
    if kind not in set(EntityType):
        return f"{kind} {field}".strip()
    known = find_slot(EntityType(kind), field)
    slot = known.label.lower() if known is not None else field
    return f"{in_a_sentence(EntityType(kind))} {slot}".strip()


def person(name: str | None, role: Role | str | None) -> str:
    """``Jordan T., resident``."""
    if not name:
        return tr("Unknown")
    if not role:
        return name
    word = _ROLES.get(role if isinstance(role, Role) else Role.read(role), "")
    return tr("{name}, {role}").format(name=name, role=tr(word)) if word else name


def look_text(item: Waiting) -> str:
    """Why it is looked at again, without who decided; empty for a first look.

    A second look is to judge the picture, not a colleague.
    """
    if item.look is Look.SAMPLE:
        return tr("Second look: somebody approved this. Decide as if you saw it first.")
    if item.look is Look.APPEAL:
        asked = (item.asked or "").strip()
        words = tr("The uploader asks: “{words}”").format(words=asked) if asked else ""
        return words or tr("The uploader asks for another decision.")
    return ""


def reason_text(code: str | None, policy: Policy) -> str:
    """The words of a reason; a code that was removed meanwhile stands for itself."""
    if not code:
        return ""
    known = policy.reason(code)
    return known.text if known is not None else code.replace("_", " ")


def history_line(record: Record, policy: Policy, names: Mapping[str, str]) -> str:
    """``Flagged Oct 12: Advertising, by Ada``; nobody is named who is not in ``names``."""
    word = status_word(record.after)
    words = tr("{status} {day}").format(status=word, day=day(record.at))
    if why := reason_text(record.reason, policy):
        words = f"{words}: {why}"
    if record.rule is not None:
        words = f"{words} ({tr(_RULES[record.rule])})"
    elif record.account in names:
        words = tr("{words}, by {name}").format(words=words, name=names[record.account])
    if record.undone_at is not None:
        words = tr("{words}; taken back").format(words=words)
    return words


def breakable(text: str) -> str:
    """With places to break a line at in words that are wider than any column."""
    return " ".join(
        "\u200b".join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
        for word in text.split(" ")
    )
