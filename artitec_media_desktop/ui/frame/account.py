"""Who is signed in: initials in a circle, name and role."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...domain.permissions import Account, Role
from ..theme import Space, font, theme

_CIRCLE = 24
_LEFT = 6
_HIGH = 40


def initials(name: str) -> str:
    """The first letters of the first and last word: ``Dana R.`` → ``DR``."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper() or "?"


class AccountRow(QWidget):
    """At the foot of the rail."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_account(account)

    def set_account(self, account: Account) -> None:
        """Show somebody."""
        self._account = account
        spoken = f"{account.name}, {self._role()}"
        self.setToolTip(spoken)
        self.setAccessibleName(self.tr("Signed in as {who}").format(who=spoken))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the name out."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(0, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, name and role."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - _CIRCLE) / 2 if self._narrow else _LEFT
        circle = QRectF(left, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accent"))
        painter.drawEllipse(circle)
        painter.setPen(theme().color("accent_text"))
        painter.setFont(font("count"))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), initials(self._account.name))
        if self._narrow:
            return
        words = int(circle.right()) + Space.S
        wide = self.width() - words
        for role, ink, top, text in (
            ("small_emphasis", "text", 4, self._account.name),
            ("caption", "muted", 20, self._role()),
        ):
            painter.setFont(font(role))
            painter.setPen(theme().color(ink))
            shown = QFontMetrics(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, wide)
            box = QRect(words, top, wide, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _role(self) -> str:
        return {
            Role.ADMIN: self.tr("Admin"),
            Role.BUILDER: self.tr("Builder"),
            Role.COMMUNITY: self.tr("Community"),
            Role.COMMUNITY_ADMIN: self.tr("Community admin"),
            Role.SALESREP: self.tr("Sales rep"),
            Role.BUYER: self.tr("Buyer"),
        }[self._account.role]
