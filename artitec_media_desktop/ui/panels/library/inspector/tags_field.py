"""The tags of what is selected: those of all, those of some, and what is to become of them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .....domain import right_of_way
from .....domain.selection import Values
from ....theme import Space
from ....widgets import button
from ....widgets.flow import Flow
from .parts import NameRow
from .tag_chip import Kind, TagChip
from .tag_input import TagInput
from .words import number, tr

if TYPE_CHECKING:
    from .....bootstrap import App

#: Of many photos with many tags the first are shown; then more, but never thousands.
_FIRST: Final = 12
_MOST: Final = 100


class TagsField(QWidget):
    """``edited`` says what is to be put on and taken off; the widget remembers it."""

    edited = Signal(object, object)

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._tags: list[tuple[str, int]] = []
        self._total = 0
        self._added: list[str] = []
        self._removed: list[str] = []
        self.input = TagInput(app)
        #: Those that are shown; made once and used again.
        self.chips: list[TagChip] = []
        self._made: list[TagChip] = []
        self._limit = _FIRST
        self.more = button("", kind="link", small=True)
        self._row = NameRow(tr("Tags"), self.input)
        self._holder = QWidget()
        self._flow = Flow(Space.XS + 2, self._holder)
        self._flow.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._row)
        column.addWidget(self._holder)
        column.addWidget(self.input)
        self.input.taken.connect(self._put_on)
        self.input.back.connect(self._take_last)
        self.more.clicked.connect(self._show_more)

    def show_tags(
        self, tags: Values[str], total: int, added: list[str], removed: list[str]
    ) -> None:
        """Those of ``total`` media, and what is to be changed of them."""
        shown = sorted(tags.items(), key=lambda each: (-each[1], each[0].casefold()))
        state = (shown, total, list(added), list(removed))
        if state != (self._tags, self._total, self._added, self._removed):
            if shown != self._tags:
                self._limit = _FIRST
            self._tags, self._total, self._added, self._removed = state
            self._fill()

    def set_changed(self, changed: bool) -> None:
        """Say whether they differ from what the library has."""
        self._row.badge.setVisible(changed)

    @right_of_way.first
    def _fill(self) -> None:
        focused = next((each.tag for each in self.chips if each.hasFocus()), None)
        first = self._tags[: self._limit]
        hidden = self._tags[self._limit :]
        going = set(self._added) | set(self._removed)
        shown = first + [each for each in hidden if each[0] in going]
        there = {tag for tag, _ in shown}
        shown += [(tag, 0) for tag in self._added if tag not in there]
        while len(self._made) < len(shown):
            self._made.append(self._new())
        self.chips = self._made[: len(shown)]
        for chip, (tag, count) in zip(self.chips, shown, strict=True):
            chip.show_tag(tag, self._kind(tag, count), count, self._total)
            chip.show()
        for chip in self._made[len(shown) :]:
            chip.hide()
        left = len(self._tags) - sum(count > 0 for _, count in shown)
        self.more.setVisible(left > 0)
        self.more.setText(tr("+ {count} more").format(count=number(left)))
        self.more.setEnabled(self._limit < _MOST)
        self._holder.setVisible(bool(self.chips))
        on_all = {tag for tag, count in self._tags if count == self._total}
        self.input.set_taken(frozenset((on_all - set(self._removed)) | set(self._added)))
        for each in self.chips:
            if each.tag == focused and not each.hasFocus():
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        self._limit = _MOST
        self._fill()

    def _new(self) -> TagChip:
        made = TagChip()
        made.clicked.connect(lambda: self._clicked(made))
        made.removed.connect(lambda: self._take_off(made.tag))
        self._flow.insert(len(self._made), made)
        return made

    def _kind(self, tag: str, count: int) -> Kind:
        if tag in self._added:
            return Kind.ADDED
        if tag in self._removed:
            return Kind.REMOVED
        return Kind.ALL if count == self._total else Kind.SOME

    def _clicked(self, chip: TagChip) -> None:
        if chip.kind is Kind.SOME:
            self._put_on(chip.tag)
        elif chip.kind in (Kind.ADDED, Kind.REMOVED):
            self._set(
                [each for each in self._added if each != chip.tag],
                [each for each in self._removed if each != chip.tag],
            )

    def _put_on(self, tag: str) -> None:
        removed = [each for each in self._removed if each != tag]
        on_all = dict(self._tags).get(tag) == self._total
        new = [] if on_all or tag in self._added else [tag]
        self._set([*self._added, *new], removed)

    def _take_off(self, tag: str) -> None:
        added = [each for each in self._added if each != tag]
        there = tag in dict(self._tags) and tag not in self._removed
        # One that was to be put on all goes back to where it was first.
        new = [tag] if there and tag not in self._added else []
        self._set(added, [*self._removed, *new])

    def _take_last(self) -> None:
        """Backspace in the empty field: the last that is not going yet."""
        going = [each for each in self.chips if each.kind is not Kind.REMOVED]
        if going and self.input.isEnabled():
            self._take_off(going[-1].tag)

    def _set(self, added: list[str], removed: list[str]) -> None:
        self._added, self._removed = added, removed
        self._fill()
        self.edited.emit(list(added), list(removed))
