"""Where the selected media lie, and the way to another place."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy

from .....domain.entities import EntityRef
from .....domain.media import MediaType
from .....domain.selection import Selection
from .....domain.slots import Slot, find_slot, slots_of
from ....theme import Height, Icon, icon
from ....widgets import menu
from ....widgets.buttons import ToolButton
from .reading import place_of
from .words import number, tr


class PlaceButton(ToolButton):
    """The name of the slot; its menu moves the media."""

    #: Slot: on the same entity.
    slot_wanted = Signal(object)
    #: A place is to be chosen.
    place_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ref: EntityRef | None = None
        self._slot: Slot | None = None
        self._kinds: frozenset[MediaType] = frozenset()
        self._count = 0
        self._menu = menu(self)
        self._menu.setLayoutDirection(self.layoutDirection())  # that of the words, not the mark's
        self._menu.aboutToShow.connect(lambda: self._fill(self._menu))
        self.setMenu(self._menu)
        self.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the mark stands behind the word
        self.setIcon(icon("caret-down", "muted"))
        self.setIconSize(QSize(Icon.BADGE, Icon.BADGE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Height.SECTION)
        self.setProperty("kind", "value")
        self.setStyleSheet("padding: 0; border: none;")  # in line with the values below it

    def minimumSizeHint(self) -> QSize:
        """Any width will do: a long name is elided, and stands whole in the tooltip."""
        return QSize(Height.SECTION, super().minimumSizeHint().height())

    def show_places(
        self, selection: Selection, count: int, name_of: Callable[[EntityRef], str] | None
    ) -> None:
        """``name_of`` an entity is said too where media of several are shown."""
        common = selection.places.common
        self._ref = None if common is None else place_of(*common)
        self._slot = None
        if self._ref is not None and common is not None:
            self._slot = find_slot(self._ref.type, common[2] or "")
        self._kinds = frozenset(kind for kind, _ in selection.types.items())
        self._count = count
        words = tr("{count} places").format(count=number(selection.places.different))
        if common is not None:
            words = self._slot.label if self._slot is not None else common[2] or tr("Unknown")
            if name_of is not None and self._ref is not None:
                words = f"{name_of(self._ref)} · {words}"
        self.setText(words)
        self.setAccessibleName(tr("Slot: {name}").format(name=words))
        self.setToolTip(f"{words}\n{tr('Move to another slot or place')}")

    def _fill(self, made: QMenu) -> None:
        made.clear()
        for slot in () if self._ref is None else slots_of(self._ref.type):
            fits = self._kinds <= slot.accepts and not (slot.single and self._count > 1)
            if slot != self._slot and fits:
                action = made.addAction(tr("Move to {slot}").format(slot=slot.label))
                action.triggered.connect(lambda _=False, slot=slot: self.slot_wanted.emit(slot))
        if made.actions():
            made.addSeparator()
        other = made.addAction(icon("folder-open"), tr("Move…"))
        other.triggered.connect(lambda: self.place_wanted.emit())
