"""Text that knows its role, and text that knows how to be too long."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ..theme.fonts import line_height


def label(
    text: str = "", role: str = "body", tone: str = "", parent: QWidget | None = None
) -> QLabel:
    """A plain-text label in a role of the type scale; never reads its text as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setMinimumHeight(line_height(role))
    if tone:
        made.setProperty("tone", tone)
    return made


def line(direction: str = "h") -> QFrame:
    """A hairline, ``h`` or ``v``."""
    made = QFrame()
    made.setProperty("line", direction)
    return made


class ElidedLabel(QLabel):
    """A label of one line that ends in … where it does not fit, and then has it in its tooltip."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setMinimumHeight(line_height(role))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """The text as it is painted now."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits, in the colour of the style sheet."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            self.shown_text(),
            self.foregroundRole(),
        )

    def event(self, event: QEvent) -> bool:
        """Offer the whole text on hover when it is cut, unless there is a tooltip already."""
        if event.type() is QEvent.Type.ToolTip and not self.toolTip():
            if self.shown_text() == self.text():
                return True
            self.setToolTip(self.text())
            handled = super().event(event)
            self.setToolTip("")
            return handled
        return super().event(event)
