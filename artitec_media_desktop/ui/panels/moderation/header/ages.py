"""How many wait how long: a button an age, which filters by it."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyleOptionToolButton, QWidget

from .....domain.review_queue import AGES, OLDER, QueueCounts
from .....domain.search import Search, Term
from ....theme import Height, Space, font, theme
from ....upload_words import number
from ....widgets.buttons import ToolButton
from ..words import tr

_BAR: Final = 3
_PADDING: Final = Space.S
#: Of each age: in short, in full, and the terms of a search for it.
_AGES: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "hour": (
        str(QT_TRANSLATE_NOOP("Moderation", "< 1 h")),
        str(QT_TRANSLATE_NOOP("Moderation", "Less than an hour")),
        ("<1h",),
    ),
    "day": (
        str(QT_TRANSLATE_NOOP("Moderation", "1 day")),
        str(QT_TRANSLATE_NOOP("Moderation", "An hour to a day")),
        (">=1h", "<1d"),
    ),
    "three_days": (
        str(QT_TRANSLATE_NOOP("Moderation", "3 days")),
        str(QT_TRANSLATE_NOOP("Moderation", "One to three days")),
        (">=1d", "<3d"),
    ),
    "week": (
        str(QT_TRANSLATE_NOOP("Moderation", "Week")),
        str(QT_TRANSLATE_NOOP("Moderation", "Three days to a week")),
        (">=3d", "<7d"),
    ),
    OLDER: (
        str(QT_TRANSLATE_NOOP("Moderation", "Older")),
        str(QT_TRANSLATE_NOOP("Moderation", "Over a week")),
        (">=7d",),
    ),
}
KEYS: Final = (*(key for key, _ in AGES), OLDER)
#: Ages that are long are told in amber.
_LONG: Final = ("three_days", "week", OLDER)


def age_words(key: str) -> str:
    """``One to three days``."""
    return tr(_AGES[key][1])


def age_terms(key: str) -> tuple[Term, ...]:
    """What finds the items of an age."""
    return tuple(Term("age", (value,)) for value in _AGES[key][2])


def without_age(search: Search) -> Search:
    """The search with items of all ages."""
    return Search(tuple(each for each in search.terms if each.field != "age"), search.order)


def age_of(search: Search) -> str:
    """The key of the age that a search asks for; empty for none, or for another span."""
    asked = tuple(each for each in search.terms if each.field == "age")
    return next((key for key in KEYS if asked and age_terms(key) == asked), "")


class AgeButton(ToolButton):
    """A number over its age, and below them how it compares with the others."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.count, self._share = 0, 0.0
        self.setProperty("kind", "icon")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0, 0)

    def show_count(self, count: int, most: int) -> None:
        """So many of this age; ``most`` is the largest number of any."""
        self.count, self._share = count, count / most if most else 0.0
        words = tr("{age}: {count} waiting").format(age=age_words(self.key), count=number(count))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the wider of its words."""
        texts = ((number(self.count), "small_strong"), (tr(_AGES[self.key][0]), "caption"))
        wide = max(QFontMetrics(font(role)).horizontalAdvance(text) for text, role in texts)
        return QSize(wide + 2 * _PADDING, Height.HEADER_TOOLS - 2 * Space.XS)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        style = self.style()
        style.drawComplexControl(style.ComplexControl.CC_ToolButton, option, painter, self)
        urgent = bool(self.count) and self.key in _LONG
        half = (self.height() - _BAR - Space.XS) // 2
        center = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(font("small_strong"))
        painter.setPen(theme().color("warning" if urgent else "text" if self.count else "muted"))
        painter.drawText(QRect(0, 2, self.width(), half), center, number(self.count))
        painter.setFont(font("caption"))
        painter.setPen(theme().color("muted"))
        painter.drawText(QRect(0, half, self.width(), half), center, tr(_AGES[self.key][0]))
        self._paint_bar(painter, "warning" if urgent else "accent")

    def _paint_bar(self, painter: QPainter, ink: str) -> None:
        room = self.width() - 2 * _PADDING
        track = QRectF(_PADDING, self.height() - _BAR - Space.XS, room, _BAR)
        painter.fillRect(track, theme().color("track"))
        if self.count:
            track.setWidth(max(2.0, room * self._share))
            painter.fillRect(track, theme().color(ink))


class AgeBar(QWidget):
    """All ages side by side; one may be chosen, and let go again."""

    #: The key of an age; empty: all ages.
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How long they have been waiting"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons = {key: AgeButton(key) for key in KEYS}
        for key, made in self.buttons.items():
            made.clicked.connect(lambda on=False, key=key: self.chosen.emit(key if on else ""))
            row.addWidget(made)

    def show_counts(self, counts: QueueCounts) -> None:
        """Other numbers."""
        found = {each.label_key: each.count for each in counts.buckets}
        most = max(found.values(), default=0)
        for key, made in self.buttons.items():
            made.show_count(found.get(key, 0), most)

    def show_chosen(self, key: str) -> None:
        """Which one is filtered by; empty for none."""
        for each, made in self.buttons.items():
            made.setChecked(each == key)
