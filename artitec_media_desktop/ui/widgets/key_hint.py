"""Keys as small badges: Ctrl K."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import Height, Radius, Space, font, theme

_SIGNS = {"Return": "↵", "Enter": "↵", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
_BADGE_PADDING = 6


def key_text(keys: str) -> str:
    """Keys in the spelling of this system, as on the badge: ``Ctrl+Return`` → ``Ctrl ↵``."""
    parts = [part for part in keys.replace("++", "+Plus").split("+") if part]
    if parts and parts[-1] in _SIGNS:
        return " ".join([*parts[:-1], _SIGNS[parts[-1]]])
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    if native.endswith("++"):
        return native[:-2].replace("+", " ") + " +"
    return native.replace("+", " ") if len(native) > 1 else native


class KeyHint(QWidget):
    """One badge a key combination; several are divided by spaces: ``"Ctrl+C Ctrl+V"``."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """Show others."""
        self._texts = [key_text(each) for each in keys.split()]
        self.setAccessibleName(", ".join(self._texts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the badges and the gaps between them."""
        gaps = Space.XS * max(0, len(self._texts) - 1)
        return QSize(sum(map(_wide, self._texts)) + gaps, Height.KEY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badges."""
        painter = QPainter(self)
        left = 0
        for text in self._texts:
            draw_key(painter, QRectF(left, 0, _wide(text), self.height()), text)
            left += _wide(text) + Space.XS


def _wide(text: str) -> int:
    words = QFontMetrics(font("caption")).horizontalAdvance(text)
    return max(Height.KEY, words + 2 * _BADGE_PADDING)


def draw_key(painter: QPainter, rect: QRectF, text: str) -> None:
    """One badge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme().color("control"))
    painter.setBrush(theme().color("button"))
    edge = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(edge, Radius.THUMB, Radius.THUMB)
    painter.setPen(theme().color("muted"))
    painter.setFont(font("caption"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
