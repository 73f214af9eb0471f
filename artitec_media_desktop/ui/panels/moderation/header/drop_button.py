"""A small button that shows what is chosen, with a mark that more is behind it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw

#: Words are cut that are wider, in pixels.
_LONGEST: Final = 200


class DropButton(QPushButton):
    """Words that are cut where they are long, and a caret; a menu opens from it."""

    def __init__(self) -> None:
        super().__init__()
        self._longest = _LONGEST
        self.setProperty("compact", True)
        self.setAutoDefault(True)
        # A click leaves the keyboard to the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, words: str, name: str) -> None:
        """Show another choice; ``name`` says aloud and on hover what it is of."""
        self.setText(words)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()

    def set_longest(self, pixels: int) -> None:
        """Cut words that are wider."""
        if pixels != self._longest:
            self._longest = pixels
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words, caret, and air around them."""
        wide = min(
            self._longest, QFontMetrics(font("small_emphasis")).horizontalAdvance(self.text())
        )
        return QSize(wide + Space.XS + Icon.BADGE + 2 * Space.S, Height.BUTTON_SMALL)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.features = QStyleOptionButton.ButtonFeature.None_
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        face = font("small_emphasis")
        end = self.width() - Space.S - Icon.BADGE
        room = QRect(Space.S, 0, end - Space.XS - Space.S + 2, self.height())
        painter.setFont(face)
        painter.setPen(theme().color("text" if self.isEnabled() else "disabled"))
        words = QFontMetrics(face).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        caret = QRect(end, 0, Icon.BADGE, self.height())
        draw(painter, caret, "caret-down", theme().color("muted"), Icon.BADGE)
