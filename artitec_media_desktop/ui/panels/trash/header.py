"""The head of the trash page: its name and sum, the search, and what is done about the rows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ....domain.permissions import Decision
from ....domain.trash import TrashItem
from ...theme import Height, Space
from ...widgets import SearchField, button, label
from .model import TrashModel
from .words import FOR_GOOD_KEYS, total, tr

_SEARCH: Final = 280


class TrashHeader(QWidget):
    """Title, sum, Empty trash."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.HEADER)
        self.sentence = label(role="small")
        self.empty = button(tr("Empty trash…"), "trash", "danger")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(tr("Trash"), "title"))
        words.addWidget(self.sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.addLayout(words, 1)
        row.addWidget(self.empty)

    def show_rows(self, rows: TrashModel, is_busy: bool) -> None:
        """Say how much there is, and whether it may be removed."""
        kept = tr("emptied by itself after 30 days")
        if rows.search.split() or not rows.total:
            self.sentence.setText(kept[:1].upper() + kept[1:])
        else:
            self.sentence.setText(f"{total(rows.total, rows.total_bytes)} · {kept}")
        may = rows.may_purge
        if rows.search.split():
            may = may and Decision(False, tr("Clear the search first: this empties all of it."))
        elif not rows.total:
            may = Decision(False, tr("The trash is empty."))
        offer(self.empty, may, is_busy, tr("Delete everything in the trash for good"))
        self.empty.setVisible(rows.is_loaded)


class TrashBar(QWidget):
    """The search, and what can be done with the selection."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.FILTER_BAR)
        self.search = SearchField(tr("Search the trash"), "/")
        self.search.setMaximumWidth(_SEARCH)
        self.found = label(role="small")
        self.restore = button(tr("Put back"), "arrow-counter-clockwise", small=True)
        self.purge = button(tr("Delete for good…"), "trash", "danger", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.search, 1)
        row.addWidget(self.found)
        row.addStretch(1)
        row.addWidget(self.restore)
        row.addWidget(self.purge)

    def show_rows(self, rows: TrashModel, chosen: Sequence[TrashItem], is_busy: bool) -> None:
        """Offer what may be done with the selection; the rest says on hover why not."""
        found = tr("{total} found").format(total=total(rows.total, rows.total_bytes))
        if rows.items and rows.error is not None:
            found = tr("Not up to date")
        elif not rows.search.split() or not rows.total:
            found = ""
        self.found.setText(found)
        self.found.setToolTip("" if rows.error is None else rows.error.message)
        offer(self.restore, may_restore(chosen), is_busy, f"{tr('Put back')}  R")
        words = f"{tr('Delete for good')}  {FOR_GOOD_KEYS}"
        offer(self.purge, may_purge(rows, chosen), is_busy, words)


def may_restore(chosen: Sequence[TrashItem]) -> Decision:
    """Whether any of these may be put back."""
    if not chosen:
        return Decision(False, tr("Select something first."))
    return next((each.may_restore for each in chosen if each.may_restore), chosen[0].may_restore)


def may_purge(rows: TrashModel, chosen: Sequence[TrashItem]) -> Decision:
    """Whether these may be removed for good."""
    if not rows.may_purge or chosen:
        return rows.may_purge
    return Decision(False, tr("Select something first."))


def offer(made: QPushButton, may: Decision, is_busy: bool, words: str) -> None:
    """Enable a button, or grey it with the reason on hover."""
    if is_busy:
        may = Decision(False, tr("One moment: something is under way."))
    made.setEnabled(may.allowed)
    made.setToolTip(words if may else may.reason)
    made.setAccessibleDescription("" if may else may.reason)
