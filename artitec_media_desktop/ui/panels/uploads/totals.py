"""The head of the page in numbers: how far all of it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.limits import size_text
from ....domain.uploads import UploadState
from ...theme import Space, font, theme
from ...upload_queue import Totals
from ...upload_words import number, of_size, speed, time_left, tr
from ...widgets import label
from ...widgets.track_bar import SegmentBar

#: State → token of its segment, word behind the number.
_PARTS = (
    (UploadState.DONE, "success", "added"),
    (UploadState.WORKING, "accent", "adding"),
    (UploadState.QUEUED, "track", "waiting"),
    (UploadState.PAUSED, "chart3", "paused"),
    (UploadState.UNPLACED, "info", "without a place"),
    (UploadState.ASKING, "chart4", "to compare"),
    (UploadState.DUPLICATE, "chart2", "already here"),
    (UploadState.SKIPPED, "muted", "left out"),
    (UploadState.FAILED, "danger", "failed"),
)
_DOT = 8


class TotalsHead(QWidget):
    """A line of totals, the bar, and what its colours mean."""

    def __init__(self) -> None:
        super().__init__()
        self._count = label(role="section")
        self._size = label(role="muted")
        self._speed = label(role="muted")
        self._left = label(role="body")
        self._bar = SegmentBar()
        self._legend = _Legend()
        top = QHBoxLayout()
        top.setSpacing(Space.M)
        top.addWidget(self._count)
        top.addWidget(self._size)
        top.addStretch(1)
        top.addWidget(self._speed)
        top.addWidget(self._left)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.PANEL, Space.S, Space.PANEL, Space.L)
        box.setSpacing(Space.S)
        box.addLayout(top)
        box.addWidget(self._bar)
        box.addWidget(self._legend)

    def show_totals(self, totals: Totals) -> None:
        """Show new sums."""
        counts = totals.counts
        words = tr("{done} of {total} added")
        self._count.setText(
            words.format(done=number(counts[UploadState.DONE]), total=number(totals.total))
        )
        done, size = totals.size_done, totals.size
        sizes = of_size(done, size) if not totals.unsized else size_text(done)
        self._size.setText(sizes if totals.is_active and size else "")
        moves = any(count for state, count in counts.items() if state.is_moving)
        self._speed.setText(speed(totals.bytes_per_second) if moves else "")
        self._left.setText(time_left(totals.seconds_left))
        self._bar.set_parts([(token, counts[state]) for state, token, _ in _PARTS])
        parts = [
            (token, f"{number(counts[state])} {tr(word)}")
            for state, token, word in _PARTS
            if counts[state]
        ]
        self._legend.show_parts(parts)
        self.setAccessibleName(", ".join([self._count.text(), *(text for _, text in parts)]))


class _Legend(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str]] = []

    def show_parts(self, parts: list[tuple[str, str]]) -> None:
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = font("small")
        painter.setFont(face)
        left = 0
        for ink, text in self._parts:
            painter.setPen(Qt.PenStyle.NoPen)
            # The track's own grey is too faint for so small a mark.
            painter.setBrush(theme().color("scroll" if ink == "track" else ink))
            painter.drawRoundedRect(QRectF(left, (self.height() - _DOT) / 2, _DOT, _DOT), 2, 2)
            left += _DOT + Space.S
            wide = QFontMetrics(face).horizontalAdvance(text)
            painter.setPen(theme().color("text"))
            painter.drawText(QRectF(left, 0, wide + 1, self.height()), text)
            left += wide + Space.L + Space.XS
