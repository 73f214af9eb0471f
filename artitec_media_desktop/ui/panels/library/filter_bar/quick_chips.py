"""The conditions that are wanted most often, each with the number of media that meet it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .....domain.search import Search, Term
from ....filtering.words import term_text
from ....theme import Space
from ....widgets import Chip
from .counting import QUICK, Counts


class QuickChips(QWidget):
    """A chip a condition that something meets; the last are left out where there is no room."""

    #: Term
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: list[Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self.chips: dict[Term, Chip] = {}
        for term in QUICK:
            chip = Chip(term_text(term))
            chip.setCheckable(False)
            chip.hide()
            chip.clicked.connect(lambda _=False, term=term: self.wanted.emit(term))
            row.addWidget(chip)
            self.chips[term] = chip
        row.addStretch(1)

    def show_counts(self, counts: Counts | None, search: Search) -> None:
        """Offer what meets something; what is searched for already stands in the field."""
        for term, chip in self.chips.items():
            number = 0 if counts is None else counts.quick.get(term, 0)
            chip.set_count(number)
        shown = [each for each in QUICK if self.chips[each].count and each not in search.terms]
        self._wanted = [self.chips[each] for each in shown]
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Chips that have no room are left out."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Perhaps there is room for one more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left = self.width()
        for chip in self.chips.values():
            left -= chip.sizeHint().width() if chip in self._wanted else 0
            chip.setVisible(chip in self._wanted and left >= 0)
            left -= Space.S if chip in self._wanted else 0
