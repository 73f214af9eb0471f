"""Whether the library answers: a dot and a word, with the reason on hover."""

from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import Height, Space, font, theme

_DOT = 8
_DOT_MIDDLE = 18
_TEXT_LEFT = 36


class Connection(StrEnum):
    """What is shown; the last three are those of tasks.connection.ConnectionState."""

    OPENING = "opening"
    CLOSED = "closed"
    FAILED = "failed"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"


#: State → token of its dot.
_TOKENS = {
    Connection.OPENING: "warning",
    Connection.CLOSED: "scroll",
    Connection.FAILED: "danger",
    Connection.CONNECTED: "success",
    Connection.RECONNECTING: "warning",
    Connection.OFFLINE: "danger",
}


class ConnectionRow(QWidget):
    """At the foot of the rail."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.state = Connection.OPENING
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_state(Connection.OPENING)

    def set_state(self, state: Connection, reason: str = "") -> None:
        """Show a state; the reason is a sentence."""
        self.state = state
        words = self._words()
        self.setToolTip(reason or words)
        self.setAccessibleName(f"{words}. {reason}" if reason else words)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word out."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(0, Height.RAIL_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dot and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(_TOKENS[self.state]))
        middle = self.width() / 2 if self._narrow else _DOT_MIDDLE
        top = (self.height() - _DOT) / 2
        painter.drawEllipse(QRectF(middle - _DOT / 2, top, _DOT, _DOT))
        if not self._narrow:
            painter.setPen(theme().color("muted"))
            painter.setFont(font("body"))
            box = QRect(_TEXT_LEFT, 0, self.width() - _TEXT_LEFT - Space.XS, self.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._words())

    def _words(self) -> str:
        return {
            Connection.OPENING: self.tr("Opening…"),
            Connection.CLOSED: self.tr("Not open"),
            Connection.FAILED: self.tr("Not connected"),
            Connection.CONNECTED: self.tr("Connected"),
            Connection.RECONNECTING: self.tr("Reconnecting…"),
            Connection.OFFLINE: self.tr("Offline"),
        }[self.state]
