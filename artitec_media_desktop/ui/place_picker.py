"""A dialog that asks where files go: every place that takes them, found by a few letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ..domain.entities import Entity, EntityRef
from ..domain.errors import MediaError
from ..domain.media import MediaType
from ..domain.permissions import Decision
from ..domain.slots import Slot, slots_of
from ..domain.targets import Target
from .place_rows import PlaceDelegate, PlaceRow
from .theme import Space
from .widgets import SearchField, button, label, line

if TYPE_CHECKING:
    from ..bootstrap import App

#: More rows than this are not read by anybody: a few letters more say it better.
_SHOWN: Final = 200
_SIZE: Final = (520, 480)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Place:
    entity: Entity
    slot: Slot
    text: str


class PlacePicker(QDialog):
    """Open it with ``open``; it is thrown away when it closes."""

    #: Target, and how people call it: ``Willow Creek, Photos``.
    chosen = Signal(object, str)

    def __init__(
        self, app: "App", kinds: Iterable[MediaType], count: int, parent: QWidget | None = None
    ) -> None:
        """``kinds`` and ``count`` are those of the files: only places that take them are shown."""
        super().__init__(parent)
        self._app = app
        self._kinds = frozenset(kinds)
        self._count = count
        self._places: list[_Place] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "raised")
        self.setWindowTitle(self.tr("Choose a place"))
        self.resize(*_SIZE)
        self.rows = PlaceRows()
        self.search = SearchField(self.tr("Name, id or city, and Photos, Cover …"))
        self.list = QListView()
        self._state = label(self.tr("Reading the places…"), "muted")
        self._choose = button(self.tr("Choose"), kind="primary")
        self._lay_out()
        self._connect()
        self._load()

    def _lay_out(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(PlaceDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("Places"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        top.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        foot.setSpacing(Space.S)
        foot.addWidget(self._state, 1)
        foot.addWidget(cancel)
        foot.addWidget(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(line())
        box.addWidget(self.list, 1)
        box.addWidget(line())
        box.addLayout(foot)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._accept)
        self._choose.clicked.connect(self._accept)
        self.list.activated.connect(self._accept)
        self.list.selectionModel().currentChanged.connect(self._offer)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while one types."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        if 0 <= row < self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(row))

    def _load(self) -> None:
        def read(_: object) -> list[_Place]:
            return [
                _Place(entity, slot, _text(entity, slot))
                for entity in self._app.library.entities()
                for slot in slots_of(entity.ref.type)
                if self._kinds <= slot.accepts and not (slot.single and self._count > 1)
            ]

        self._app.runner.run(read, self._loaded, self._failed)

    def _loaded(self, places: list[_Place]) -> None:
        self._places = places
        self._show()

    def _failed(self, error: MediaError) -> None:
        self._state.setText(error.message)

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        found = [each for each in self._places if all(word in each.text for word in words)]
        self.rows.show([PlaceRow(each.entity, each.slot) for each in found[:_SHOWN]])
        if self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(0))
        self._say(len(found))
        self._offer()
        self._ask_rights()

    def _say(self, count: int) -> None:
        if count > _SHOWN:
            words = self.tr("{count} places; type to find one")
        elif count or not self._places:
            words = self.tr("{count} places") if count != 1 else self.tr("1 place")
        else:
            words = self.tr("No place has all these words")
        self._state.setText(words.format(count=self.locale().toString(count)))

    def _ask_rights(self) -> None:
        refs = self.rows.unasked()
        if refs:
            self._app.runner.run(
                lambda _: self._app.library.may_add(refs), self._know, lambda _error: None
            )

    def _know(self, rights: dict[EntityRef, Decision]) -> None:
        self.rows.know(rights)
        self._offer()

    def _offer(self) -> None:
        row = self.rows.at(self.list.currentIndex())
        self._choose.setEnabled(row is not None and not row.refusal)
        self._choose.setToolTip(row.refusal if row is not None else "")

    def _accept(self) -> None:
        row = self.rows.at(self.list.currentIndex())
        if row is not None and not row.refusal:
            entity = row.entity
            target = Target(entity.ref.type, entity.ref.id, entity.public_id, row.slot)
            self.chosen.emit(target, f"{entity.name}, {row.slot.label}")
            self.accept()


class PlaceRows(QAbstractListModel):
    """The places that are shown; those that refuse files say why."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PlaceRow] = []
        self._refusals: dict[EntityRef, str] = {}

    def show(self, rows: list[PlaceRow]) -> None:
        """Replace all."""
        self.beginResetModel()
        self._rows = [self._with_refusal(row) for row in rows]
        self.endResetModel()

    def unasked(self) -> set[EntityRef]:
        """The entities that are shown and whose rights nobody has asked for."""
        return {row.entity.ref for row in self._rows} - self._refusals.keys()

    def know(self, rights: dict[EntityRef, Decision]) -> None:
        """Whether files may be added."""
        self._refusals |= {ref: "" if each else each.reason for ref, each in rights.items()}
        self._rows = [self._with_refusal(row) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _with_refusal(self, row: PlaceRow) -> PlaceRow:
        return PlaceRow(row.entity, row.slot, self._refusals.get(row.entity.ref, ""))

    def at(self, index: Index) -> PlaceRow | None:
        """The row of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index | None = None) -> int:
        """All are on one level."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the delegate; words for everybody else."""
        row = self.at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.entity.name} · {row.slot.label}"
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (row.entity.name, row.slot.label, row.entity.place, row.refusal)
                return ", ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole:
                return row.refusal or None
        return None


def _text(entity: Entity, slot: Slot) -> str:
    parts = (entity.name, entity.public_id, entity.place, str(entity.ref.id), slot.label)
    return "\n".join(parts).casefold()
