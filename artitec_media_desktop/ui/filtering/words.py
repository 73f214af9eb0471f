"""What the filter bar says, in words."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ...domain.media import ModerationStatus
from ...domain.search import Order, Search, Term
from ..change_words import items
from ..status_words import status_word
from ..upload_words import number

_LONGEST_NAME: Final = 40
#: What a condition is called, where there are words for it; others are shown as they are typed.
_TERMS: Final[dict[tuple[str, str], str]] = {
    ("missing", "alt"): str(QT_TRANSLATE_NOOP("Filter", "No alt text")),
    ("missing", "caption"): str(QT_TRANSLATE_NOOP("Filter", "No caption")),
    ("missing", "tags"): str(QT_TRANSLATE_NOOP("Filter", "No tags")),
    ("type", "video"): str(QT_TRANSLATE_NOOP("Filter", "Videos")),
    ("type", "image"): str(QT_TRANSLATE_NOOP("Filter", "Images")),
    ("is", "primary"): str(QT_TRANSLATE_NOOP("Filter", "Primary")),
    ("is", "private"): str(QT_TRANSLATE_NOOP("Filter", "Private")),
    ("is", "public"): str(QT_TRANSLATE_NOOP("Filter", "Public")),
    ("is", "link"): str(QT_TRANSLATE_NOOP("Filter", "Links")),
    ("look", "sample"): str(QT_TRANSLATE_NOOP("Filter", "Second look by lot")),
    ("look", "appeal"): str(QT_TRANSLATE_NOOP("Filter", "Appeals")),
    ("uploader", "me"): str(QT_TRANSLATE_NOOP("Filter", "Uploaded by me")),
}
#: What the fields are called in the menu and beside their completions.
FIELD_NAMES: Final[dict[str, str]] = {
    "slot": str(QT_TRANSLATE_NOOP("Filter", "Slot")),
    "type": str(QT_TRANSLATE_NOOP("Filter", "Type")),
    "status": str(QT_TRANSLATE_NOOP("Filter", "Status")),
    "tag": str(QT_TRANSLATE_NOOP("Filter", "Tag")),
    "missing": str(QT_TRANSLATE_NOOP("Filter", "Missing")),
    "taken": str(QT_TRANSLATE_NOOP("Filter", "Date taken")),
    "added": str(QT_TRANSLATE_NOOP("Filter", "Date added")),
    "age": str(QT_TRANSLATE_NOOP("Filter", "Waiting for")),
    "uploader": str(QT_TRANSLATE_NOOP("Filter", "Uploaded by")),
    "size": str(QT_TRANSLATE_NOOP("Filter", "File size")),
    "camera": str(QT_TRANSLATE_NOOP("Filter", "Camera")),
    "entity": str(QT_TRANSLATE_NOOP("Filter", "Place")),
    "score": str(QT_TRANSLATE_NOOP("Filter", "Automatic check")),
    "look": str(QT_TRANSLATE_NOOP("Filter", "Second look")),
    "is": str(QT_TRANSLATE_NOOP("Filter", "Only")),
    "sort": str(QT_TRANSLATE_NOOP("Filter", "Order")),
}
#: Words and values of ages that are asked for most.
AGES: Final = (
    (str(QT_TRANSLATE_NOOP("Filter", "Less than an hour")), "<1h"),
    (str(QT_TRANSLATE_NOOP("Filter", "Over a day")), ">1d"),
    (str(QT_TRANSLATE_NOOP("Filter", "Over three days")), ">3d"),
    (str(QT_TRANSLATE_NOOP("Filter", "Over a week")), ">7d"),
)
ORDERS: Final[dict[Order, str]] = {
    Order.PLACE: str(QT_TRANSLATE_NOOP("Filter", "Gallery order")),
    Order.NEWEST: str(QT_TRANSLATE_NOOP("Filter", "Newest first")),
    Order.OLDEST: str(QT_TRANSLATE_NOOP("Filter", "Oldest first")),
    Order.NAME: str(QT_TRANSLATE_NOOP("Filter", "File name")),
    Order.SIZE: str(QT_TRANSLATE_NOOP("Filter", "Largest first")),
    Order.TAKEN: str(QT_TRANSLATE_NOOP("Filter", "Date taken")),
    Order.STATUS: str(QT_TRANSLATE_NOOP("Filter", "Status")),
}


def tr(text: str) -> str:
    """Translate a text of the filter bar."""
    return QCoreApplication.translate("Filter", text)


def term_text(term: Term) -> str:
    """A condition as its chip shows it: ``No alt text``, else as it is typed."""
    if not term.negated and len(term.values) == 1:
        known = _TERMS.get((term.field, term.values[0]))
        if known is not None:
            return tr(known)
        if term.field == "status" and term.values[0] in set(ModerationStatus):
            return status_word(ModerationStatus(term.values[0]))
    return term.label


def search_text(search: Search) -> str:
    """A name for a search: its conditions, as far as a name is long."""
    name = ", ".join(term_text(each) for each in search.terms)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def value_text(field: str, value: str) -> str:
    """One value of a field in words: ``Pending``; its own spelling where there are none."""
    known = _TERMS.get((field, value))
    return value if known is None else tr(known)


def found_text(found: int, total: int | None) -> str:
    """``23 of 41``; without a total that differs, ``23 items``."""
    if total is None or total < found:
        return items(found)
    return tr("{found} of {total}").format(found=number(found), total=number(total))
