"""Who is signed in: initials in a circle, name and role; pressed, a small menu."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ...domain.permissions import Account, Role
from ..theme import Radius, Space, font, theme
from ..theme.icons import draw
from ..widgets.buttons import BareButton

_CIRCLE = 24
_LEFT = 6
_HIGH = 40


def initials(name: str) -> str:
    """The first letters of the first and last word: ``Dana R.`` → ``DR``."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper() or "?"


def shortened(name: str) -> str:
    """``Dana Reyes`` → ``Dana R.``, where there is no room for all of it."""
    words = name.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else name


class AccountRow(BareButton):
    """At the foot of the rail."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._narrow = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_account(account)

    def set_account(self, account: Account) -> None:
        """Show somebody."""
        self._account = account
        spoken = ", ".join(part for part in (self.name(), self.role()) if part)
        self.setToolTip(spoken)
        signed_in = self.tr("Signed in as {who}").format(who=spoken)
        self.setAccessibleName(signed_in if account.user_id else spoken)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the name out."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(0, _HIGH)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes or goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, name and role."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(self.rect(), Radius.CONTROL, Radius.CONTROL)
        left = (self.width() - _CIRCLE) / 2 if self._narrow else _LEFT
        circle = QRectF(left, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        painter.setPen(Qt.PenStyle.NoPen)
        known = bool(self._account.user_id)
        painter.setBrush(theme().color("accent" if known else "sunken"))
        painter.drawEllipse(circle)
        if known:
            painter.setPen(theme().color("accent_text"))
            painter.setFont(font("count"))
            name = initials(self._account.name)
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), name)
        else:
            draw(painter, circle, "user", theme().color("muted"))
        if self._narrow:
            return
        words = int(circle.right()) + Space.S
        wide = self.width() - words - Space.XS
        for role, ink, top, text in (
            ("small_emphasis", "text", 4, self.name()),
            ("caption", "muted" if self._account.active else "danger", 20, self.role()),
        ):
            painter.setFont(font(role))
            painter.setPen(theme().color(ink))
            face = QFontMetrics(font(role))
            if face.horizontalAdvance(text) > wide and role == "small_emphasis":
                text = shortened(text)
            shown = face.elidedText(text, Qt.TextElideMode.ElideRight, wide)
            box = QRect(words, top if self.role() else (_HIGH - 16) // 2, wide, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def name(self) -> str:
        """Who is signed in."""
        return self._account.name if self._account.user_id else self.tr("Signed out")

    def role(self) -> str:
        """What the account is, or that it is nothing any more."""
        if not self._account.user_id:
            return ""
        if not self._account.active:
            return self.tr("Not active any more")
        return {
            Role.ADMIN: self.tr("Admin"),
            Role.BUILDER: self.tr("Builder"),
            Role.COMMUNITY: self.tr("Community"),
            Role.COMMUNITY_ADMIN: self.tr("Community admin"),
            Role.SALESREP: self.tr("Sales rep"),
            Role.BUYER: self.tr("Buyer"),
        }[self._account.role]
