"""The reasons, edited: their words, their order, more of them, fewer of them."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from .....domain.moderation import OTHER, Reason
from .....domain.policy import MOST_REASONS, REASON_LENGTH
from ....theme import Height, Space
from ....widgets import button, icon_button, key_of, label
from ....widgets.key_hint import draw_key
from ..words import tr

_CODE_LENGTH: Final = 40


def code_for(text: str, taken: Collection[str]) -> str:
    """A code that nobody has yet, made of the words: ``Blurred face`` → ``blurred_face``."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[:_CODE_LENGTH] or "reason"
    return next(
        code
        for at in range(1, len(taken) + 2)
        if (code := plain if at == 1 else f"{plain}_{at}") not in taken
    )


class ReasonLine(QWidget):
    """One reason: its number, its words, and what can be done with it."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, reason: Reason | None) -> None:
        """None for a new one, which gets its code from its words."""
        super().__init__()
        self.code = "" if reason is None else reason.code
        self.number = _Number()
        self.text = QLineEdit("" if reason is None else reason.text)
        self.text.setMaxLength(REASON_LENGTH)
        self.text.setPlaceholderText(tr("Why something is rejected"))
        self.earlier = icon_button("arrow-up", tr("Earlier"), "Alt+Up", "muted")
        self.later = icon_button("arrow-down", tr("Later"), "Alt+Down", "muted")
        self.remove = icon_button("trash", tr("Remove"), color="muted")
        if self.code == OTHER:
            self.remove.setEnabled(False)
            self.remove.setToolTip(tr("This one stays: it takes what no other reason says"))
        self.earlier.clicked.connect(lambda: self.moved.emit(-1))
        self.later.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        key_of(self.text, "Alt+Up", lambda: self.moved.emit(-1), repeats=True)
        key_of(self.text, "Alt+Down", lambda: self.moved.emit(1), repeats=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.number)
        row.addSpacing(Space.XS)
        row.addWidget(self.text, 1)
        for each in (self.earlier, self.later, self.remove):
            row.addWidget(each)

    def show_place(self, at: int, last: int) -> None:
        """Which number it has, and whether it can go on either way."""
        self.number.show_number(at + 1)
        self.text.setAccessibleName(tr("Reason {number}").format(number=at + 1))
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < last)


class ReasonEditor(QWidget):
    """At most as many as there are digits."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ReasonLine] = []
        self.add = button(tr("Add a reason"), "plus", small=True)
        self.add.clicked.connect(self.add_line)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(Space.XS)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        words = tr("Chosen by number, so at most {count}.").format(count=MOST_REASONS)
        foot.addWidget(label(words, "small"))
        foot.addStretch(1)
        self._down.addLayout(foot)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """As they stand; a new one's code is made of its words."""
        taken = {line.code for line in self.lines if line.code}
        made = []
        for line in self.lines:
            text = line.text.text().strip()
            code = line.code or code_for(text, taken)
            taken.add(code)
            made.append(Reason(code, text))
        return tuple(made)

    @property
    def empty(self) -> int | None:
        """Where the first one without words stands; None where all have some."""
        return next(
            (at for at, line in enumerate(self.lines) if not line.text.text().strip()), None
        )

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Edit others."""
        for line in tuple(self.lines):
            self._drop(line)
        for reason in reasons:
            self._put(ReasonLine(reason))
        self._number()

    def add_line(self) -> None:
        """One more, before the last, with the keyboard in it."""
        line = ReasonLine(None)
        at = next((n for n, each in enumerate(self.lines) if each.code == OTHER), len(self.lines))
        self._put(line, at)
        self._number()
        line.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, line: ReasonLine, at: int | None = None) -> None:
        at = len(self.lines) if at is None else at
        self.lines.insert(at, line)
        self._down.insertWidget(at, line)
        line.moved.connect(lambda step: self._move(line, step))
        line.removed.connect(lambda: self._remove(line))

    def _move(self, line: ReasonLine, step: int) -> None:
        at, to = self.lines.index(line), self.lines.index(line) + step
        if not 0 <= to < len(self.lines):
            return
        self.lines.insert(to, self.lines.pop(at))
        self._down.removeWidget(line)
        self._down.insertWidget(to, line)
        self._number()
        line.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, line: ReasonLine) -> None:
        at = self.lines.index(line)
        self._drop(line)
        self._number()
        self.lines[min(at, len(self.lines) - 1)].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, line: ReasonLine) -> None:
        self.lines.remove(line)
        self._down.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _number(self) -> None:
        for at, line in enumerate(self.lines):
            line.show_place(at, len(self.lines) - 1)
        self.add.setEnabled(len(self.lines) < MOST_REASONS)


class _Number(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedSize(Height.KEY, Height.KEY)

    def show_number(self, number: int) -> None:
        self._text = str(number)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_key(QPainter(self), QRectF(self.rect()), self._text)
