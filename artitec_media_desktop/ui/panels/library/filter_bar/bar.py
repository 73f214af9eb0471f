"""Filter, quick chips, order and size; below them the search, as long as there is one."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from .....domain.search import EVERYTHING, Search, Term
from .....domain.slots import SLOTS, slots_of
from ....filtering.completion import Completion, Places
from ....filtering.filter_menu import FilterMenu
from ....filtering.term_field import TermField
from ....filtering.words import found_text, tr
from ....theme import Height, Icon, Space, icon, theme
from ....theme.icons import draw
from ....theme.tokens import Cell
from ....widgets import Message, button, icon_button, label
from ..scope import Scope
from .counting import Counts
from .order_button import OrderButton
from .quick_chips import QuickChips

if TYPE_CHECKING:
    from .....bootstrap import App

_SLIDER: Final = 80
#: What takes longer is said, and can be stopped.
_BUSY_MS: Final = 200


class FilterBar(QWidget):
    """Says what a person wants to see; the page asks for it and shows it here in turn."""

    #: Search
    search_wanted = Signal(object)
    #: The width of a thumbnail in pixels.
    zoom_wanted = Signal(int)
    save_wanted = Signal()
    #: Stop the search that is under way.
    cancel_wanted = Signal()
    #: Esc: the keyboard is wanted back by the grid.
    left = Signal()

    def __init__(self, app: "App", places: Places, parent: QWidget | None = None) -> None:
        """``places`` finds entities for the completion."""
        super().__init__(parent)
        self._scope = Scope()
        self._search = EVERYTHING
        self._counts: Counts | None = None
        self.field = TermField()
        self.filters = FilterMenu(app, self)
        self.order = OrderButton()
        self.quick = QuickChips()
        self.completion = Completion(app, self.field.edit, places)
        self.field.edit.takes_enter = lambda: self.completion.is_open
        self.count = label("", "small")
        self.cancel = button(tr("Cancel"), small=True)
        self.save = icon_button("star", tr("Save search"))
        self.clear = icon_button("x", tr("Clear the filter"))
        self.message = Message()
        self._busy = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self._busy.timeout.connect(self._show_busy)
        self._lay_out()
        self._connect()
        self._show()

    # ---- what the page says

    def show_scope(self, scope: Scope, search: Search) -> None:
        """Turn to another scope and its search."""
        if scope != self._scope:
            self._counts = None
        self._scope, self._search = scope, search
        of_type = SLOTS if scope.entity is None else slots_of(scope.entity.type)
        names = tuple(dict.fromkeys(each.name for each in of_type))
        self.filters.slots = names if scope.slot is None and len(names) > 1 else ()
        self.filters.has_places = scope.entity is None
        self.filters.search = search
        self.field.set_search(search)
        self.order.show_order(scope.query(search).order)
        self._show()

    def show_counts(self, counts: Counts | None) -> None:
        """The numbers of the quick chips, and of all there is in the scope."""
        self._counts = counts
        self._show()

    def show_found(self, number: int, *, busy: bool) -> None:
        """How many the search found; or that it is being looked for."""
        if busy:
            if not self._busy.isActive() and self.cancel.isHidden():
                self._busy.start()
            return
        self._busy.stop()
        self.cancel.hide()
        total = None if self._counts is None else self._counts.total
        self.count.setText(found_text(number, total if self._search else None))

    def show_saved(self, name: str) -> None:
        """The name under which this search is saved; empty where it is not."""
        self.save.setIcon(icon("star-fill", "accent") if name else icon("star"))
        self.save.setToolTip(
            tr("Saved as “{name}”").format(name=name) if name else tr("Save search")
        )

    def set_zoom(self, width: int) -> None:
        """Put the slider there."""
        self._slider.setValue(width)

    def begin(self) -> None:
        """Go to the field."""
        self._lower.show()
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    # ---- what a person does

    def toggle(self, term: Term) -> None:
        """Add a condition, or take it away."""
        self.field.commit()
        search = self._search
        there = term in search.terms
        self.search_wanted.emit(search.without(term) if there else search.plus(term))

    def _clear(self) -> None:
        self.search_wanted.emit(Search(order=self._search.order))
        self.left.emit()

    def _leave(self) -> None:
        self.left.emit()
        self._show()

    def _type(self, text: str) -> None:
        self._lower.show()
        self.field.take(text)

    # ---- the parts

    def _show(self) -> None:
        wanted = self._search or self._scope.entity is None or self.field.edit.hasFocus()
        self._lower.setVisible(bool(wanted) or self.field.faulty)
        self.quick.show_counts(self._counts, self._search)
        for each in (self.save, self.clear, self.count):
            each.setVisible(bool(self._search))

    def _show_busy(self) -> None:
        self.count.setText(tr("Searching…"))
        self.count.show()
        self.cancel.show()

    def _say(self, sentence: str) -> None:
        self.message.say(sentence, "danger")
        self.field.edit.setAccessibleDescription(sentence)
        self._messages.setContentsMargins(Space.PANEL, 0, Space.PANEL, Space.S if sentence else 0)
        self._show()

    def _connect(self) -> None:
        self.field.changed.connect(self.search_wanted)
        self.field.faulted.connect(self._say)
        self.field.left.connect(self._leave)
        self.field.edit.focused.connect(lambda _: self._show())
        self.completion.completed.connect(self.field.commit)
        self.filters.toggled.connect(self.toggle)
        self.filters.typing_wanted.connect(self._type)
        self.quick.wanted.connect(self.toggle)
        self.order.chosen.connect(self._choose_order)
        self.save.clicked.connect(self.save_wanted)
        self.clear.clicked.connect(self._clear)
        self.cancel.clicked.connect(self.cancel_wanted)

    def _choose_order(self, order: object) -> None:
        usual = self._scope.query().order
        self.search_wanted.emit(
            Search(self._search.terms, None if order == usual else order)  # type: ignore[arg-type]
        )

    def _lay_out(self) -> None:
        self._slider = slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(Cell.MIN, Cell.MAX)
        slider.setSingleStep(Cell.STEP)
        slider.setPageStep(4 * Cell.STEP)
        slider.setFixedWidth(_SLIDER)
        slider.setValue(Cell.DEFAULT)
        slider.setAccessibleName(tr("Size of the pictures"))
        slider.valueChanged.connect(self.zoom_wanted)
        filters = button(tr("Filter"), "funnel-simple", small=True)
        filters.setMenu(self.filters.menu)
        upper = QWidget()
        upper.setFixedHeight(Height.FILTER_BAR)
        row = _row(upper)
        row.addWidget(filters)
        row.addWidget(self.quick, 1)
        for each in (self.order, _Picture("squares-four", "muted"), slider):
            row.addWidget(each)
        self._lower = QWidget()
        row = _row(self._lower, Space.S)
        for part in (self.field, self.count, self.cancel, self.save, self.clear):
            row.addWidget(part)
        self.cancel.hide()
        self._messages = messages = QVBoxLayout()
        messages.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        messages.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(self._lower)
        column.addLayout(messages)


class _Picture(QWidget):
    """An icon of 16 pixels that follows the theme."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._look = (name, color)
        self.setFixedSize(Icon.ROW, Icon.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        name, color = self._look
        draw(QPainter(self), self.rect(), name, theme().color(color))


def _row(parent: QWidget, below: int = 0) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(Space.PANEL, 0, Space.PANEL, below)
    row.setSpacing(Space.S)
    return row
