"""All places of the library as a tree: sections, entities, amenities under their community.

Every row is found by its EntityRef. The whole list is in memory, so a search is one pass over
prepared strings, and nothing here waits for anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from .....domain.entities import Entity, EntityRef, EntityType
from ....entity_words import plural
from ..words import counted, number, place_of

Index = QModelIndex | QPersistentModelIndex
#: The sections in the order in which they are shown.
ORDER: Final = (
    EntityType.COMMUNITY,
    EntityType.BUILDER,
    EntityType.PROPERTY,
    EntityType.SALES_REP,
    EntityType.USER,
    EntityType.POST,
    EntityType.AMENITY,
)


class Role(IntEnum):
    """What a delegate asks for besides the text."""

    ENTITY = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1


@dataclass(slots=True)
class Place:
    """A row: an entity and the text a search looks through, or the head of a section."""

    text: str = ""
    entity: Entity | None = None
    section: EntityType | None = None
    parent: "Place | None" = None
    id: int = 0
    row: int = 0
    children: "list[Place]" = field(default_factory=list)

    def matches(self, words: Iterable[str]) -> bool:
        """Whether all the words are in its text."""
        text = self.text
        return all(word in text for word in words)


def places(entities: Iterable[Entity]) -> list[Place]:
    """Prepare entities for searching; runs in the worker that read them."""
    return [Place(_text(each), each) for each in entities]


def _text(entity: Entity) -> str:
    return f"{entity.name}\n{entity.public_id}\n{entity.place}\n{entity.ref.id}".casefold()


class BrowserModel(QAbstractItemModel):
    """Sections and entities, of which ``search`` shows those that match."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = ""
        #: Every row there can be, by its id; which ones are shown is in their ``children``.
        self._root = Place()
        self._places: list[Place] = [self._root]
        self._heads = {each: Place(section=each) for each in ORDER}
        self._by_ref: dict[EntityRef, Place] = {}
        self._shown: set[int] = set()

    @property
    def search(self) -> str:
        """What is searched for, as it was typed."""
        return self._search

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown, for lack of entities or of matches."""
        return not self._root.children

    def set_places(self, found: Sequence[Place]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._places = [self._root, *self._heads.values(), *found]
        self._by_ref = {each.entity.ref: each for each in found if each.entity is not None}
        for at, place in enumerate(self._places):
            place.id = at
        self._arrange()
        self.endResetModel()

    def set_search(self, text: str) -> None:
        """Show what has all the words of ``text`` in its name, id or place."""
        same = text.split() == self._search.split()
        self._search = text
        if not same:
            self.beginResetModel()
            self._arrange()
            self.endResetModel()

    def update_entities(self, entities: Iterable[Entity]) -> None:
        """Take over newer values of entities that are known, such as the number of their media."""
        for entity in entities:
            place = self._by_ref.get(entity.ref)
            if place is None:
                continue
            place.entity, place.text = entity, _text(entity)
            if place.id in self._shown:
                index = self._index(place)
                self.dataChanged.emit(index, index)

    def entity_of(self, ref: EntityRef) -> Entity | None:
        """The entity as it was last read, whether it is shown now or not."""
        place = self._by_ref.get(ref)
        return None if place is None else place.entity

    def find(self, text: str, limit: int) -> list[tuple[str, str]]:
        """Public ids and names of entities with all the words of ``text``."""
        words = text.casefold().split()
        found = (each.entity for each in self._by_ref.values() if each.matches(words))
        return [(each.public_id, each.name) for each in islice(found, limit) if each is not None]

    def index_of(self, ref: EntityRef) -> QModelIndex:
        """Where an entity is shown; an invalid index when it is not."""
        place = self._by_ref.get(ref)
        return QModelIndex() if place is None or place.id not in self._shown else self._index(place)

    def section_of(self, index: Index) -> EntityType | None:
        """The type whose section begins there; by ``data`` it would come back as a plain str."""
        place = self._place(index)
        return None if place is None else place.section

    def first_entity(self) -> Entity | None:
        """The first one that matches by itself, as it is shown."""
        words = self._search.casefold().split()
        for head in self._root.children:
            for place in head.children:
                for each in (place, *place.children):
                    if each.matches(words):
                        return each.entity
        return None

    # ---- what Qt asks

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """See QAbstractItemModel."""
        siblings = self._children(parent)
        if column or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row].id)

    def parent(self, index: Index | None = None) -> Any:
        """See QAbstractItemModel; without an index, the QObject's parent."""
        if index is None:
            return super().parent()
        place = self._place(index)
        return QModelIndex() if place is None or place.parent is None else self._index(place.parent)

    def rowCount(self, parent: Index | None = None) -> int:
        """See QAbstractItemModel."""
        return len(self._children(parent))

    def columnCount(self, parent: Index | None = None) -> int:
        """One."""
        return 1

    def hasChildren(self, parent: Index | None = None) -> bool:
        """See QAbstractItemModel."""
        return bool(self._children(parent))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, spoken text, the entity and the count; no I/O."""
        place = self._place(index)
        if place is None:
            return None
        if role == Role.ENTITY:
            return place.entity
        entity = place.entity
        if entity is None:
            return self._section_data(place, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return entity.name
        if role == Role.COUNT:
            return entity.media_count
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entity.name}\n{place_of(entity)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = counted(entity.media_count, "{count} file", "{count} files")
            return ", ".join(part for part in (entity.name, entity.place, count) if part)
        return None

    def _section_data(self, place: Place, role: int) -> Any:
        assert place.section is not None  # noqa: S101
        title = plural(place.section)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Role.COUNT:
            return len(place.children)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}, {number(len(place.children))}"
        return None

    # ---- the tree

    def _arrange(self) -> None:
        """Put everything that matches in its row."""
        words = self._search.casefold().split()
        shown = [each for each in self._places if each.entity is not None]
        if words:
            shown = self._matching(shown, words)
        for head in self._heads.values():
            head.children = []
        for place in shown:
            place.children = []
        self._shown = {each.id for each in shown}
        nested = []
        for place in shown:
            assert place.entity is not None  # noqa: S101
            if place.entity.parent is not None and self._is_shown(place.entity.parent):
                nested.append((place, self._by_ref[place.entity.parent]))
            else:
                _put(place, self._heads[place.entity.ref.type])
        for place, parent in nested:
            _put(place, parent)
        self._root.children = [head for head in self._heads.values() if head.children]
        for row, head in enumerate(self._root.children):
            head.row = row

    def _matching(self, every: list[Place], words: list[str]) -> list[Place]:
        """Matches, the communities they are in, and the amenities of matching communities."""
        found = {each.id for each in every if each.matches(words)}
        wanted = set(found)
        for place in every:
            assert place.entity is not None  # noqa: S101
            parent = self._by_ref.get(place.entity.parent) if place.entity.parent else None
            if parent is None:
                continue
            if place.id in found:
                wanted.add(parent.id)
            elif parent.id in found:
                wanted.add(place.id)
        return [each for each in every if each.id in wanted]

    def _is_shown(self, ref: EntityRef) -> bool:
        place = self._by_ref.get(ref)
        return place is not None and place.id in self._shown

    def _place(self, index: Index) -> Place | None:
        return self._places[index.internalId()] if index.isValid() else None

    def _children(self, index: Index | None) -> list[Place]:
        # Asked for every row that is unfolded. An invalid index has the id 0, which is the root's.
        return self._places[0 if index is None else index.internalId()].children

    def _index(self, place: Place) -> QModelIndex:
        return self.createIndex(place.row, 0, place.id)


def _put(place: Place, parent: Place) -> None:
    place.parent = parent
    place.row = len(parent.children)
    parent.children.append(place)
