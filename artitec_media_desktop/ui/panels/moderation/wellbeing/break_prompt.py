"""A kind word over the picture when a break would do good."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ....theme import Icon, Space, theme
from ....theme.icons import pixmap
from ....widgets import button, label
from ..words import counted, tr
from .sitting import Sitting


class BreakPrompt(QWidget):
    """Nothing waits for an answer; it can be left standing there."""

    #: The person takes a break: what is held can go to others.
    taken = Signal()

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._icon, self.words = label(), label()
        self.words.setWordWrap(True)
        self.later = button(tr("Later"), small=True)
        self.take = button(tr("Take a break"), small=True, kind="primary")
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.later)
        row.addWidget(self.take)
        for each in (self.later, self.take):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the picture
        self.later.clicked.connect(self._put_off)
        self.take.clicked.connect(self._rest)
        sitting.break_due.connect(self._ask)
        theme().changed.connect(self._draw)
        self._draw()
        self.hide()

    def _ask(self) -> None:
        minutes, views = self._sitting.minutes, self._sitting.views_today
        told = []
        if minutes:
            told.append(counted(minutes, "{count} minute in a row", "{count} minutes in a row"))
        if views:
            told.append(counted(views, "{count} clear look today", "{count} clear looks today"))
        kind = tr("You have done a lot: {what}. A few minutes away from it do good.")
        self.words.setText(kind.format(what=", ".join(told)))
        self.setAccessibleName(self.words.text())
        self.show()

    def _put_off(self) -> None:
        self._sitting.later()
        self.hide()

    def _rest(self) -> None:
        self._sitting.rest()
        self.hide()
        self.taken.emit()

    def _draw(self) -> None:
        ink, ratio = theme().color("accent"), self.devicePixelRatioF()
        self._icon.setPixmap(pixmap("coffee", Icon.RAIL, ink, ratio))
