"""What may follow where one types: fields, their values, tags in use, places."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ...domain.errors import MediaError
from ...domain.search import Order, Term, fold
from ...domain.search_fields import FIELDS
from ..painting import fill, text
from ..theme import Height, Space, font, theme
from .filter_menu import periods
from .words import FIELD_NAMES, ORDERS, tr, value_text

if TYPE_CHECKING:
    from ...bootstrap import App

Index = QModelIndex | QPersistentModelIndex
_AT_MOST: Final = 8
_WIDE: Final = 280
_BEGUN: Final = re.compile(r"(-?)([A-Za-z]+):(.*)", re.DOTALL)
_SPANS: Final = {
    "size": (">5mb", ">1mb", "<100kb", "1mb..5mb"),
    "age": (">1d", ">3d", "<12h", "1d..1w"),
    "score": (">0.6", ">0.9", "<0.2", "0.2..0.6"),
}
#: Entities whose name begins so, or has such a word: public id and name.
Places = Callable[[str, int], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Offer:
    """``text`` takes the place of the word at the cursor; ``detail`` says what it is."""

    text: str
    shown: str
    detail: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a condition already; a field still needs its value."""
        return not self.text.endswith(":")


def word_at(typed: str, cursor: int) -> tuple[int, str]:
    """The word before the cursor and where it begins; a quote holds blanks together."""
    start, quoted = 0, False
    for at, letter in enumerate(typed[:cursor]):
        if letter == '"':
            quoted = not quoted
        elif letter.isspace() and not quoted:
            start = at + 1
    return start, typed[start:cursor]


def offers(
    word: str, tags: Iterable[tuple[str, int]] = (), places: Places | None = None
) -> list[Offer]:
    """What may become of a word that was begun."""
    begun = _BEGUN.fullmatch(word)
    if begun is None:
        return _fields(word)
    minus, field, values = begun[1], begun[2].lower(), begun[3]
    if field != "sort" and field not in FIELDS:
        return []
    comma = values.rfind(",") + 1
    part = values[comma:].lstrip('"')
    found = _values(field, part, tags, places)
    return [
        Offer(f"{minus}{field}:{values[:comma]}{_spelled(field, value)}", shown, detail)
        for value, shown, detail in found
        if shown.casefold() != part.casefold() or detail
    ][:_AT_MOST]


def _fields(word: str) -> list[Offer]:
    minus, begun = word[: word.startswith("-")], word.lstrip("-").lower()
    names = [each for each in (*FIELDS, "sort") if begun and each.startswith(begun)]
    return [Offer(f"{minus}{each}:", f"{each}:", tr(FIELD_NAMES[each])) for each in names]


def _values(
    field: str, part: str, tags: Iterable[tuple[str, int]], places: Places | None
) -> list[tuple[str, str, str]]:
    """Value, how it is shown, and what it is."""
    if field == "tag":
        return [(tag, tag, str(number)) for tag, number in tags if _begins(tag, part)]
    if field == "entity":
        found = places(part, _AT_MOST) if places is not None and part else ()
        return [(public_id, name, public_id) for public_id, name in found]
    if field in ("taken", "added"):
        known = [(value, value, words) for words, value in periods(datetime.now(UTC))]
    elif field == "sort":
        known = [(each.value, each.value, tr(ORDERS[each])) for each in Order]
    elif field in _SPANS:
        known = [(each, each, "") for each in _SPANS[field]]
    elif field == "uploader":
        known = [("me", "me", value_text("uploader", "me"))]
    else:
        known = [(each, each, _words(field, each)) for each in FIELDS[field].values]
    return [each for each in known if _begins(each[0], part)]


def _words(field: str, value: str) -> str:
    words = value_text(field, value)
    return "" if words == value else words


def _begins(value: str, part: str) -> bool:
    return fold(value).startswith(fold(part))


def is_meant(word: str, found: Sequence[Offer]) -> bool:
    """Whether the first offer is what one who goes on types: nothing is called as it stands.

    Of a name or a camera any part will do, and finds.
    """
    begun = _BEGUN.fullmatch(word)
    if begun is None or not found:
        return False
    field, part = begun[2].lower(), begun[3].rpartition(",")[2].lstrip('"')
    is_whole = field in ("tag", "sort") or bool(FIELDS[field].values)
    return is_whole and bool(part) and all(fold(each.shown) != fold(part) for each in found)


def _spelled(field: str, value: str) -> str:
    return value if field == "sort" else Term(field, (value,)).label.partition(":")[2]


class Completion(QObject):
    """Shows offers below a field while one types; asks for tags in a worker."""

    #: A condition is complete.
    completed = Signal()

    def __init__(self, app: "App", edit: QLineEdit, places: Places) -> None:
        super().__init__(edit)
        self._app, self._edit, self._places = app, edit, places
        self._asked = 0
        #: As they were answered last.
        self._tags: Sequence[tuple[str, int]] = ()
        self._rows = _Rows()
        self._list = _List()
        self._completer = QCompleter(self._rows, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_AT_MOST)
        self._completer.setPopup(self._list)
        self._completer.setWidget(edit)
        self._list.setItemDelegate(_Delegate(self._list))
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        edit.textEdited.connect(self.update)

    @property
    def is_open(self) -> bool:
        """Whether a row is chosen that Enter would take."""
        return self._list.isVisible() and self._list.currentIndex().isValid()

    @property
    def shown(self) -> list[Offer]:
        """What is offered now."""
        return self._rows.offers if self._list.isVisible() else []

    def update(self) -> None:
        """Offer what fits what is typed now."""
        self._asked += 1
        _, word = word_at(self._edit.text(), self._edit.cursorPosition())
        begun = _BEGUN.fullmatch(word)
        if begun is not None and begun[2].lower() == "tag":
            # Enter must not take what was offered for an earlier text.
            self._show(word, offers(word, self._tags))
            number, part = self._asked, begun[3].rpartition(",")[2].lstrip('"')
            self._app.runner.run(
                lambda _: (number, self._app.library.tags_in_use(part, _AT_MOST)),
                self._tags_read,
                self._tags_missing,
            )
        else:
            self._show(word, offers(word, (), self._places))

    def _tags_read(self, answer: tuple[int, Sequence[tuple[str, int]]]) -> None:
        number, tags = answer
        if number == self._asked:
            self._tags = tags
            _, word = word_at(self._edit.text(), self._edit.cursorPosition())
            self._show(word, offers(word, tags))

    def _tags_missing(self, _error: MediaError) -> None:
        """One types on without."""

    def _show(self, word: str, found: Sequence[Offer]) -> None:
        if not found or not self._edit.hasFocus():
            self._list.hide()
            return
        self._rows.set_offers(found)
        below = self._edit.cursorRect()
        self._completer.complete(QRect(below.left(), 0, _WIDE, self._edit.height() + Space.XS))
        meant = self._rows.index(0) if is_meant(word, found) else QModelIndex()
        self._list.setCurrentIndex(meant)

    def _take(self, index: QModelIndex) -> None:
        offer = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(offer, Offer):
            return
        typed, cursor = self._edit.text(), self._edit.cursorPosition()
        start, _ = word_at(typed, cursor)
        self._edit.setText(typed[:start] + offer.text + typed[cursor:])
        self._edit.setCursorPosition(start + len(offer.text))
        if offer.is_whole:
            self.completed.emit()
        else:
            self._edit.textEdited.emit(self._edit.text())


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.offers: list[Offer] = []

    def set_offers(self, found: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = list(found)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.shown
        return (
            f"{offer.shown}, {offer.detail}" if role == Qt.ItemDataRole.AccessibleTextRole else None
        )


class _List(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "completion")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDE, Height.TREE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = QStyle.StateFlag
        if option.state & (state.State_Selected | state.State_MouseOver):
            chosen = bool(option.state & state.State_Selected)
            fill(painter, QRectF(option.rect), theme().color("selection" if chosen else "hover"))
        row = option.rect.adjusted(Space.S, 0, -Space.S, 0)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        wide = text(painter, row, offer.detail, font("small"), theme().color("muted"), right)
        row.setRight(row.right() - wide - Space.S)
        text(painter, row, offer.shown, font("body"), theme().color("text"))
        painter.restore()
