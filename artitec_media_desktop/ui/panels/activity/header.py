"""The head of the activity page: its name, the filters, and what is done about an entry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ....domain.activity import Activity, ActivityQuery
from ....domain.permissions import ALLOWED, Decision
from ...theme import Height, Space
from ...widgets import Choice, SearchField, Segments, button, label
from .words import FILTERS, tr

_SEARCH = 280


class ActivityHeader(QWidget):
    """Title, and what the page is about."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.HEADER)
        self.sentence = label(role="small")
        words = QVBoxLayout(self)
        words.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(tr("Activity"), "title"))
        words.addWidget(self.sentence)
        words.addStretch(1)


class ActivityBar(QWidget):
    """Filters on the left; on the right what can be done with the entry that is selected."""

    #: A filter other than the words was chosen.
    filtered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.FILTER_BAR)
        self.search = SearchField(tr("Search names and places"), "/")
        self.search.setMaximumWidth(_SEARCH)
        self.whose = Segments([("all", tr("Everybody")), ("mine", tr("Me"))])
        self.whose.setAccessibleName(tr("Whose changes"))
        self.whose.set_value("all")
        self.kind = Choice()
        self.kind.setAccessibleName(tr("Which changes"))
        for value, words in FILTERS:
            self.kind.addItem(tr(words), value)
        self.open = button(tr("Open"), "arrow-square-out", small=True)
        self.undo = button(tr("Undo"), "arrow-counter-clockwise", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.search, 1)
        row.addWidget(self.whose)
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self.open)
        row.addWidget(self.undo)
        self.whose.chosen.connect(lambda _value: self.filtered.emit())
        self.kind.currentIndexChanged.connect(lambda _at: self.filtered.emit())

    @property
    def query(self) -> ActivityQuery:
        """What is filtered by."""
        words = " ".join(self.search.text().split())
        return ActivityQuery(self.whose.value == "mine", self.kind.currentData() or "", words)

    def clear(self) -> None:
        """Let everything through."""
        self.whose.set_value("all")
        self.kind.setCurrentIndex(0)
        self.search.clear()
        self.filtered.emit()

    def show_entry(self, entry: Activity | None, is_busy: bool) -> None:
        """Offer what may be done with it; the rest says on hover why not."""
        offer(self.open, may_open(entry), tr("Open  Enter"))
        offer(self.undo, may_undo(entry, is_busy), tr("Undo  Z"))


def may_open(entry: Activity | None) -> Decision:
    """Whether there is anything of an entry to go to."""
    if entry is None:
        return Decision(False, tr("Select something first."))
    if entry.places or any(each.media_type is not None for each in entry.media):
        return ALLOWED
    return Decision(False, tr("Nothing of this is left in the library."))


def may_undo(entry: Activity | None, is_busy: bool) -> Decision:
    """Whether an entry may be taken back."""
    if entry is None:
        return Decision(False, tr("Select something first."))
    if is_busy:
        return Decision(False, tr("One moment: something is under way."))
    return entry.may_undo


def offer(made: QPushButton, may: Decision, words: str) -> None:
    """Enable a button, or grey it with the reason on hover."""
    made.setEnabled(may.allowed)
    made.setToolTip(words if may else may.reason)
    made.setAccessibleDescription("" if may else may.reason)
