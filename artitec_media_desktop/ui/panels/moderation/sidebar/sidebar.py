"""On the right: the facts that matter, what was decided on the like, and the reasons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .....domain.errors import MediaError
from .....domain.moderation import Claimed, Lease, Policy, Reason
from .....domain.review_facts import ItemFacts
from ....theme import Space
from ....widgets import line
from ....widgets.scrolled import scroll_area
from ..words import tr
from .background import Background
from .facts import Facts
from .facts_ahead import FactsAhead
from .lease import LeaseFoot
from .reasons import ReasonList
from .screening_status import ScreeningStatus

if TYPE_CHECKING:
    from .....bootstrap import App

#: Who decides faster than this does not read them, so nobody is asked.
_RESTS_MS: Final = 80


class Sidebar(QWidget):
    """``show_item`` says at once what the item itself knows; the rest comes from a worker."""

    #: The code of a reason that was clicked.
    reason_chosen = Signal(str)
    #: The public id of a look-alike that is to be seen large.
    similar_opened = Signal(str)
    #: EntityRef: the place that it was posted in is to be opened.
    place_wanted = Signal(object)
    #: Enter in the field of the note.
    note_entered = Signal()
    #: Esc in it.
    note_dropped = Signal()
    #: Mapping[str, ItemFacts]: what is known of items by now.
    known = Signal(object)

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._policy = self._wanted = Policy()
        self._is_armed = False
        self._claimed: Claimed | None = None
        self._facts: ItemFacts | None = None
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.facts, self.background = Facts(), Background(app)
        self._ahead, self._next = FactsAhead(app, self), tuple[str, ...]()
        self._ahead.came.connect(self.known)
        self.list, self.foot = ReasonList(), LeaseFoot()
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_MS)
        self._rest.timeout.connect(self._read)
        self._lay_out()
        self.list.show_reasons(self._policy.reasons)
        self.list.chosen.connect(self.reason_chosen)
        self.list.note.entered.connect(self.note_entered)
        self.list.note.dropped.connect(self.note_dropped)
        self.background.similar.opened.connect(self.similar_opened)
        self.background.screening.screened.connect(self.look_again)
        self.facts.place_wanted.connect(self.place_wanted)
        self.show_item(None)

    # ---- what the page says

    @property
    def screening(self) -> ScreeningStatus:
        """The automatic check."""
        return self.background.screening

    def show_item(self, claimed: Claimed | None, following: Sequence[str] = ()) -> None:
        """Tell of another item; what belonged to the one before is gone at once.

        ``following`` are the public ids of those that come next: they are read ahead.
        """
        self._next = tuple(following)
        before = None if self._claimed is None else self._claimed.item.public_id
        self._claimed, self._facts = claimed, None
        item = None if claimed is None else claimed.item
        if item is None or item.public_id != before:
            self.list.note.clear()
            self.area.verticalScrollBar().setValue(0)
        self.foot.show_lease(None if claimed is None else claimed.lease)
        known = None if item is None else self._ahead.of(item.public_id)
        self.facts.show_item(item, self._policy)
        self.background.show_item(item, self._policy, is_all=known is None)
        for part in (self.facts, self.background):
            part.setVisible(item is not None)
        self.list.setVisible(item is not None)
        # There is nothing to scroll, and nothing that a ring could be around.
        by_tab = Qt.FocusPolicy.NoFocus if item is None else Qt.FocusPolicy.TabFocus
        self.area.setFocusPolicy(by_tab)
        if item is None:
            self._rest.stop()
            return
        if known is not None:
            self._show(known)
        self._rest.start()

    def show_lease(self, lease: Lease | None) -> None:
        """The item in view was renewed, or is no longer held."""
        self.foot.show_lease(lease)

    def look_again(self) -> None:
        """What is known of the item may have changed: ask anew."""
        if self._claimed is not None:
            self._rest.start()

    def show_policy(self, policy: Policy) -> None:
        """The reasons and the bounds that hold from now on.

        While a number is waited for, the numbers keep their meaning.
        """
        self._wanted = policy
        if self._wanted != self._policy and not self._is_armed:
            self._policy = policy
            self.list.show_reasons(policy.reasons)
            self.show_item(self._claimed, self._next)

    def read_policy(self) -> None:
        """Ask for the policy; what is shown stays until it is there."""
        self._app.runner.run(lambda _: self._app.policy.get(), self.show_policy, lambda _: None)

    # ---- rejecting and flagging

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """In the order of their numbers."""
        return self.list.reasons

    def arm_reject(self, on: bool, *, flagging: bool = False) -> None:
        """Show that the next number chooses a reason."""
        self._is_armed = on
        self.list.arm(on, flagging=flagging)
        self.show_policy(self._wanted)

    def ask_note(self) -> None:
        """Have a note written: ``note_entered`` or ``note_dropped`` follows."""
        self.list.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def note(self) -> str:
        """What stands in the field, without blanks around it."""
        return self.list.note.text().strip()

    def clear_note(self) -> None:
        """An empty field."""
        self.list.note.clear()

    # ---- the parts

    def _read(self) -> None:
        claimed = self._claimed
        if claimed is None:
            return
        public_id = claimed.item.public_id

        def came(facts: ItemFacts) -> None:
            self._ahead.keep(public_id, facts)
            if self._is_shown(public_id):
                self._show(facts)
                self.known.emit({public_id: facts})
                self._ahead.read(self._next)

        def failed(error: MediaError) -> None:
            if self._is_shown(public_id):
                self.background.show_error(error)

        self._app.runner.run(lambda _: self._app.review_facts.of(public_id), came, failed)

    def _show(self, facts: ItemFacts) -> None:
        if facts != self._facts:
            self._facts = facts
            self.facts.show_facts(facts)
            self.background.show_facts(facts)

    def _is_shown(self, public_id: str) -> bool:
        return self._claimed is not None and self._claimed.item.public_id == public_id

    def _lay_out(self) -> None:
        body = QWidget()
        body.setAutoFillBackground(False)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(Space.L, Space.L, Space.L, 0)
        inside.setSpacing(0)
        for part in (self.facts, self.background):
            inside.addWidget(part)
        inside.addStretch(1)
        self.area = scroll_area(body)
        self.area.setAccessibleName(tr("Facts"))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.area, 1)
        # Not in what is scrolled: a reason is always in view, and always in the same place.
        self.list.setContentsMargins(Space.L, 0, Space.L, 0)
        down.addWidget(self.list)
        down.addWidget(line())
        down.addWidget(self.foot)
