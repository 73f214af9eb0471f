"""Callouts over the real window, one after the other; Esc ends them at any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ..theme import Radius, Space, theme
from ..widgets import button, label

_WIDE: Final = 320
_RING: Final = 2
_NEXT: Final = (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Step:
    """What is said of a part of the window; ``parts`` finds the widgets that it is said of."""

    title: str
    text: str
    parts: Callable[[], Sequence[QWidget]]


class Tour(QWidget):
    """Covers the window until it is over; the focus goes back where it was.

    ``passed`` are keys that end it and go on to the window: those it tells of.
    """

    def __init__(self, window: QWidget, steps: Sequence[Step], passed: Sequence[str]) -> None:
        super().__init__(window)
        self._steps, self._passed = steps, passed
        self._before = window.focusWidget()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QFrame(self)
        self._count, self._title = label(role="small"), label(role="section")
        self._text = label(role="muted")
        self._text.setWordWrap(True)
        self.skip = button(self.tr("Skip"), kind="link", small=True)
        self.back = button(self.tr("Back"), small=True)
        self.forward = button("", kind="primary", small=True)
        self.skip.clicked.connect(self.dismiss)
        self.back.clicked.connect(lambda: self.go(-1))
        self.forward.clicked.connect(lambda: self.go(1))
        self._lay_out()
        window.installEventFilter(self)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_changed)
        self.setGeometry(window.rect())

    @property
    def step(self) -> int:
        """Which one is shown, from 0."""
        return self._at

    def open(self) -> None:
        """Show the first step and take the keyboard."""
        self.show()
        self.raise_()
        self._show()
        self.setFocus()

    def go(self, by: int) -> None:
        """To the next step or the one before; past the last one it is over."""
        at = max(0, self._at + by)
        if at >= len(self._steps):
            self.dismiss()
        else:
            self._at = at
            self._show()

    def dismiss(self) -> None:
        """Go away for good."""
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.disconnect(self._focus_changed)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """No key of the window does anything behind it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _spelled(event) in self._passed:
                self.dismiss()
                event.ignore()
            else:
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and → go on, ← goes back, Esc ends it."""
        key = event.key()
        if key in _NEXT:
            self.go(1)
        elif key == Qt.Key.Key_Left:
            self.go(-1)
        elif key == Qt.Key.Key_Escape:
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at any size."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what it does not tell of."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dimmed, hole = QPainterPath(), QPainterPath()
        dimmed.addRect(QRectF(self.rect()))
        hole.addRoundedRect(QRectF(self._told_of()), Radius.CARD, Radius.CARD)
        painter.fillPath(dimmed.subtracted(hole), theme().color("scrim"))
        painter.setPen(QPen(theme().color("focus"), _RING))
        painter.drawPath(hole)

    # ---- the step

    def _show(self) -> None:
        step, last = self._steps[self._at], self._at == len(self._steps) - 1
        words = self.tr("{number} of {count}")
        self._count.setText(words.format(number=self._at + 1, count=len(self._steps)))
        self._title.setText(step.title)
        self._text.setText(step.text)
        self.back.setVisible(self._at > 0)
        self.skip.setVisible(not last)
        self.forward.setText(self.tr("Done") if last else self.tr("Next"))
        self.setAccessibleName(f"{self._count.text()}. {step.title}. {step.text}")
        self.setFocus()
        self._place()

    def _told_of(self) -> QRect:
        """What is told of now, with air around it, as far as it is in the window."""
        window, found = self.window(), QRect()
        for part in self._steps[self._at].parts():
            if part.isVisible():
                found |= QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        air = Space.XS
        return found.adjusted(-air, -air, air, air) & self.rect().adjusted(
            _RING, _RING, -_RING, -_RING
        )

    def _place(self) -> None:
        """Put the card where there is room: right of it, above it, left of it, below it."""
        self._text.ensurePolished()
        self._text.setMinimumHeight(self._text.heightForWidth(_WIDE - 2 * Space.L))
        self._box.activate()
        size = QSize(_WIDE, self.card.sizeHint().height())
        at, gap, room = self._told_of(), Space.M, self.rect()
        middle = QPoint(
            at.center().x() - size.width() // 2, at.top() + min(at.height() // 3, Space.XL * 4)
        )
        ways = (
            QPoint(at.right() + gap, middle.y()),
            QPoint(middle.x(), at.top() - gap - size.height()),
            QPoint(at.left() - gap - size.width(), middle.y()),
            QPoint(middle.x(), at.bottom() + gap),
        )
        fitting = [each for each in ways if self._is_free(QRect(each, size), at)]
        corner = (fitting or [middle])[0]
        x = min(max(corner.x(), gap), room.width() - size.width() - gap)
        y = min(max(corner.y(), gap), room.height() - size.height() - gap)
        self.card.setGeometry(QRect(QPoint(x, y), size))
        self.update()

    def _is_free(self, place: QRect, told_of: QRect) -> bool:
        """Whether the card fits there, moved along an edge of the window if it has to be."""
        across = self.rect().width() - 2 * Space.M
        if place.left() >= told_of.right() or place.right() <= told_of.left():
            return place.left() >= Space.M and place.right() <= across + Space.M
        return place.top() >= Space.M and place.bottom() <= self.rect().height() - Space.M

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A page that has been read takes the keyboard; not while this is shown."""
        if now is None or now is self or self.isAncestorOf(now):
            return
        if now.window() is self.window():
            self._before = now
            self.setFocus()

    def _lay_out(self) -> None:
        self.card.setProperty("ground", "float")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        box = self._box = QVBoxLayout(self.card)
        box.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        box.setSpacing(Space.XS)
        for part in (self._count, self._title, self._text):
            box.addWidget(part)
        box.addSpacing(Space.S)
        box.addLayout(row)


def _spelled(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString()
