"""Behind the slots of an entity: all of them together, and the way up to its community."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ....domain.entities import Entity, EntityRef
from ....domain.slots import slots_of
from ...theme import Space
from ...widgets import button
from .scope import Scope
from .words import tr


class StripEnd(QWidget):
    """Quiet buttons behind the cards."""

    #: All slots of the entity.
    all_wanted = Signal()
    #: EntityRef
    entity_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._up: EntityRef | None = None
        self.all = button(tr("All"), "squares-four", "quiet", small=True)
        self.all.setCheckable(True)
        self.all.setToolTip(tr("The files of all slots together"))
        self.all.clicked.connect(self._choose_all)
        self.parent_place = button("", "buildings", "quiet", small=True)
        self.parent_place.clicked.connect(self._go_up)
        self.parent_place.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.all)
        row.addWidget(self.parent_place)
        row.addStretch(1)

    def show_scope(self, scope: Scope) -> None:
        """All slots are a choice only where there are several."""
        several = scope.entity is not None and len(slots_of(scope.entity.type)) > 1
        self.all.setVisible(several)
        self.all.setChecked(several and scope.slot is None)

    def show_parent(self, parent: Entity | None) -> None:
        """The community that the entity is in."""
        self._up = None if parent is None else parent.ref
        self.parent_place.setVisible(parent is not None)
        self.parent_place.setText("" if parent is None else parent.name)

    def _choose_all(self) -> None:
        self.all.setChecked(True)  # a second click changes nothing
        self.all_wanted.emit()

    def _go_up(self) -> None:
        if self._up is not None:
            self.entity_wanted.emit(self._up)
