"""Keeps the inspector beside the grid: shown or hidden, and with what is selected."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from .....domain.entities import Entity, EntityRef
from .....domain.search import Order
from ....widgets import key_of
from ....widgets.shortcuts import key_in
from ..grid import GridModel, GridView
from ..sides import Sides
from .footer import APPLY_KEYS
from .inspector import Inspector
from .position import Position

#: A rubber band, or an arrow key held down, selects many times a second.
_SETTLES_MS: Final = 60


class Follow(QObject):
    """Joins the two; ``keys`` of the page are added to ``owner``."""

    def __init__(
        self,
        sides: Sides,
        inspector: Inspector,
        grid: GridView,
        entity_of: Callable[[EntityRef], Entity | None],
        owner: QWidget,
    ) -> None:
        """``entity_of``: an entity is named where media of several are shown."""
        super().__init__(owner)
        self._entity_of = entity_of
        self._sides, self._inspector, self._grid = sides, inspector, grid
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLES_MS)
        self._settling.timeout.connect(self.show_selected)
        sides.came.connect(self.show_selected)
        grid.selection_changed.connect(self._settling.start)
        self._model.state_changed.connect(self._settling.start)
        inspector.close_wanted.connect(lambda: sides.show_inspector(False))
        inspector.left.connect(self._back)
        inspector.step_wanted.connect(self._step)
        inspector.select_wanted.connect(self.select)
        inspector.order_wanted.connect(self._reorder)
        inspector.opened.connect(grid.opened)
        self._add_keys(owner)

    @property
    def _model(self) -> GridModel:
        model = self._grid.model()
        assert isinstance(model, GridModel)  # noqa: S101  # the grid has no other
        return model

    def toggle(self) -> None:
        """Show the inspector, or fold it away."""
        self._sides.show_inspector(self._inspector.isHidden())

    def show_selected(self) -> None:
        """Turn to what is selected; while nobody looks, nothing is read."""
        if self._inspector.isHidden():
            return
        keys = self._grid.selected_keys()
        self._inspector.name_of = self._name_of if self._model.place is None else None
        known = self._model.media(keys[0]) if len(keys) == 1 else None
        self._inspector.show_keys(keys, known, self._position(keys))

    def _name_of(self, ref: EntityRef) -> str:
        entity = self._entity_of(ref)
        return str(ref) if entity is None else entity.name

    def select(self, keys: Sequence[int]) -> None:
        """Select these in the grid, as far as they are there; else show them by themselves."""
        rows = [self._model.row_of(int(key)) for key in keys[:_SELECTED]]
        there = [row for row in rows if row is not None]
        if len(there) < len(keys):
            self._inspector.show_keys(keys)
            return
        selection = self._grid.selectionModel()
        selection.clear()
        for row in there:
            selection.select(self._model.index(row), QItemSelectionModel.SelectionFlag.Select)
        self._grid.scrollTo(self._model.index(there[0]))

    def _position(self, keys: Sequence[int]) -> Position | None:
        if not len(keys):
            return None
        first, last = self._model.row_of(int(keys[0])), self._model.row_of(int(keys[-1]))
        if first is None or last is None:
            return None
        query = self._model.query
        in_order = query is not None and query.order is Order.PLACE
        return Position(first, last, self._model.total, in_order and self._model.place is not None)

    def _step(self, by: int) -> None:
        row = self._grid.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self._grid.setCurrentIndex(self._model.index(row))

    def _reorder(self, number: int) -> None:
        """Have the selected media stand at this number, from 1."""
        keys = self._grid.selected_keys()
        row = self._model.row_of(int(keys[0])) if len(keys) == 1 else None
        if row is None or row == number - 1:
            return
        # What it passes closes up behind it.
        behind = number if number - 1 > row else number - 1
        before = self._model.key_at(behind) if behind < self._model.total else None
        self._grid.reorder_wanted.emit([int(keys[0])], before)

    def _back(self) -> None:
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tags(self) -> None:
        if len(self._grid.selected_keys()):
            if self._inspector.isHidden():
                self.toggle()
            self._settling.stop()
            self.show_selected()
            self._inspector.edit_tags()

    def _add_keys(self, owner: QWidget) -> None:
        apply = self._inspector.apply
        for keys, act in (("Ctrl+I", self.toggle), (APPLY_KEYS, apply), ("Ctrl+Enter", apply)):
            key_in(owner, keys, act, context=Qt.ShortcutContext.WindowShortcut)
        key_of(self._grid, "T", self._tags)


#: More are not selected one by one.
_SELECTED: Final = 2_000
