"""What somebody else wrote first: theirs and mine, one media after the other."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ....theme import Space
from ....widgets import button, has_keyboard, label, line
from .draft import Dispute
from .words import NAMES, number, tr

_LONGEST = 300


class DisputeStrip(QWidget):
    """Stays until all are decided; nothing is overwritten before that."""

    #: Those that are decided (a list of Dispute), and whether mine is to be written.
    decided = Signal(object, bool)
    #: The last is decided, and the keyboard was here.
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._disputes: list[Dispute] = []
        self.setProperty("ground", "warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label("", "strong")
        self._words = label("", "small", "text")
        self._words.setWordWrap(True)
        self._values = QWidget()
        self._grid = QGridLayout(self._values)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self.theirs = button(tr("Keep theirs"), small=True)
        self.mine = button(tr("Write mine"), small=True)
        self.all_theirs = button(tr("Keep all theirs"), kind="quiet", small=True)
        self.all_mine = button(tr("Write all mine"), kind="quiet", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        inner.setSpacing(Space.S)
        for each in (self._title, self._words, self._values):
            inner.addWidget(each)
        for pair in ((self.theirs, self.mine), (self.all_theirs, self.all_mine)):
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            for each in pair:
                row.addWidget(each)
            row.addStretch(1)
            inner.addLayout(row)
        column.addLayout(inner)
        column.addWidget(line())
        self.theirs.clicked.connect(lambda: self._decide(1, False))
        self.mine.clicked.connect(lambda: self._decide(1, True))
        self.all_theirs.clicked.connect(lambda: self._decide(len(self._disputes), False))
        self.all_mine.clicked.connect(lambda: self._decide(len(self._disputes), True))
        self.hide()

    @property
    def disputes(self) -> Sequence[Dispute]:
        """Those that nobody has decided yet."""
        return self._disputes

    def add(self, disputes: Sequence[Dispute]) -> None:
        """Ask about these, and of each media about the newest only."""
        found = {each.media.public_id: each for each in (*self._disputes, *disputes)}
        self._disputes = list(found.values())
        self._show()

    def _decide(self, count: int, mine: bool) -> None:
        decided, self._disputes = self._disputes[:count], self._disputes[count:]
        self._show()
        if decided:
            self.decided.emit(decided, mine)

    def _show(self) -> None:
        if not self._disputes and has_keyboard(self):
            self.left.emit()
        self.setVisible(bool(self._disputes))
        if not self._disputes:
            return
        first, count = self._disputes[0], len(self._disputes)
        title = tr("Somebody else was faster")
        of = tr("{title}: 1 of {count}").format(title=title, count=number(count))
        self._title.setText(title if count == 1 else of)
        self._words.setText(first.error.message)
        self._show_values(first)
        self.all_theirs.setVisible(count > 1)
        self.all_mine.setVisible(count > 1)
        self.setAccessibleName(first.error.message)

    def _show_values(self, dispute: Dispute) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        at = 0
        for column, theirs in dispute.error.theirs.items():
            mine = dispute.error.mine.get(column)
            if len(dispute.error.theirs) > 1:
                self._grid.addWidget(label(tr(NAMES.get(column, column)), "small"), at, 0, 1, 2)
                at += 1
            for name, value in ((tr("Theirs"), theirs), (tr("Mine"), mine)):
                said = label(_words(column, value), "small", "text")
                said.setWordWrap(True)
                said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                top = Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(label(name, "small_strong"), at, 0, top)
                self._grid.addWidget(said, at, 1, top)
                at += 1


def _words(column: str, value: Any) -> str:
    if column == "is_public":
        return tr("Public") if value else tr("Private")
    if column == "is_primary":
        return tr("Primary") if value else tr("Not primary")
    text = str(value or "")
    text = text[:_LONGEST] + "…" if len(text) > _LONGEST else text
    return f"“{text}”" if text else tr("Empty")
