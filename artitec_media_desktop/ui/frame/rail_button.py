"""One row of the rail: icon, word, count; an icon with its count when the rail is narrow."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ..theme import Height, Icon, Radius, Space, Width, font, theme
from ..theme.icons import draw
from ..widgets.buttons import BareButton

_ELIDE = Qt.TextElideMode.ElideRight
_ICON_LEFT = 9
_TEXT_LEFT = 36
_BADGE_HIGH = 16
_BADGE_PADDING = 4
#: What is longer is smaller.
_SHORT = 99
#: Between the word and the badge.
_LEAST_GAP = 1


class RailButton(BareButton):
    """Checked while its page is shown."""

    def __init__(self, text: str, icon_name: str) -> None:
        super().__init__()
        self._icon = icon_name
        self._count = 0
        self._narrow = False
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def count(self) -> int:
        """What the badge says; 0 shows none."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many things wait on the page."""
        if count != self._count:
            before, self._count = self._badge(), count
            self._name()
            # It counts once a second while files are added: then no more than this is painted.
            badge = self._badge()
            self.update(badge.toAlignedRect() if badge == before else self.rect())

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word out."""
        self._narrow = narrow
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        if self._narrow:
            return QSize(Width.RAIL_COLLAPSED - 2 * Space.S, Height.RAIL_ROW_COLLAPSED)
        return QSize(Width.RAIL - 2 * Space.S, Height.RAIL_ROW)

    def minimumSizeHint(self) -> QSize:
        """Never lower than a row."""
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes or goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        badge, ground = self._badge(), self._ground()
        if ground or not badge.toAlignedRect().contains(event.rect()):
            self._paint_row(painter, ground, int(badge.left()) - _LEAST_GAP)
        if self._count:
            self._paint_badge(painter, badge)

    def _ground(self) -> str:
        if not self.isEnabled():
            return ""
        return "selection" if self.isChecked() else "hover" if self.underMouse() else ""

    def _paint_row(self, painter: QPainter, ground: str, right: int) -> None:
        on, current = self.isEnabled(), ground == "selection"
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(ground))
            painter.drawRoundedRect(self.rect(), Radius.CONTROL, Radius.CONTROL)
        ink = "accent" if current else "muted" if on else "disabled"
        square = QRect(_ICON_LEFT, 0, Icon.RAIL, self.height())
        if self._narrow:
            square = self.rect()
        name = f"{self._icon}-fill" if current else self._icon
        draw(painter, square, name, theme().color(ink), Icon.RAIL)
        if not self._narrow:
            painter.setFont(font("emphasis"))
            painter.setPen(theme().color("text" if current else ink))
            words = QRect(_TEXT_LEFT, 0, right - _TEXT_LEFT, self.height())
            shown = painter.fontMetrics().elidedText(self.text(), _ELIDE, words.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _face(self) -> QFont:
        return font("count" if self._narrow or self._count > _SHORT else "badge")

    def _badge(self) -> QRectF:
        """Where the pill is; empty, at the right edge, without a count."""
        if not self._count:
            return QRectF(self.width(), 0, 0, 0)
        wide = QFontMetrics(self._face()).horizontalAdvance(_shown(self._count))
        wide = max(wide + 2 * _BADGE_PADDING, _BADGE_HIGH)
        if self._narrow:
            return QRectF(self.width() - wide + 2, 0, wide, 14)
        top = (self.height() - _BADGE_HIGH) / 2
        return QRectF(self.width() - wide - Space.XS, top, wide, _BADGE_HIGH)

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accent"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme().color("accent_text"))
        painter.setFont(self._face())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _shown(self._count))

    def _name(self) -> None:
        spoken = f"{self.text()}, {self._count}" if self._count else self.text()
        self.setAccessibleName(spoken)
        if self.isEnabled():
            self.setToolTip(spoken if self._narrow else "")


def _shown(count: int) -> str:
    return str(count) if count < 1000 else f"{min(count // 1000, 99)}k+"
