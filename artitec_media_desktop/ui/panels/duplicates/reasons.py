"""Beside the pictures: why this one is kept, and exactly what accepting does."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ....domain.limits import size_text
from ...theme import Icon, Space, theme
from ...theme.icons import draw
from ...widgets import ElidedLabel, button, icon_button, label, line
from ...widgets.scrolled import scroll_area
from .consequences import Item, Part, parts_of
from .reading import Case
from .reason_words import reason_items
from .words import tr

_FOOT: Final = 48


class Reasons(QWidget):
    """Made anew for each case."""

    #: Those on other places are to go as well, or to stay after all.
    all_wanted = Signal(bool)
    #: The order of the rules is to be changed.
    rules_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Why, and what happens"))
        self.case: Case | None = None
        self.area = scroll_area(QWidget())
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.freed = label(role="strong")
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.addWidget(label(tr("Frees"), "muted"))
        row.addStretch(1)
        row.addWidget(self.freed)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.area, 1)
        down.addWidget(line())
        down.addWidget(foot)

    def show_case(self, case: Case | None) -> None:
        """Say it of another group, or of another choice."""
        self.case = case
        body = QWidget()
        body.setAutoFillBackground(False)
        down = QVBoxLayout(body)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        if case is not None:
            self._fill(down, case)
        down.addStretch(1)
        self.area.setWidget(body)
        self.freed.setText("" if case is None else size_text(case.merge.freed))

    def words(self) -> str:
        """All of it as one text; for those who listen, and for tests."""
        case = self.case
        if case is None:
            return ""
        items = [*reason_items(case), *(item for part in parts_of(case) for item in part.items)]
        return "\n".join(f"{each.title}: {each.text}".rstrip(": ") for each in items)

    def _fill(self, down: QVBoxLayout, case: Case) -> None:
        self._head(down, tr("Why this one is kept"), rules=True)
        self._items(down, reason_items(case))
        down.addSpacing(Space.XS)
        down.addWidget(line())
        down.addSpacing(Space.XS)
        self._head(down, tr("When you accept"))
        for part in parts_of(case):
            down.addWidget(label(part.title, "muted"))
            self._items(down, part.items)
            if part.offer is not None:
                self._offer(down, part)

    def _head(self, down: QVBoxLayout, text: str, rules: bool = False) -> None:
        row = QHBoxLayout()
        title = label(text, "section")
        title.setWordWrap(True)
        row.addWidget(title, 1)
        if rules:
            words = tr("Which reasons count before others")
            change = icon_button("sliders-horizontal", words, "Ctrl+Shift+K", "muted")
            change.clicked.connect(self.rules_wanted)
            row.addWidget(change)
        down.addLayout(row)

    def _items(self, down: QVBoxLayout, items: Sequence[Item]) -> None:
        for each in items:
            down.addWidget(_ItemRow(each))

    def _offer(self, down: QVBoxLayout, part: Part) -> None:
        words, wanted = part.offer or ("", True)
        made = button(words, small=True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.all_wanted.emit(wanted))
        down.addWidget(made)


class _ItemRow(QWidget):
    """An icon, what it is, and a line about it below."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(_Mark(item.icon, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text, role in ((item.title, "body"), (item.text, "small")):
            if text:
                words.addWidget(_words(text, role))
        row.addLayout(words, 1)


def _words(text: str, role: str) -> QLabel:
    """As many lines as it takes; a file's name has no place to break, so it is cut."""
    if " " not in text:
        return ElidedLabel(text, role, Qt.TextElideMode.ElideMiddle)
    made = label(text, role)
    made.setWordWrap(True)
    return made


class _Mark(QWidget):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._look = (name, tone)
        self.setFixedSize(Icon.ROW, Icon.RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        name, tone = self._look
        draw(QPainter(self), QRect(self.rect()), name, theme().color(tone))
