"""What the sidebar is put together from: sections, lines with a mark, a pill, a link."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...theme import Height, Icon, Space, font, theme
from ...theme.icons import draw
from ...theme.stylesheet import set_property
from ...widgets import ElidedLabel, label, line
from ...widgets.buttons import BareButton
from .facts_words import breakable

#: The column of names before the facts.
NAME_WIDE: Final = 80
_LINE: Final = 20


class Section(QWidget):
    """A hairline, a heading, and below it whatever is put into ``body``."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = ElidedLabel(title, "strong")
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.S)
        self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.XS)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(Space.XS)
        down.addWidget(line())
        down.addSpacing(Space.M - Space.XS)
        if title:
            down.addLayout(self.head)
        else:
            self.title.hide()
        down.addLayout(self.body)
        down.addSpacing(Space.M - Space.XS)


class MarkedLine(QWidget):
    """An icon and words, which go on in the next line if it ``wraps``; hidden without words."""

    def __init__(self, role: str = "body", *, wraps: bool = True) -> None:
        super().__init__()
        self._mark = Mark()
        self._words = wrapped(role) if wraps else label(role=role)
        self.setSizePolicy(self._words.sizePolicy())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS + 2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text().replace("\u200b", "")

    def say(self, text: str, icon_name: str = "", tone: str = "muted", ink: str = "text") -> None:
        """Say something else; ``tone`` is the icon's, ``ink`` that of the words."""
        self._mark.show_icon(icon_name, tone)
        self._words.setText(breakable(text))
        set_property(self._words, "tone", ink)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Mark(QWidget):
    """An icon in the colour of a tone; without one it takes no room."""

    def __init__(self, name: str = "", tone: str = "muted", px: int = Icon.ROW) -> None:
        super().__init__()
        self._look, self._px = (name, tone), px
        self.setFixedSize(px, _LINE)
        self.setVisible(bool(name))

    def show_icon(self, name: str, tone: str) -> None:
        """Show another; none hides it."""
        if (name, tone) != self._look:
            self._look = (name, tone)
            self.update()
        self.setVisible(bool(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in the middle of its line."""
        name, tone = self._look
        if name:
            draw(QPainter(self), self.rect(), name, theme().color(tone), self._px)


class Pill(QWidget):
    """How long something has been waiting; amber, with a clock, where that is long."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.is_urgent = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, *, urgent: bool) -> None:
        """Show another time."""
        if (text, urgent) == (self.text, self.is_urgent):
            return
        self.text, self.is_urgent = text, urgent
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, and a pill's ends where it is one."""
        metrics = QFontMetrics(font("small_strong" if self.is_urgent else "body"))
        wide = metrics.horizontalAdvance(self.text)
        around = 2 * Space.S + Icon.BADGE + Space.XS if self.is_urgent else 1
        return QSize(wide + around, Height.BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground and a clock, or words alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = QRect(self.rect())
        if self.is_urgent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("warning_bg"))
            half = self.height() / 2
            painter.drawRoundedRect(QRectF(self.rect()), half, half)
            clock = QRect(Space.S, 0, Icon.BADGE, self.height())
            draw(painter, clock, "clock", theme().color("warning"), Icon.BADGE)
            words.setLeft(clock.right() + 1 + Space.XS)
        painter.setFont(font("small_strong" if self.is_urgent else "body"))
        painter.setPen(theme().color("warning" if self.is_urgent else "text"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text)


class Link(BareButton):
    """Words that lead somewhere; cut where they do not fit, then whole on hover."""

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Lead to something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(QFontMetrics(font("body")).horizontalAdvance(self.text()) + 1, _LINE)

    def minimumSizeHint(self) -> QSize:
        """Some letters of it."""
        return QSize(min(self.sizeHint().width(), 2 * Space.XL), _LINE)

    def enterEvent(self, event: QEnterEvent) -> None:
        """It is underlined."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colour of links."""
        painter = QPainter(self)
        face = font("body")
        face.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(face)
        painter.setPen(theme().color("accent" if self.isEnabled() else "text"))
        elide = Qt.TextElideMode.ElideRight
        words = QFontMetrics(face).elidedText(self.text(), elide, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), words)


def wrapped(role: str = "body", tone: str = "") -> QLabel:
    """A label of as many lines as it takes."""
    made = label("", role, tone)
    made.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def fact_row(name: str, value: QWidget, *more: QWidget) -> QWidget:
    """A fact: what it is called, and what it is."""
    made = QWidget()
    made.setAccessibleName(name)
    word = label(name, "muted")
    word.setFixedWidth(NAME_WIDE)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
    wraps = value.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
    row.addWidget(value, 1 if wraps else 0, Qt.AlignmentFlag.AlignTop)
    for each in more:
        row.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
    if not wraps and not more:
        row.addStretch(1)
    return made
