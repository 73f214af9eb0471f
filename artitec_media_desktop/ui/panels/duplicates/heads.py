"""What stands over a compared picture: whether it stays, its name, and where it lies."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ....domain.media import Media
from ...theme import Height, Icon, Space, font, theme
from ...theme.icons import draw
from ...widgets import ElidedLabel, label
from .words import tr


class Fate(StrEnum):
    """What accepting does to a media."""

    KEEP = "keep"
    TRASH = "trash"
    STAY = "stay"


#: Icon, ink, ground.
_LOOKS: Final = {
    Fate.KEEP: ("check-circle-fill", "success", "success_bg"),
    Fate.TRASH: ("trash-fill", "danger", "danger_bg"),
    Fate.STAY: ("push-pin-fill", "info", "info_bg"),
}
_BADGE: Final = Height.BADGE


def fate_word(fate: Fate) -> str:
    """``To trash``."""
    words = {Fate.KEEP: tr("Keep"), Fate.TRASH: tr("To trash"), Fate.STAY: tr("Stays")}
    return words[fate]


class FatePill(QWidget):
    """Keep, To trash or Stays, with an icon."""

    def __init__(self) -> None:
        super().__init__()
        self._fate = Fate.KEEP
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def fate(self) -> Fate:
        """What it says."""
        return self._fate

    def show_fate(self, fate: Fate) -> None:
        """Say another one."""
        self._fate = fate
        self.setAccessibleName(fate_word(fate))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon and word."""
        words = QFontMetrics(font("small_emphasis")).horizontalAdvance(fate_word(self._fate))
        return QSize(words + Icon.BADGE + Space.XS + 2 * Space.S, _BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill."""
        draw_fate(QPainter(self), self.rect(), self._fate)


def draw_fate(painter: QPainter, box: QRect, fate: Fate, *, words: bool = True) -> None:
    """Icon and word on a round ground; without words the icon only."""
    icon, ink, ground = _LOOKS[fate]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    mark = QRect(box.left() + Space.S, box.top(), Icon.BADGE, box.height()) if words else box
    draw(painter, mark, icon, theme().color(ink), Icon.BADGE)
    if words:
        painter.setFont(font("small_emphasis"))
        painter.setPen(theme().color(ink))
        rest = box.adjusted(Space.S + Icon.BADGE + Space.XS, 0, -Space.S, 0)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), fate_word(fate))
    painter.restore()


class MediaHead(QWidget):
    """The fate, the name, and the place at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.pill = FatePill()
        self.name = ElidedLabel("", "emphasis", Qt.TextElideMode.ElideMiddle)
        self.place = label(role="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.pill)
        row.addWidget(self.name, 1)
        row.addWidget(self.place)

    def show_media(self, media: Media, fate: Fate, place: str) -> None:
        """Say another one."""
        self.pill.show_fate(fate)
        self.name.setText(media.original_filename)
        self.place.setText(place)
        self.setAccessibleName(f"{fate_word(fate)}: {media.original_filename}, {place}")

    def set_pale(self, pale: bool) -> None:
        """The other one is in view now."""
        self.setEnabled(not pale)
