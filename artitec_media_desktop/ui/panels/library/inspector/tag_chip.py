"""A tag: on all of the selected media, on some, to be put on, to be taken off."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ....theme import Icon, Space, font, theme
from ....theme.icons import draw
from .words import number, tr

_HIGH: Final = 24
_WIDEST: Final = 260
_DASHES: Final = [2.5, 2.5]


class Kind(Enum):
    """How a tag stands to the media that are selected."""

    ALL = "all"
    SOME = "some"
    ADDED = "added"
    REMOVED = "removed"


class TagChip(QAbstractButton):
    """A click puts it on all, or takes back what was done; its cross, or Del, takes it off."""

    removed = Signal()

    def __init__(
        self, tag: str = "", kind: Kind = Kind.ALL, count: int = 0, total: int = 0
    ) -> None:
        super().__init__()
        self._over_cross = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.show_tag(tag, kind, count, total)

    def show_tag(self, tag: str, kind: Kind, count: int = 0, total: int = 0) -> None:
        """Stand for this tag from now on."""
        self.tag = tag
        self.kind = kind
        of = tr("{tag} · {count} of {total}")
        some = of.format(tag=tag, count=number(count), total=number(total))
        self._words = some if kind is Kind.SOME else tag
        self._explain()
        self.updateGeometry()
        self.update()

    def _explain(self) -> None:
        what = {
            Kind.ALL: tr("Del takes it off"),
            Kind.SOME: tr("Click to put it on all, Del to take it off"),
            Kind.ADDED: tr("Will be put on all"),
            Kind.REMOVED: tr("Will be taken off; click to keep it"),
        }[self.kind]
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(what)
        self.setToolTip(f"{self._words}\n{what}")

    @property
    def has_cross(self) -> bool:
        """Whether a cross is shown now."""
        if self.kind is Kind.SOME:
            return self.isEnabled() and (self.underMouse() or self.hasFocus())
        return self.isEnabled() and self.kind is not Kind.REMOVED

    def sizeHint(self) -> QSize:
        """As wide as its words, within bounds; of those on some, the cross takes their end."""
        words = QFontMetrics(self._font()).horizontalAdvance(self._words)
        quiet = self.kind in (Kind.SOME, Kind.REMOVED)
        cross = 0 if quiet else Icon.BADGE + Space.XS
        return QSize(min(_WIDEST, words + cross + 2 * (Space.S + 1) + 1), _HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space are a click; Del and Backspace take it off."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the cross it is taken off."""
        inside = self.rect().contains(event.position().toPoint())
        if self.isDown() and inside and self._on_cross(event):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cross shows that it is meant."""
        super().mouseMoveEvent(event)
        over = self._on_cross(event)
        if over != self._over_cross:
            self._over_cross = over
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """A cross may come."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """A cross may go."""
        super().leaveEvent(event)
        self._over_cross = False
        self.update()

    def _on_cross(self, event: QMouseEvent) -> bool:
        return self.has_cross and self._cross().contains(event.position().toPoint())

    def _cross(self) -> QRect:
        wide = Icon.BADGE + Space.S + Space.XS
        return QRect(self.width() - wide, 0, wide, self.height())

    def _font(self) -> QFont:
        made = font("small_emphasis" if self.kind is Kind.ADDED else "small")
        made.setStrikeOut(self.kind is Kind.REMOVED)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """A round ground or a dashed edge, the words, the cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        quiet = self.kind in (Kind.SOME, Kind.REMOVED)
        ink = "disabled" if not self.isEnabled() else "muted" if quiet else "text"
        words = self.rect().adjusted(Space.S + 1, 0, -Space.S - 1, 0)
        if self.has_cross:
            words.setRight(words.right() - Icon.BADGE - Space.XS)
            cross = self._cross().adjusted(Space.XS, 0, -Space.S + 1, 0)
            token = "text" if self._over_cross else "muted"
            draw(painter, cross, "x", theme().color(token), Icon.BADGE)
        painter.setFont(self._font())
        painter.setPen(theme().color(ink))
        shown = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = {Kind.ALL: "hover", Kind.ADDED: "selection"}.get(self.kind)
        if self.underMouse() and self.isEnabled() and self.kind is not Kind.ADDED:
            ground = "track"
        painter.setBrush(theme().color(ground) if ground else Qt.BrushStyle.NoBrush)
        edge = {Kind.ALL: "border", Kind.ADDED: "accent"}.get(self.kind, "border_strong")
        pen = QPen(theme().color(edge), 1)
        if self.kind in (Kind.SOME, Kind.REMOVED):
            pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
