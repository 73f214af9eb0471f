"""One of several: a list that drops down, or segments side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionToolButton,
    QStylePainter,
    QWidget,
)

from ..theme import Icon, Space, font, theme
from ..theme.icons import draw
from .buttons import ToolButton


class Choice(QComboBox):
    """A list that drops down. The wheel scrolls the page instead of changing it unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What is too long for the field ends in dots; style sheets would cut it off."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        of = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(of, option, part, self).width()
        words, end = option.currentText, Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(words, end, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field and words come from the style sheet, the mark at the end from the icons."""
        super().paintEvent(event)
        ink = theme().color("muted" if self.isEnabled() else "disabled")
        end = QRect(self.width() - Space.XL, 0, Icon.ROW, self.height())
        draw(QPainter(self), end, "caret-down", ink, Icon.BADGE)


class Segments(QFrame):
    """Two to four words side by side, one of them chosen; arrow keys go from one to the next."""

    #: The value of the one that was chosen by a person.
    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str] | tuple[str, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are values and words, and an icon's name where there is one."""
        super().__init__(parent)
        self.setProperty("ground", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = group = QButtonGroup(self)
        self.buttons: dict[str, ToolButton] = {}
        for value, words, *icons in choices:
            made = _Segment(words, *icons)
            made.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            group.addButton(made)
            row.addWidget(made)
            self.buttons[value] = made

    @property
    def value(self) -> str:
        """The one that is chosen; empty before any is."""
        return next((value for value, each in self.buttons.items() if each.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose one without a signal; empty: none of them."""
        if value:
            self.buttons[value].setChecked(True)
            return
        self._group.setExclusive(False)
        for each in self.buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)


class _Segment(ToolButton):
    """A word in the middle, and an icon before it."""

    def __init__(self, words: str, icon_name: str = "") -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setText(words)
        self.setProperty("kind", "segment")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """With room for the icon."""
        size = super().sizeHint()
        return size + QSize(Icon.ROW + Space.S if self._icon_name else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet."""
        if not self._icon_name:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        ink = "disabled" if not self.isEnabled() else "text" if self.isChecked() else "muted"
        words = font("emphasis")
        wide = QFontMetrics(words).horizontalAdvance(self.text())
        left = (self.width() - Icon.ROW - Space.S - wide) // 2
        mark = QRect(left, 0, Icon.ROW, self.height())
        draw(painter, mark, self._icon_name, theme().color(ink))
        painter.setFont(words)
        painter.setPen(theme().color(ink))
        rest = QRect(left + Icon.ROW + Space.S, 0, wide + 1, self.height())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self.text())
