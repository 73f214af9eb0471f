"""The pane beside the grid: what is known of the selected media, and what can be changed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from .....domain import right_of_way
from .....domain.changes import Change
from .....domain.entities import EntityRef
from .....domain.errors import MediaError
from .....domain.limits import ALT_TEXT_LENGTH
from .....domain.listing import Changed
from .....domain.media import Media
from .....domain.selection import Selection
from .....domain.slots import Slot
from .....domain.targets import Target
from ....edits import Edits
from ....panel import Notice
from ....place_picker import PlacePicker
from ....theme import Space
from ....widgets import EmptyState, Message, button, has_keyboard
from ..thumbnails import Thumbnails
from .applying import Applying
from .body import Body
from .disputes import DisputeStrip
from .draft import Draft, known
from .drafts import Drafts
from .footer import Footer
from .header import Header
from .position import Position
from .reading import Read, Reader
from .scrolled import Scrolled
from .unsaved import Unsaved
from .words import number, sentence, things, tr

if TYPE_CHECKING:
    from .....bootstrap import App

#: What changed is read again this much later, so that a batch is read once.
_AGAIN_MS = 200


class Inspector(QWidget):
    """``show_keys`` turns to other media. What is typed is kept until it is applied or reverted."""

    noticed = Signal(object)
    close_wanted = Signal()
    #: Back to the grid.
    left = Signal()
    #: -1 or 1: to the neighbour of the one that is selected.
    step_wanted = Signal(int)
    #: The keys of a draft that is to be gone on with.
    select_wanted = Signal(object)
    #: The number that the selected media is to have in its slot.
    order_wanted = Signal(int)
    #: The key of a media.
    opened = Signal(int)

    def __init__(self, app: "App", thumbnails: Thumbnails, edits: Edits) -> None:
        super().__init__()
        self._app = app
        self._keys: Sequence[int] = ()
        self._position: Position | None = None
        self._read: Read | None = None
        self._draft = Draft(())
        self._written: list[Draft] = []
        self._wants_tags = False
        self.drafts = Drafts()
        #: The name of an entity; set where media of several may be shown.
        self.name_of: Callable[[EntityRef], str] | None = None
        self._edits = edits
        self.applying = Applying(app, edits, self)
        self.reader = Reader(app, self)
        self.header = Header()
        self.body = Body(app, thumbnails)
        self.footer = Footer()
        self.disputes = DisputeStrip()
        self.unsaved = Unsaved()
        self.refusal = Message()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._read_again)
        self._lay_out()
        self._connect()
        self._show_nothing()

    # ---- what is shown

    def show_keys(
        self, keys: Sequence[int], known: Media | None = None, position: Position | None = None
    ) -> None:
        """Turn to these media; one that is ``known`` is shown before it is read."""
        self._position = position
        if list(keys[:2]) == list(self._keys[:2]) and _same(keys, self._keys):
            self._show_header()
            self._show_order()
            return
        self._keys = keys
        self._draft = self.drafts.find(keys)
        self._written.clear()
        self._wants_tags = False
        self._read = None
        if not keys:
            self.reader.stop()
            self._show_nothing()
            return
        self._stack.setCurrentWidget(self._scroll)
        if known is not None and len(keys) == 1:
            self._show(Read(keys, Selection([known])))
        else:
            self.body.setEnabled(False)
            self._show_header()
            self._show_footer()
        self.reader.read(keys)

    def edit_tags(self) -> None:
        """Have the keyboard in the tags, as soon as they are there."""
        if self._read is None:
            self._wants_tags = bool(self._keys)
        elif self.body.tags.isEnabled():
            self.body.tags.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(self.body.tags)

    def _lay_out(self) -> None:
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Inspector"))
        self.refusal.setContentsMargins(Space.PANEL, Space.XS, Space.PANEL, Space.XS)
        self._state = EmptyState("info", "", "")
        # Filled once it has its place: what changes its parent is dressed anew, with all inside.
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.header, self.disputes, self.unsaved, self.refusal):
            column.addWidget(each)
        column.addWidget(self._stack, 1)
        self._scroll = Scrolled(self.body, self._stack)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._state)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        self.reader.arrived.connect(self._arrived)
        self.reader.failed.connect(self._failed)
        body = self.body
        body.edited.connect(self._edited)
        body.tags_edited.connect(self._tags_edited)
        body.alt_text.entered.connect(self._entered)
        body.role.order_wanted.connect(self.order_wanted)
        body.previews.opened.connect(lambda: self.opened.emit(self._keys[0]))
        body.history.undo_wanted.connect(self._edits.undo)
        body.place.slot_wanted.connect(self._move_to_slot)
        body.place.place_wanted.connect(self._choose_place)
        self.header.step_wanted.connect(self.step_wanted)
        self.header.close_wanted.connect(self.close_wanted)
        self.footer.applied.connect(self.apply)
        self.footer.reverted.connect(self.revert)
        self.unsaved.show_wanted.connect(self._show_other)
        self.applying.done.connect(self._applied)
        self.applying.disputed.connect(self.disputes.add)
        self.disputes.decided.connect(self.applying.settle)
        self.disputes.left.connect(self.left)
        self._app.changes.happened.connect(self._happened)
        self._app.changes.noticed.connect(self._noticed)

    def _show_nothing(self) -> None:
        self.header.say(tr("Inspector"), "")
        self._state.show_state(
            "image", tr("Nothing is selected"), tr("Select photos to see and change their texts.")
        )
        self._show_state()
        self.setFocusProxy(self.header.hide_button)
        self.refusal.say("")
        self._show_footer()

    def _show_header(self) -> None:
        if len(self._keys):
            self.header.show_read(len(self._keys), self._read, self._position)

    def _show_order(self) -> None:
        if self._read is not None:
            self._show_body(self._read)

    def _order(self) -> tuple[int, int, int] | None:
        at = self._position
        return None if at is None or not at.is_order else (at.first + 1, at.last + 1, at.of)

    # ---- what was read

    def _show(self, read: Read) -> None:
        self._read = read
        self.body.setEnabled(True)
        self.setFocusProxy(self.body.alt_text.field)
        self._show_body(read)
        self._show_header()
        self._show_footer()
        if self._wants_tags:
            self._wants_tags = False
            self.edit_tags()

    @right_of_way.first
    def _show_body(self, read: Read) -> None:
        self.body.show_read(read, self._draft, self._order(), self.name_of)
        self.body.set_editable(read.may_edit.allowed)
        self.refusal.say("" if read.may_edit else read.may_edit.reason, "muted")

    def _arrived(self, read: Read) -> None:
        for each in self._written:
            self._draft.settle(each)
        if self._written:
            self._written.clear()
            self.drafts.keep(self._draft)
        if not read.count:
            self._read = None
            self._show_gone()
            return
        self._stack.setCurrentWidget(self._scroll)
        self._show(read)

    def _show_gone(self) -> None:
        self.header.say(things(len(self._keys)), "")
        self._state.show_state(
            "image", tr("Not in the library any more"), tr("Somebody has deleted what was here.")
        )
        self._show_state()

    def _failed(self, error: MediaError) -> None:
        if self._read is not None:
            return  # what is shown was right a moment ago; the connection says what is wrong
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self._read_again)
        self._state.show_state(
            "warning-circle", tr("This could not be read"), error.message, "danger", [again]
        )
        self._show_state()

    def _show_state(self) -> None:
        """In the place of the fields; a keyboard that was in them goes to the grid."""
        if has_keyboard(self._scroll):
            self.left.emit()
        self._stack.setCurrentWidget(self._state)

    @right_of_way.first
    def _happened(self, change: Change) -> None:
        read = self._read
        ids = {each.public_id for each in change.media}
        if read is None or read.is_sample or ids & read.selection.media.keys():
            self._read_soon()

    def _noticed(self, found: Changed) -> None:
        touched = found.ids | found.removed
        if found.everything or any(key in touched for key in self._keys[:_LOOKED_AT]):
            self._read_soon()

    def _read_soon(self) -> None:
        if self._keys and self.isVisible():
            self._again.start()

    def _read_again(self) -> None:
        if self._keys:
            self.reader.read(self._keys)

    # ---- editing

    def _edited(self, column: str, value: Any) -> None:
        read = self._read
        if read is None:
            return
        if not read.is_sample and value == known(read.selection, column):
            self._draft.leave(column)
        else:
            seen = {} if read.is_sample else read.selection.media
            self._draft.put(column, value, seen)
        if not value:  # what an empty field stands for
            self.body.show_draft(read, self._draft)
        self._touched()

    def _tags_edited(self, added: list[str], removed: list[str]) -> None:
        self._draft.added, self._draft.removed = added, removed
        self._touched()

    def _touched(self) -> None:
        self.drafts.keep(self._draft)
        self.body.show_changed(self._draft)
        self._show_footer()

    def revert(self) -> None:
        """Drop what was typed for these media."""
        self._draft = Draft(self._keys)
        self.drafts.keep(self._draft)
        if self._read is not None:
            self.body.show_draft(self._read, self._draft)
        self._show_footer()

    def apply(self) -> None:
        """Write what is touched."""
        read = self._read
        if not self._draft or read is None or self._problem():
            return
        try:
            ids = () if read.is_sample else tuple(read.selection.media)
            self.applying.write(self._draft, things(read.count, read.kinds), ids)
        except MediaError as error:
            self.noticed.emit(Notice(tr("Nothing was written"), error.message, "danger"))

    def _entered(self) -> None:
        """Enter in the alt text of one media writes it, as in the grid."""
        if len(self._keys) == 1:
            self.apply()
        else:
            self.focusNextChild()

    @right_of_way.first
    def _applied(self, written: Draft) -> None:
        draft = self.drafts.find(written.keys)
        if draft is self._draft and self._read is not None:
            # It goes once the new values are there, so that the old ones are not seen again.
            self._written.append(written)
            self.body.alt_text.forget_typing()
            self.body.caption.forget_typing()
            self._again.stop()
            self._read_again()
        else:
            draft.settle(written)
            self.drafts.keep(draft)
            self._show_footer()

    def _problem(self) -> str:
        over = self.body.alt_text.too_long
        if over and "alt_text" in self._draft.values:
            text = tr("The alt text is {count} too long: {limit} characters fit.")
            return text.format(count=number(over), limit=number(ALT_TEXT_LENGTH))
        return ""

    def _show_footer(self) -> None:
        draft, read = self._draft, self._read
        shown = bool(draft) and read is not None
        if not shown and has_keyboard(self.footer):
            self.left.emit()
        self.footer.setVisible(shown)
        self.unsaved.show_drafts(self.drafts.others(draft))
        if not draft or read is None:
            return
        what = things(read.count, read.kinds)
        word = tr("Apply to {count}").format(count=number(read.count))
        self.footer.say(
            sentence(draft.columns, what), word if read.count > 1 else tr("Apply"), self._problem()
        )

    def _show_other(self) -> None:
        for draft in self.drafts.others(self._draft)[:1]:
            self.select_wanted.emit(draft.keys)

    # ---- moving

    def _move_to_slot(self, slot: Slot) -> None:
        read = self._read
        if read is not None:
            self.applying.move(self._keys, slot.name, slot.label, read.kinds)

    def _choose_place(self) -> None:
        read = self._read
        if read is None:
            return
        keys = self._keys
        kinds = [kind for kind, _ in read.selection.types.items()]
        picker = PlacePicker(self._app, kinds, read.count, self)

        def chosen(target: Target, name: str) -> None:
            self.applying.move(keys, target, name, read.kinds)

        picker.chosen.connect(chosen)
        picker.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the grid; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


#: Of more selected media, what others did to them is not looked for among all of them.
_LOOKED_AT = 20_000


def _same(one: Sequence[int], other: Sequence[int]) -> bool:
    if len(one) == len(other) and type(one) is not type(other):
        one, other = list(one), list(other)
    return one == other  # of a million numbers in arrays, in a moment
