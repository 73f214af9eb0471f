"""Buttons, chips and menus in the looks of the design; the style sheet does most of it."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ..theme import Height, Icon, Space, font, icon, theme
from ..theme.icons import draw

#: The icon's square, and the air between it and the word.
_ICON_AND_AIR = QSize(Icon.ROW + Space.XS, Icon.ROW)
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_INK = {"primary": "accent_text", "danger": "danger", "link": "accent"}


def button(text: str, icon_name: str = "", kind: str = "", *, small: bool = False) -> QPushButton:
    """A push button; ``kind`` is primary, danger, quiet, link or nothing."""
    made = QPushButton(text)
    made.setAutoDefault(True)  # Enter presses it as Space does, not in dialogs only
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("compact", True)
    if icon_name:
        made.setIcon(icon(icon_name, _INK.get(kind, "text")))
        made.setIconSize(_ICON_AND_AIR)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class ToolButton(QToolButton):
    """Enter presses it as Space does; by Qt that depends on the desktop."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter."""
        if not _enter_presses(self, event):
            super().keyPressEvent(event)


class BareButton(QAbstractButton):
    """The same for one that paints itself."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter."""
        if not _enter_presses(self, event):
            super().keyPressEvent(event)


def _enter_presses(pressed: QAbstractButton, event: QKeyEvent) -> bool:
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() not in _BARE:
        return False
    if not event.isAutoRepeat():
        pressed.click()
    return True


def icon_button(icon_name: str, name: str, shortcut: str = "", color: str = "text") -> ToolButton:
    """A square button with an icon; ``name`` is what it is called aloud and on hover."""
    made = ToolButton()
    made.setIcon(icon(icon_name, color))
    made.setIconSize(QSize(Icon.ROW, Icon.ROW))
    made.setProperty("kind", "icon")
    made.setAccessibleName(name)
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{name}  {keys}" if keys else name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setFixedSize(Height.BUTTON_SMALL, Height.BUTTON_SMALL)
    return made


def menu(parent: QWidget | None = None) -> QMenu:
    """A menu whose rounded corners show what is behind them."""
    made = QMenu(parent)
    made.setWindowFlags(made.windowFlags() | Qt.WindowType.FramelessWindowHint)
    made.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
    made.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    return made


class Chip(ToolButton):
    """A filter that is on or off, with the number of things it would show."""

    def __init__(self, text: str, icon_name: str = "", icon_color: str = "text") -> None:
        super().__init__()
        self._count: int | None = None
        self._icon = (icon_name, icon_color)
        self.setText(text)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def count(self) -> int | None:
        """The number behind the word; None shows none."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """Show another number."""
        if count == self._count:
            return
        before = self._widths()
        self._count = count
        shown = self._count_text()
        self.setAccessibleName(f"{self.text()} {shown}".strip())
        if self._widths() != before:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as word, number and icon need."""
        wide = sum(self._widths()) + 2 * (Space.S + 1)
        return QSize(wide, Height.BUTTON_SMALL)

    def minimumSizeHint(self) -> QSize:
        """A chip is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet; the number is lighter than the word."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        icon_wide, text_wide, count_wide = self._widths()
        left = Space.S + 1
        if icon_wide:
            draw(
                painter,
                QRect(left, 0, Icon.ROW, self.height()),
                self._icon[0],
                theme().color(self._icon[1]),
            )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small_emphasis"))
        painter.setPen(theme().color("text" if self.isEnabled() else "disabled"))
        painter.drawText(QRect(left + icon_wide, 0, text_wide, self.height()), middle, self.text())
        if count_wide:
            painter.setFont(font("small"))
            painter.setPen(theme().color("muted" if self.isEnabled() else "disabled"))
            right = QRect(left + icon_wide + text_wide, 0, count_wide, self.height())
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self._count_text())

    def _count_text(self) -> str:
        return "" if self._count is None else self.locale().toString(self._count)

    def _widths(self) -> tuple[int, int, int]:
        count = self._count_text()
        return (
            Icon.ROW + Space.S if self._icon[0] else 0,
            _wide(self.text(), "small_emphasis"),
            _wide(count, "small") + Space.XS if count else 0,
        )


@lru_cache(maxsize=512)
def _wide(text: str, role: str) -> int:
    """How wide a text is; kept, because a layout asks for the same ones many times over."""
    return QFontMetrics(font(role)).horizontalAdvance(text)
