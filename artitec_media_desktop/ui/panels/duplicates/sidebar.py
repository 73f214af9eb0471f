"""On the left: what is compared and how strictly, the groups, and how far one is."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QSlider, QVBoxLayout, QWidget

from ....domain.duplicates import MAX_THRESHOLD, Scope
from ....domain.entities import Entity, EntityType
from ....domain.limits import size_text
from ...entity_words import plural
from ...small_pictures import SmallPictures
from ...theme import Height, Space
from ...upload_words import number
from ...widgets import Choice, TrackBar, button, icon_button, label, line
from .clean_up import CleanUp
from .delegate import GroupDelegate
from .model import GroupModel
from .words import bits, counted, groups_left, tr

if TYPE_CHECKING:
    pass

_K = Qt.Key
#: What is compared ends in dots where the title leaves it so little room, in pixels.
_SCOPE: Final = 96
_SELECT: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


class GroupList(QListView):
    """Up and down go from group to group; everything else is for the page."""

    #: The row of the group that is in front now; -1 for none.
    chosen = Signal(int)

    def __init__(self, groups: GroupModel, thumbs: SmallPictures) -> None:
        super().__init__()
        self.groups = groups
        self.setModel(groups)
        self.setItemDelegate(GroupDelegate(thumbs))
        self.setUniformItemSizes(True)
        self.setProperty("ground", "surface")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Groups"))
        thumbs.arrived.connect(lambda _key: self.viewport().update())
        self.selectionModel().currentChanged.connect(self._changed)

    @property
    def row(self) -> int:
        """The row in front; -1 for none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Bring a row to the front, or the last one."""
        row = min(row, self.groups.rowCount() - 1)
        index = self.groups.index(row)
        self.selectionModel().setCurrentIndex(index, _SELECT)
        if index.isValid():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See DuplicatesPanel.keys."""
        moves = (_K.Key_Up, _K.Key_Down, _K.Key_PageUp, _K.Key_PageDown, _K.Key_Home, _K.Key_End)
        if event.key() in moves and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """For the page."""
        event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are for keys, not for jumping."""

    def _changed(self, now: QModelIndex) -> None:
        self.chosen.emit(now.row() if now.isValid() else -1)


class Sidebar(QWidget):
    """Title, scope, threshold, sums, list, progress."""

    menu_wanted = Signal()

    def __init__(self, clean_up: CleanUp, groups: GroupModel, thumbs: SmallPictures) -> None:
        super().__init__()
        self._clean_up = clean_up
        self._scopes: list[Scope] = []
        self._place: Entity | None = None
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = Choice()
        self.scope.setAccessibleName(tr("What is compared"))
        self.scope.setProperty("compact", True)
        self.scope.setMinimumWidth(_SCOPE)
        self.more = icon_button("dots-three", tr("More about duplicates"), color="muted")
        self.apart = label(role="emphasis")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, MAX_THRESHOLD)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(tr("How many of 64 bits look-alikes may differ in"))
        self.left, self.free = label(role="muted"), label(role="strong")
        self.list = GroupList(groups, thumbs)
        self.done, self.freed = label(role="body"), label(role="body", tone="success")
        self.bar = _Bar()
        self.again = button(tr("Compare again"), "arrow-clockwise", small=True)
        changed = label(tr("Something changed"), "small")
        changed.setWordWrap(True)
        self.stale = _strip(changed, self.again)
        self.unprinted = label(role="small")
        self.unprinted.setWordWrap(True)
        self.compute = button(tr("Compute"), "fingerprint", small=True)
        self.lacking = _strip(self.unprinted, self.compute)
        for made in (self.again, self.compute, self.slider):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the list
        self._offer_scopes()
        self._lay_out()
        self.slider.valueChanged.connect(clean_up.set_threshold)
        self.slider.valueChanged.connect(lambda _value: self._say_apart())
        self.scope.activated.connect(lambda at: clean_up.set_scope(self._scopes[at]))
        self.again.clicked.connect(clean_up.compare)
        self.more.clicked.connect(self.menu_wanted)
        clean_up.changed.connect(self.show_counts)
        self.slider.setValue(clean_up.threshold)
        self._say_apart()
        self.show_counts()

    def offer_place(self, place: Entity) -> None:
        """This place is a scope too from now on, and is chosen."""
        self._place = place
        self._offer_scopes()

    def show_counts(self) -> None:
        """Say how many are left, what they would free, and how far one is."""
        clean_up = self._clean_up
        left, comparison = clean_up.left, clean_up.comparison
        known = comparison is not None
        self.left.setText(groups_left(left) if known else "")
        free = tr("{size} to free").format(size=size_text(self.list.groups.freed))
        self.free.setText(free if known and left else "")
        total = left + clean_up.done
        words = tr("{done} of {total} done").format(done=number(clean_up.done), total=number(total))
        self.done.setText(words if total else "")
        self.freed.setText(
            tr("{size} freed").format(size=size_text(clean_up.freed)) if total else ""
        )
        self.bar.set_share(clean_up.done / total if total else 0.0)
        self.stale.setVisible(clean_up.is_stale and not clean_up.is_comparing)
        self.slider.setEnabled(known)
        if clean_up.scope in self._scopes:
            self.scope.setCurrentIndex(self._scopes.index(clean_up.scope))

    def show_lacking(self, count: int, *, is_computing: bool) -> None:
        """Say how many media can't be compared yet."""
        one, many = "{count} file has no fingerprint yet", "{count} files have no fingerprint yet"
        self.unprinted.setText(counted(count, one, many))
        self.lacking.setVisible(count > 0 and not is_computing)

    def _say_apart(self) -> None:
        value = self.slider.value()
        words = tr("{count} of 64 bits apart").format(count=value)
        self.apart.setText(words if value else tr("the same look"))
        self.slider.setToolTip(bits(value))

    def _offer_scopes(self) -> None:
        chosen = [(tr("Whole library"), Scope()), (tr("Within each place"), Scope(within=True))]
        chosen += [(plural(kind), Scope(kind)) for kind in EntityType]
        if self._place is not None:
            place = Scope(self._place.ref.type, entity=self._place.ref)
            chosen.insert(0, (self._place.name, place))
        self.scope.clear()
        for name, _ in chosen:
            self.scope.addItem(name)
        self._scopes = [scope for _, scope in chosen]
        self.scope.setMaxVisibleItems(len(chosen))
        if self._clean_up.scope in self._scopes:
            self.scope.setCurrentIndex(self._scopes.index(self._clean_up.scope))

    def _lay_out(self) -> None:
        head = _row(label(tr("Duplicates"), "title"), None, self.scope, gap=Space.S)
        head.setFixedHeight(Height.HEADER_TOOLS)
        up_to = _row(label(tr("Look-alikes up to"), "muted"), None, self.apart)
        ends = _row(label(tr("Same picture"), "small"), None, label(bits_end(), "small"))
        slider = QWidget()
        inside = QHBoxLayout(slider)
        inside.setContentsMargins(Space.L, 0, Space.L, 0)
        inside.addWidget(self.slider)
        counts = _row(self.left, None, self.free, self.more)
        counts.setFixedHeight(Height.UPLOAD_ROW - Space.S)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(0, Space.M, 0, Space.M)
        below.setSpacing(Space.S)
        below.addWidget(_row(self.done, None, self.freed))
        bar = QWidget()
        across = QHBoxLayout(bar)
        across.setContentsMargins(Space.L, 0, Space.L, 0)
        across.addWidget(self.bar)
        below.addWidget(bar)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for part in (head, up_to, slider, ends):
            down.addWidget(part)
        down.addSpacing(Space.S)
        for part in (line(), self.stale, self.lacking, counts):
            down.addWidget(part)
        down.addWidget(self.list, 1)
        down.addWidget(line())
        down.addWidget(foot)
        self.lacking.hide()


class _Bar(TrackBar):
    """As wide as there is room."""

    def __init__(self) -> None:
        super().__init__(tr("Done"))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)


def bits_end() -> str:
    """What stands at the end of the slider."""
    return counted(MAX_THRESHOLD, "{count} bit", "{count} bits")


def _row(*parts: QWidget | None, gap: int = Space.XS) -> QWidget:
    """Side by side; None is the room between."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(Space.L, 0, Space.L, 0)
    row.setSpacing(gap)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return made


def _strip(words: QWidget, act: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(Space.L, Space.S, Space.L, 0)
    row.addWidget(words, 1)
    row.addWidget(act)
    return made
