"""The field of a search: what stands in it as chips, and what is being typed behind them."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ...domain.errors import MediaError
from ...domain.search import EVERYTHING, Order, Search, Term, parse
from ...domain.search_fields import FIELDS
from ..theme import Height, Icon, Space, theme
from ..theme.icons import draw
from ..theme.stylesheet import set_property
from ..widgets import Flow
from .term_chip import TermChip
from .words import tr

#: Results come when the typing rests so long.
PAUSE_MS: Final = 200
_EDIT_WIDE: Final = 140
#: Behind chips it takes no more than what is typed, and the caret.
_CARET: Final = 24
_LINE: Final = 24
#: Edge and padding of the style sheet.
_EDGE: Final = 2
_TAKEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_EXAMPLE: Final = str(QT_TRANSLATE_NOOP("Filter", "Words, or tag:kitchen size:>5mb"))


class TermField(QFrame):
    """Chips and text together are the search; Enter makes chips of the text."""

    #: Search: what is wanted now.
    changed = Signal(object)
    #: Why the text can't be read, in a sentence; empty when it can.
    faulted = Signal(str)
    #: Esc, with nothing left to clear.
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = EVERYTHING
        #: But for what is being typed.
        self._order: Order | None = None
        self._chips: list[TermChip] = []
        #: The chips before one of them was taken to be typed anew.
        self._before: list[Term] = []
        self.edit = _Edit()
        self.edit.setPlaceholderText(tr(_EXAMPLE))
        self.edit.setAccessibleName(tr("Filter"))
        self.edit.textEdited.connect(self._edited)
        self.edit.textChanged.connect(self._fit)
        self.edit.returnPressed.connect(self.commit)
        self.edit.focused.connect(self._show_focus)
        self.edit.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self._build()

    @property
    def search(self) -> Search:
        """What was understood last."""
        return self._search

    def set_search(self, search: Search) -> None:
        """Show another search as chips; without a signal."""
        self._pause.stop()
        if search == self._search and not self.faulty:
            return
        self._search, self._order, self._before = search, search.order, []
        self.edit.clear()
        self._show_fault("")
        self._show_chips(search.terms)

    @property
    def faulty(self) -> bool:
        """Whether what is typed can't be read."""
        return bool(self.property("invalid"))

    def take(self, text: str) -> None:
        """Have a text typed behind what is there, such as ``camera:``, and go on with it."""
        self.commit()
        self.edit.setText(text)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edited()

    def read(self) -> bool:
        """Understand what is typed now; returns whether that was possible."""
        self._pause.stop()
        try:
            typed = parse(_finished(self.edit.text()))
            wanted = self._with(typed)
        except MediaError as error:
            self._show_fault(error.message)
            return False
        self._show_fault("")
        if wanted != self._search:
            self._search = wanted
            self.changed.emit(wanted)
        return True

    def commit(self) -> None:
        """Make chips of the text, if it can be read."""
        if self.edit.text().strip() and self.read():
            self._before = []
            self._order = self._search.order
            self.edit.clear()
            self._show_chips(self._search.terms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace, Esc and Left, where the text itself has no use for them."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        at_start = not self.edit.cursorPosition() and not self.edit.hasSelectedText()
        match event.key():
            case Qt.Key.Key_Backspace if at_start and self._chips:
                self.remove(self._chips[-1].term)
            case Qt.Key.Key_Left if at_start and self._chips:
                self._chips[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Escape:
                self._step_back()
            case _:
                return False
        return True

    def remove(self, term: Term) -> None:
        """Without one of the conditions that are chips."""
        self._show_chips([each for each in self._terms if each != term])
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in it is meant for the text."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the sign of a search in front."""
        super().paintEvent(event)
        first_line = QRect(Space.S, 0, Icon.ROW, Height.FIELD)
        draw(QPainter(self), first_line, "magnifying-glass", theme().color("muted"))

    # ---- the parts

    def _build(self) -> None:
        self.setProperty("ground", "field")
        self.setMinimumHeight(Height.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = Flow(Space.XS)
        self._flow.addWidget(self.edit)
        box = QVBoxLayout(self)
        inset = (Height.FIELD - _LINE) // 2 - _EDGE
        box.setContentsMargins(Space.S + Icon.ROW + Space.S, inset, Space.XS, inset)
        box.addLayout(self._flow)

    @property
    def _terms(self) -> list[Term]:
        return [each.term for each in self._chips]

    def _with(self, typed: Search) -> Search:
        """Chips and text; what is typed as an order counts."""
        search = Search(tuple(self._terms), typed.order or self._order)
        for term in typed.terms:
            search = search.plus(term)
        return search

    def _edited(self) -> None:
        if not self.edit.text():
            self._before = []
        if self.faulty and not self.edit.text():
            self.read()
        self._pause.start()

    def _step_back(self) -> None:
        """First the text goes, or is the chip again that it was; the chips; then one leaves."""
        if self.edit.text():
            self.edit.clear()
            if self._before:
                self._show_chips(self._before)
                self._before = []
            self.read()
        elif self._chips:
            self._show_chips(())
            self.read()
        else:
            self.left.emit()

    def _change(self, term: Term) -> None:
        """Have a condition typed anew."""
        self.commit()
        self._before = self._terms
        self._show_chips([each for each in self._before if each != term])
        self.edit.setText(term.label)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        start = len(term.label) - len(term.label.partition(":")[2]) if term.field else 0
        self.edit.setSelection(start, len(term.label))

    def _step(self, chip: TermChip, by: int) -> None:
        at = self._chips.index(chip) + by
        there = self._chips[at] if 0 <= at < len(self._chips) else self.edit
        if at >= 0:
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chips(self, terms: Sequence[Term]) -> None:
        if list(terms) == self._terms:
            return
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for at, term in enumerate(terms):
            chip = TermChip(term)
            chip.removed.connect(self.remove)
            chip.edit_wanted.connect(self._change)
            chip.step_wanted.connect(lambda by, chip=chip: self._step(chip, by))
            self._chips.append(chip)
            self._flow.insert(at, chip)
        self.edit.setPlaceholderText("" if terms else tr(_EXAMPLE))
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        typed = self.edit.fontMetrics().horizontalAdvance(self.edit.text()) + _CARET
        self.edit.setMinimumWidth(min(_EDIT_WIDE, typed) if self._chips else _EDIT_WIDE)

    def _show_fault(self, sentence: str) -> None:
        set_property(self, "invalid", bool(sentence))
        self.faulted.emit(sentence)

    def _show_focus(self, focused: bool) -> None:
        set_property(self, "focused", focused)
        if not focused:
            self.commit()


class _Edit(QLineEdit):
    """Without a frame of its own; says when the keyboard comes and goes."""

    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        #: Whether Enter and Tab are meant for somebody else, who is asked.
        self.takes_enter: Callable[[], bool] = lambda: False
        self.setProperty("kind", "bare")
        # As high as the chips beside it; said here, since a style overrides ``setFixedHeight``.
        self.setStyleSheet(f"min-height: {_LINE}px; max-height: {_LINE}px;")
        self.setMinimumWidth(_EDIT_WIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TAKEN and self.takes_enter():
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.focused.emit(False)


def _finished(text: str) -> str:
    """Without a field at the end whose value is still to come."""
    start, _, last = text.rpartition(" ")
    is_begun = last.endswith(":") and last.lstrip("-")[:-1].lower() in {*FIELDS, "sort"}
    return start if is_begun else text
