"""Behind the slots of an entity: all of them together, and the ways to what it belongs to."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from .....domain.entities import Entity, EntityRef
from .....domain.slots import slots_of
from ....entity_icons import ENTITY_ICONS
from ....theme import Space, font
from ....widgets import button
from ..scope import Scope
from ..words import tr

#: A longer name is cut; its tooltip has all of it.
_WIDEST = 160


class StripEnd(QWidget):
    """Quiet buttons behind the cards."""

    #: All slots of the entity.
    all_wanted = Signal()
    #: EntityRef
    entity_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all = button(tr("All"), "squares-four", "quiet", small=True)
        self.all.setCheckable(True)
        self.all.setToolTip(tr("The files of all slots together"))
        self.all.clicked.connect(self._choose_all)
        self.above: list[QPushButton] = []
        self._shown: list[tuple[EntityRef, str]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.XS)
        self._row.addWidget(self.all)
        self._row.addStretch(1)

    def show_scope(self, scope: Scope) -> None:
        """All slots are a choice only where there are several."""
        several = scope.entity is not None and len(slots_of(scope.entity.type)) > 1
        self.all.setVisible(several)
        self.all.setChecked(several and scope.slot is None)

    def show_above(self, entities: Sequence[Entity]) -> None:
        """The community and the builder of the entity."""
        shown = [(each.ref, each.name) for each in entities]
        if shown == self._shown:
            return
        self._shown = shown
        for old in self.above:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.above = [self._way_to(each) for each in entities]

    def _way_to(self, entity: Entity) -> QPushButton:
        metrics = QFontMetrics(font("body"))
        name = metrics.elidedText(entity.name, Qt.TextElideMode.ElideRight, _WIDEST)
        icon = ENTITY_ICONS[entity.ref.type]
        made = button(name.replace("&", "&&"), icon, "quiet", small=True)
        made.setAccessibleName(entity.name)
        made.setToolTip(entity.name)
        made.clicked.connect(lambda: self.entity_wanted.emit(entity.ref))
        self._row.insertWidget(self._row.count() - 1, made)
        made.show()
        return made

    def _choose_all(self) -> None:
        self.all.setChecked(True)  # a second click changes nothing
        self.all_wanted.emit()
