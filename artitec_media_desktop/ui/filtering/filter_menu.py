"""The menu of the Filter button: every field with its values, each of which becomes a chip."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ...domain.entities import EntityType
from ...domain.errors import MediaError
from ...domain.search import EVERYTHING, Search, Term
from ...domain.search_fields import FIELDS
from ..entity_words import plural
from ..widgets import menu
from .words import AGES, FIELD_NAMES, tr, value_text

if TYPE_CHECKING:
    from ...bootstrap import App

#: The order of the menu in a library.
FIELDS_OF_LIBRARY: Final = (
    "slot", "type", "status", "tag", "taken", "added", "uploader", "missing", "size", "camera",
    "entity", "is",
)  # fmt: skip
_SIZES: Final = (">10mb", ">5mb", ">1mb", "<100kb")
_SCORES: Final = (">0.8", ">0.6", "<0.2")
_TAGS: Final = 12


class FilterMenu(QObject):
    """``menu`` is filled each time it opens."""

    #: Term: add it, or take it away where it is there.
    toggled = Signal(object)
    #: The beginning of what is to be typed: ``camera:``.
    typing_wanted = Signal(str)

    def __init__(
        self, app: "App", parent: QWidget, fields: Sequence[str] = FIELDS_OF_LIBRARY
    ) -> None:
        """``fields`` are offered in their order; slots and places only where there is a choice."""
        super().__init__(parent)
        self._app, self._fields = app, fields
        self._tags: Sequence[str] = ()
        self._shown: QMenu | None = None
        self.search: Search = EVERYTHING
        #: The slots to choose from; in a slot there is no choice.
        self.slots: tuple[str, ...] = ()
        #: Whether to choose between places: only in the whole library.
        self.has_places = False
        self.menu = menu(parent)
        self.menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.menu.clear()
        words = self.menu.addAction(tr("Words…"))
        words.triggered.connect(lambda: self.typing_wanted.emit(""))
        self.menu.addSeparator()
        for field in self._fields:
            if (field != "slot" or self.slots) and (field != "entity" or self.has_places):
                self._add_field(field)
        if "tag" in self._fields:
            self._app.runner.run(
                lambda _: self._app.library.tags_in_use("", _TAGS), self._tags_read, _unread
            )

    def _add_field(self, field: str) -> None:
        name = tr(FIELD_NAMES[field])
        choices = self._choices(field)
        if not choices and field != "tag":
            action = self.menu.addAction(f"{name}…")
            action.triggered.connect(lambda: self.typing_wanted.emit(f"{field}:"))
            return
        inner = menu(self.menu)
        inner.setTitle(name)
        self.menu.addMenu(inner)
        self._add_choices(inner, field, choices)
        if field == "tag":
            self._shown = inner

    def _add_choices(self, inner: QMenu, field: str, choices: Iterable[tuple[str, str]]) -> None:
        for words, value in choices:
            term = Term(field, (FIELDS[field].read(value),))
            action = inner.addAction(words)
            action.setCheckable(True)
            action.setChecked(term in self.search.terms)
            action.triggered.connect(lambda _=False, term=term: self.toggled.emit(term))
        if field == "slot" or not FIELDS[field].values:
            inner.addSeparator()
            other = inner.addAction(tr("Other…"))
            other.triggered.connect(lambda: self.typing_wanted.emit(f"{field}:"))

    def _choices(self, field: str) -> list[tuple[str, str]]:
        """Words and values."""
        match field:
            case "slot":
                return [(each, each) for each in self.slots]
            case "tag":
                return [(each, each) for each in self._tags]
            case "taken" | "added":
                return periods(datetime.now(UTC))
            case "size":
                return [(each, each) for each in _SIZES]
            case "uploader":
                return [(tr("Me"), "me")]
            case "entity":
                return [(plural(kind), kind.value) for kind in EntityType]
            case "age":
                return [(tr(words), value) for words, value in AGES]
            case "score":
                return [(each, each) for each in _SCORES]
        return [(value_text(field, each), each) for each in FIELDS[field].values]

    def _tags_read(self, found: Sequence[tuple[str, int]]) -> None:
        self._tags = [tag for tag, _ in found]
        if self._shown is not None:
            self._shown.clear()
            self._add_choices(self._shown, "tag", self._choices("tag"))


def periods(now: datetime) -> list[tuple[str, str]]:
    """Words and values of the months and years that are asked for most."""
    before = datetime(now.year - (now.month == 1), (now.month - 2) % 12 + 1, 1, tzinfo=UTC)
    return [
        (tr("Today"), f"{now:%Y-%m-%d}"),
        (tr("This month"), f"{now:%Y-%m}"),
        (tr("Last month"), f"{before:%Y-%m}"),
        (tr("This year"), f"{now:%Y}"),
        (tr("Last year"), f"{now.year - 1}"),
    ]


def _unread(_error: MediaError) -> None:
    """The menu goes without tags."""
