"""A button that shows its key: Accept and go on ↵."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from ..theme import Height, Icon, Radius, Space, font, theme
from ..theme.icons import draw
from .key_hint import key_text

_EDGE: Final = 6


class KeyButton(QPushButton):
    """``kind`` as that of ``button``; the key is only shown, somebody else listens to it.

    A click does not take the keyboard, so that keys go on meaning the page.
    """

    def __init__(
        self, text: str, keys: str, kind: str = "", icon_name: str = "", icon_ink: str = ""
    ) -> None:
        """``icon_ink`` is a token, where the icon is not in the colour of the word."""
        super().__init__(text)
        self._key = key_text(keys)
        self._kind, self._icon_name, self._icon_ink = kind, icon_name, icon_ink
        self._is_short = False
        if kind:
            self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{text}  {self._key}")

    def set_keys(self, keys: str) -> None:
        """Show another key."""
        self._key = key_text(keys)
        self.setToolTip(f"{self.text()}  {self._key}")
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Without its key where there is little room; with an icon, the icon only."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Icon, word, key."""
        parts = [wide for wide in self._widths() if wide]
        compact = self.property("compact")
        high = Height.BUTTON_SMALL if compact else Height.BUTTON
        edge = Space.S if compact else Space.M
        return QSize(sum(parts) + Space.S * (len(parts) - 1) + 2 * edge, high)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        icon, words, key = self._widths()
        parts = [wide for wide in (icon, words, key) if wide]
        left = (self.width() - sum(parts) - Space.S * (len(parts) - 1)) // 2
        ink = theme().color(self._ink())
        if icon:
            own = theme().color(self._icon_ink) if self._icon_ink and self.isEnabled() else ink
            draw(painter, QRect(left, 0, icon, self.height()), self._icon_name, own)
            left += icon + Space.S
        if words:
            painter.setFont(self._font())
            painter.setPen(ink)
            box = QRect(left, 0, words + 2, self.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self.text())
            left += words + Space.S
        if key:
            self._paint_key(
                painter, QRectF(left, (self.height() - Height.KEY) / 2, key, Height.KEY)
            )

    def _paint_key(self, painter: QStylePainter, box: QRectF) -> None:
        edge, ink = ("control", "muted") if self.isEnabled() else ("border_disabled", "disabled")
        if self._kind == "primary":
            edge = ink = "accent_text"
        painter.setPen(theme().color(edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.THUMB, Radius.THUMB)
        painter.setPen(theme().color(ink))
        painter.setFont(font("caption"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _ink(self) -> str:
        if self._kind == "primary":
            return "accent_text"
        return "text" if self.isEnabled() else "disabled"

    def _font(self) -> QFont:
        return font("small_emphasis" if self.property("compact") else "emphasis")

    def _widths(self) -> tuple[int, int, int]:
        metrics = QFontMetrics(self._font())
        key = QFontMetrics(font("caption")).horizontalAdvance(self._key)
        icon_only = self._is_short and self._icon_name
        return (
            Icon.ROW if self._icon_name else 0,
            0 if icon_only else metrics.horizontalAdvance(self.text()),
            0 if self._is_short else max(Height.KEY, key + 2 * _EDGE),
        )
