"""One condition of the search: its words, and a cross that takes it away."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ...domain.search import Term
from ..painting import fill, frame, text
from ..theme import Icon, Radius, Space, font, theme
from ..theme.icons import draw
from .words import term_text, tr

_HIGH: Final = 24
_LONGEST: Final = 220
_CROSS: Final = Icon.BADGE + Space.S


class TermChip(QAbstractButton):
    """A click on the words edits them; the cross, Del and Backspace take the condition away."""

    #: Term
    removed = Signal(object)
    #: Term
    edit_wanted = Signal(object)
    #: Go to the chip before (-1) or behind (1).
    step_wanted = Signal(int)

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.term = term
        self.setText(term_text(term))
        self.setToolTip(term.label)
        self.setAccessibleName(tr("Filter {term}").format(term=self.text()))
        self.setAccessibleDescription(tr("Enter changes it, Delete removes it"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.edit_wanted.emit(self.term))

    def sizeHint(self) -> QSize:
        """As wide as its words, as far as that is bearable."""
        words = QFontMetrics(font("small_emphasis")).horizontalAdvance(self.text())
        return QSize(min(_LONGEST, Space.S + words + 2 + _CROSS + Space.XS), _HIGH)

    def minimumSizeHint(self) -> QSize:
        """A chip is never squeezed."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the cross it goes."""
        if self._on_cross(event.position().toPoint()) and self.isDown():
            self.setDown(False)
            self.removed.emit(self.term)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete, edit, or go on to the next."""
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit(self.term)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.edit_wanted.emit(self.term)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, words, cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        fill(painter, area, theme().color("selection"), Radius.CONTROL)
        frame(painter, area, theme().color("accent"), 1.0, Radius.CONTROL)
        room = QRect(Space.S, 0, self.width() - Space.S - _CROSS - Space.XS, self.height())
        text(painter, room, self.text(), font("small_emphasis"), theme().color("text"))
        ink = theme().color("text" if self.underMouse() else "muted")
        draw(painter, self._cross(), "x", ink, Icon.BADGE)

    def _cross(self) -> QRect:
        return QRect(self.width() - _CROSS - 2, 0, _CROSS, self.height())

    def _on_cross(self, at: QPoint) -> bool:
        return self.rect().contains(at) and at.x() >= self._cross().left()
