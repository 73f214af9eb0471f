"""The tree of places: opens by click or Enter, takes drops, unfolds while a drag waits over it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from .....domain.entities import Entity, EntityRef, EntityType
from .....domain.slots import slots_of
from ....drops import Dragged, DropZone
from ..rights import Rights
from ..words import tr
from .delegate import BrowserDelegate
from .model import BrowserModel, Role

#: A drag that waits this long over a row opens it.
HOVER_OPENS_MS: Final = 600
#: A drag this near the edge scrolls, and how often.
_SCROLL_ZONE: Final = 28
_SCROLL_MS: Final = 60
#: A search unfolds sections as long as this many rows are shown in all.
_UNFOLDED_ROWS: Final = 1_000
_CHEVRON_WIDE: Final = 34
_COMMANDS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class BrowserView(QTreeView):
    """Arrow keys move, left and right fold, Enter and a click open."""

    #: EntityRef
    opened = Signal(object)
    #: The same by Enter: one goes on there.
    gone_to = Signal(object)
    #: What is typed here is searched for.
    typed = Signal(str)
    #: EntityRef: a drag waits over it.
    peeked = Signal(object)
    #: Dragged, EntityRef
    files_dropped = Signal(object, object)
    #: Why the place below the drag takes nothing; empty once there is no such place.
    refused = Signal(str)

    def __init__(self, model: BrowserModel, rights: Rights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._rights = rights
        self._unfolded: set[EntityType | EntityRef] = {EntityType.COMMUNITY}
        self._delegate = BrowserDelegate(rights)
        rights.arrived.connect(self._rights_arrived)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setProperty("ground", "surface")
        self.setAccessibleName(tr("Places"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.expanded.connect(lambda index: self._remember(index, True))
        self.collapsed.connect(lambda index: self._remember(index, False))
        model.modelReset.connect(self._unfold)
        self._zone = DropZone(self.viewport(), self._may_drop)
        self._zone.moved.connect(self._drag_moved)
        self._zone.left.connect(self._drag_left)
        self._zone.dropped.connect(self._drag_dropped)
        self._hover = self._timer(HOVER_OPENS_MS, self._open_hovered)
        self._scroll = self._timer(_SCROLL_MS, self._scroll_on)
        self._hovered = QPersistentModelIndex()
        self._at = QPoint()

    def set_opened(self, ref: EntityRef | None) -> None:
        """Mark the entity whose page is shown."""
        self._delegate.opened = ref
        self.viewport().update()

    def reveal(self, ref: EntityRef) -> None:
        """Unfold down to an entity, and scroll to it."""
        index = self._model.index_of(ref)
        if index.isValid():
            parent = index.parent()
            while parent.isValid():
                self.expand(parent)
                parent = parent.parent()
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # ---- folding

    def _unfold(self) -> None:
        """After a search: everything of a short result; else what was unfolded before."""
        if self._model.search.split():
            self._unfold_matches()
            return
        self.blockSignals(True)
        for row in range(self._model.rowCount()):
            head = self._model.index(row, 0)
            for at in (head, *self._open_communities(head)):
                if self._key(at) in self._unfolded:
                    self.expand(at)
        self.blockSignals(False)

    def _unfold_matches(self) -> None:
        left = _UNFOLDED_ROWS
        self.blockSignals(True)
        for row in range(self._model.rowCount()):
            head = self._model.index(row, 0)
            left -= self._model.rowCount(head)
            if left < 0:
                break
            self.expand(head)
            if self._model.section_of(head) is EntityType.COMMUNITY and left > 0:
                for child in range(self._model.rowCount(head)):
                    self.expand(self._model.index(child, 0, head))
        self.blockSignals(False)

    def _open_communities(self, head: QModelIndex) -> list[QModelIndex]:
        if self._model.section_of(head) is not EntityType.COMMUNITY:
            return []
        refs = [each for each in self._unfolded if isinstance(each, EntityRef)]
        found = (self._model.index_of(each) for each in refs)
        return [each for each in found if each.isValid()]

    def _remember(self, index: QModelIndex, unfolded: bool) -> None:
        key = self._key(index)
        if key is not None and not self._model.search.split():
            (self._unfolded.add if unfolded else self._unfolded.discard)(key)

    def _key(self, index: QModelIndex | QPersistentModelIndex) -> EntityType | EntityRef | None:
        entity = index.data(Role.ENTITY)
        return entity.ref if isinstance(entity, Entity) else self._model.section_of(index)

    # ---- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a chevron or a section folds, any other opens."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        entity = index.data(Role.ENTITY)
        on_chevron = event.position().x() < _CHEVRON_WIDE and self._model.hasChildren(index)
        if entity is None or on_chevron:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.opened.emit(entity.ref)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, letters search; the rest is the tree's own."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            entity = index.data(Role.ENTITY)
            if entity is None:
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.gone_to.emit(entity.ref)
            return
        if event.text().isalnum() and not event.modifiers() & _COMMANDS:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a row to start from."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            opened = self._delegate.opened
            index = self._model.index_of(opened) if opened else QModelIndex()
            self.setCurrentIndex(index if index.isValid() else self._model.index(0, 0))

    def drawBranches(
        self, painter: object, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The delegate draws them."""

    # ---- drags

    def _may_drop(self, dragged: Dragged, position: QPoint) -> bool:
        entity = self._entity_at(position)
        if entity is None or self._rights.refusal(entity.ref):
            return False
        return dragged.fits(slots_of(entity.ref.type)[0])

    def _entity_at(self, position: QPoint) -> Entity | None:
        entity = self.indexAt(position).data(Role.ENTITY)
        return entity if isinstance(entity, Entity) else None

    def _drag_moved(self, dragged: Dragged, position: QPoint) -> None:
        self._delegate.dragged = dragged
        self._rights.want(self._refs_in_view())
        index = self.indexAt(position)
        entity = self._entity_at(position)
        allowed = self._may_drop(dragged, position)
        self._delegate.drop_on = entity.ref if entity is not None and allowed else None
        self.refused.emit("" if entity is None else self._rights.refusal(entity.ref))
        if QPersistentModelIndex(index) != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self._hover.start()
        self._at = position
        if self._scroll_step() and not self._scroll.isActive():
            self._scroll.start()
        self.viewport().update()

    def _drag_left(self) -> None:
        self._hover.stop()
        self._scroll.stop()
        self._hovered = QPersistentModelIndex()
        self._delegate.dragged = self._delegate.drop_on = None
        self.refused.emit("")
        self.viewport().update()

    def _refs_in_view(self) -> list[EntityRef]:
        index, refs = self.indexAt(QPoint(0, 0)), []
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            entity = index.data(Role.ENTITY)
            if isinstance(entity, Entity):
                refs.append(entity.ref)
            index = self.indexBelow(index)
        return refs

    def _rights_arrived(self) -> None:
        if (dragged := self._zone.dragged) is not None:
            self._drag_moved(dragged, self._at)

    def _drag_dropped(self, dragged: Dragged, position: QPoint) -> None:
        entity = self._entity_at(position)
        if entity is not None:
            self.files_dropped.emit(dragged, entity.ref)

    def _open_hovered(self) -> None:
        index = self.indexAt(self._at)
        if not index.isValid():
            return
        self.expand(index)
        self._rights.want(self._refs_in_view())
        entity = index.data(Role.ENTITY)
        if entity is not None and entity.ref != self._delegate.opened:
            self.peeked.emit(entity.ref)

    def _scroll_step(self) -> int:
        if self._at.y() < _SCROLL_ZONE:
            return -1
        return 1 if self._at.y() > self.viewport().height() - _SCROLL_ZONE else 0

    def _scroll_on(self) -> None:
        bar, step = self.verticalScrollBar(), self._scroll_step()
        bar.setValue(bar.value() + step * _SCROLL_ZONE)
        if step and bar.minimum() < bar.value() < bar.maximum():
            self._scroll.start()

    def _timer(self, interval: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer
