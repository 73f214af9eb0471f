"""Two pictures side by side: both whole, or both at 1:1 at the same spot."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ...theme import Radius, Space, font, theme
from ...widgets import ElidedLabel, label


class Pair(QWidget):
    """The new file on the left, what is here on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.new = Side(self.tr("New file"))
        self.here = Side(self.tr("Already here"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for side in (self.new, self.here):
            row.addWidget(side, 1)
            side.picture.zoomed.connect(self._zoom)

    @property
    def is_whole(self) -> bool:
        """Whether both are shown whole."""
        return self.new.picture.spot is None

    def show_whole(self) -> None:
        """Both as large as there is room for."""
        self._zoom(None)

    def _zoom(self, spot: QPointF | None) -> None:
        for side in (self.new, self.here):
            side.picture.set_spot(spot)


class Side(QWidget):
    """A word, a name, the picture, and what is known of it."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = label(word, "small_strong", "muted")
        self.name = ElidedLabel(role="strong", mode=Qt.TextElideMode.ElideMiddle)
        self.picture = Picture(word)
        self.facts = label(role="small")
        self.facts.setWordWrap(True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.facts.setMinimumHeight(2 * self.facts.minimumHeight())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.XS)
        box.addWidget(self.word)
        box.addWidget(self.name)
        box.addWidget(self.picture, 1)
        box.addWidget(self.facts)

    def say(self, name: str, facts: str) -> None:
        """Name and facts, in words."""
        self.name.setText(name)
        self.facts.setText(facts)


class Picture(QWidget):
    """A picture that fits, or at 1:1 around a spot; a click changes between them."""

    #: QPointF, 0 to 1 from the corner: look at it at 1:1. None: show all.
    zoomed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._words = ""
        self.spot: QPointF | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(160, 120))
        self.setMouseTracking(True)

    def set_image(self, image: QImage | None, words: str = "") -> None:
        """Show a picture, or say why there is none."""
        self._pixmap = QPixmap() if image is None else QPixmap.fromImage(image)
        self._words = words
        self.setCursor(Qt.CursorShape.ArrowCursor if image is None else Qt.CursorShape.CrossCursor)
        self.update()

    def set_spot(self, spot: QPointF | None) -> None:
        """Zoom in on a spot, or out."""
        self.spot = spot
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change between all of it and 1:1."""
        if not self._pixmap.isNull():
            self.zoomed.emit(None if self.spot is not None else self._spot_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """At 1:1 the mouse leads through the picture."""
        if self.spot is not None:
            self.zoomed.emit(self._share_at(event.position()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on a sunken ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(self.rect(), Radius.THUMB, Radius.THUMB)
        if self._pixmap.isNull():
            painter.setPen(theme().color("muted"))
            painter.setFont(font("small"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
            return
        painter.setClipRect(self.rect())
        painter.drawPixmap(self._target(), self._pixmap, QRectF(self._pixmap.rect()))

    def _fitted(self) -> QRectF:
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _target(self) -> QRectF:
        if self.spot is None:
            return self._fitted()
        dpr = self.devicePixelRatioF()
        wide, high = self._pixmap.width() / dpr, self._pixmap.height() / dpr
        return QRectF(
            _offset(self.width(), wide, self.spot.x()),
            _offset(self.height(), high, self.spot.y()),
            wide,
            high,
        )

    def _spot_at(self, at: QPointF) -> QPointF:
        shown = self._fitted()
        x = (at.x() - shown.left()) / max(1.0, shown.width())
        y = (at.y() - shown.top()) / max(1.0, shown.height())
        return QPointF(_bounded(x), _bounded(y))

    def _share_at(self, at: QPointF) -> QPointF:
        x, y = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        return QPointF(_bounded(x), _bounded(y))


def _offset(room: float, length: float, spot: float) -> float:
    """Where a length begins so that the spot is in the middle, without a gap at either end."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - spot * length))


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))
