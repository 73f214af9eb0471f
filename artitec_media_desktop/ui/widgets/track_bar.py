"""A thin bar of progress, as a widget and for delegates."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import Height, theme

_SEGMENT_GAP = 2


def draw_track(
    painter: QPainter,
    rect: QRect,
    share: float,
    color: QColor | None = None,
    high: int = Height.TRACK,
) -> None:
    """A track across ``rect``, ``share`` (0 to 1) of it filled, ``high`` pixels and centred."""
    bar = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, rect.width(), high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("track"))
    painter.drawRoundedRect(bar, high / 2, high / 2)
    filled = bar.width() * min(max(share, 0.0), 1.0)
    if filled > 0:
        painter.setBrush(color or theme().color("accent"))
        painter.drawRoundedRect(
            QRectF(bar.x(), bar.y(), max(filled, high), high), high / 2, high / 2
        )
    painter.restore()


class TrackBar(QWidget):
    """Says its percentage to a screen reader."""

    def __init__(self, name: str, width: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._name = name
        self._wide = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        if share != self._share:
            self._share = share
            self.setAccessibleName(f"{self._name} {round(share * 100)} %")
            self.update()

    def sizeHint(self) -> QSize:
        """The width it was made with."""
        return QSize(self._wide, Height.TRACK * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track."""
        draw_track(QPainter(self), self.rect(), self._share)


class SegmentBar(QWidget):
    """Shares of a whole side by side, each in the colour of a token: a batch at a glance."""

    HIGH = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, int]] = []
        self.setFixedHeight(self.HIGH)

    def set_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Show (token, count) pairs in order; parts without a count take no room."""
        shown = [(token, count) for token, count in parts if count > 0]
        if shown != self._parts:
            self._parts = shown
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts, each at least as wide as it is high, so that one failure is seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), self.HIGH / 2, self.HIGH / 2)
        painter.setClipPath(outline)
        if not self._parts:
            painter.fillRect(self.rect(), theme().color("track"))
        left = 0.0
        for (token, _), wide in zip(self._parts, self._widths(), strict=True):
            painter.fillRect(QRectF(left, 0, wide, self.HIGH), theme().color(token))
            left += wide + _SEGMENT_GAP

    def _widths(self) -> list[float]:
        room = self.width() - _SEGMENT_GAP * (len(self._parts) - 1)
        total = sum(count for _, count in self._parts)
        least = float(self.HIGH)
        small = [room * count / total < least for _, count in self._parts]
        left = room - least * sum(small)
        rest = sum(count for (_, count), tiny in zip(self._parts, small, strict=True) if not tiny)
        return [
            least if tiny else left * count / rest
            for (_, count), tiny in zip(self._parts, small, strict=True)
        ]
