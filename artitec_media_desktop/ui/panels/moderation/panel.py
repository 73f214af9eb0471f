"""The moderation page: puts its parts together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ....domain import right_of_way
from ....domain.changes import Change, ChangeKind
from ....domain.errors import MediaError
from ....domain.listing import Changed
from ....domain.media import ModerationStatus
from ....domain.moderation import Claimed, Ruling
from ....domain.review_queue import QueueFilter
from ...edits import Edits
from ...panel import Panel
from ...repeats import Held
from ...widgets import Banner, EmptyState
from ...widgets.key_hint import key_text
from . import keys as k
from .acting import act_on, add_keys, wants
from .asking import Asking
from .bar import Bar
from .choosing import Choosing
from .columns import Columns
from .counts import Counts
from .deciding import Deciding, Decision
from .dialogs import Dialogs
from .entries import Entry
from .header import Header
from .keys import Keys, code_of
from .keys_dialog import KeysDialog
from .sidebar import Sidebar
from .stage import Stage
from .states import show_state
from .strip import Strip
from .today import Today
from .veil import Veil, veil_of
from .wellbeing import BreakPrompt, Sitting, Wellbeing, WellbeingDialog
from .words import counted, tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: So many pictures are read ahead.
_NEAR: Final = 8
#: What follows a key waits until the picture is painted.
_AFTER_MS: Final = 20
_S: Final = ModerationStatus


class ModerationPanel(Panel):
    """Picture after picture: look, decide by a key, the next is there."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__()
        self._app, self._edits = app, edits
        self.sitting = Sitting(app, self)
        self._wishes = self.sitting.wishes
        self.key_map, self.held = Keys(app.settings), Held(self.look, self)
        self.deciding = Deciding(app, self)
        self.session = self.deciding.session
        self.today, self.counts = Today(app, self), Counts(app, self)
        self.header, self.sidebar, self.stage = Header(app), Sidebar(app), Stage(app)
        self.choosing = Choosing(self.sidebar, self.meant, self)
        self.bar, self.asking = Bar(self.key_map), Asking()
        self.strip = Strip(app, self.session.entries, self.veil)
        self.state, self.stuck = EmptyState("shield-check", "", ""), Banner("wifi-slash")
        self.rest = BreakPrompt(self.sitting)
        #: What follows a decision once its picture is on screen.
        self._after = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._told: Claimed | None = None
        begin = self.choosing.begin
        #: By the names of the keys.
        self.acts: dict[str, Callable[[], object]] = {
            k.APPROVE: lambda: begin(_S.APPROVED),
            k.REJECT: lambda: begin(_S.REJECTED),
            k.FLAG: lambda: begin(_S.FLAGGED),
            k.SKIP: self.skip,
            k.UNDO: self.undo,
            k.BACK: lambda: self.session.step(-1),
            k.NEXT: lambda: self.session.step(1),
            k.ZOOM: self.stage.toggle_zoom,
            k.PLAY: self.stage.toggle_play,
        }
        #: By their code.
        self.fixed: dict[int, Callable[[], object]] = {
            code_of("Shift+Left"): lambda: self.strip.extend(-1),
            code_of("Shift+Right"): lambda: self.strip.extend(1),
            code_of("Ctrl+A"): self.strip.select_open,
            code_of("Ctrl+I"): self.toggle_facts,
            code_of("Ctrl+Shift+K"): self.change_keys,
            code_of("Ctrl+Z"): self.undo,
            code_of("Ctrl+Shift+Z"): self.deciding.redo,
            code_of("Ctrl+Y"): self.deciding.redo,
        }
        self._lay_out()
        self._connect()
        self.dialogs = Dialogs(app, self)
        add_keys(self)
        self.show_keys()
        self._show_front(None)

    # ---- what the frame asks for

    def activate(self) -> None:
        """Hold items from now on."""
        if self.isVisible():
            self.session.start()
            self.counts.begin(self.session.filter)
            self.sidebar.read_policy()
            self.sidebar.screening.start()
        self.status_changed.emit(self.today.line)

    def refresh(self) -> None:
        """See Panel; what did not come is tried again."""
        self.strip.forget_misses()
        self.deciding.steps.go_on()
        self.activate()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return self.key_map.told()

    def panes(self) -> list[QWidget]:
        """See Panel."""
        return [self.header.filters.button, self.sidebar.area, self.strip]

    def toast_ground(self) -> QWidget:
        """Over a corner of the picture's ground: no buttons are there."""
        return self._columns.middle

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or the window goes: others may have what is not decided."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.choosing.drop()
            self.session.leave()
            self.counts.stop()
            self.sidebar.screening.stop()

    # ---- what is done

    def meant(self) -> Sequence[Entry]:
        """The items that a key is about: those selected, else the one in front."""
        if self._pages.currentWidget() is not self.stage or not self.isVisible():
            return []
        front = self.session.front
        return self.strip.several() or ([front] if front is not None else [])

    def skip(self) -> None:
        """Leave them for later; others may have them."""
        self.choosing.drop()
        held = [each for each in self.meant() if each.is_open]
        if held:
            self.session.skip(held)
        elif self.session.front is not None:
            self.session.go_on()  # back from one that was decided

    def undo(self) -> None:
        """Take the last decision back."""
        self.choosing.drop()
        self.deciding.undo()

    def drop(self) -> bool:
        """Esc: a started reject, else a selection; False where there is neither."""
        if self.choosing.drop():
            return True
        several = bool(self.strip.several())
        if several:
            self.strip.select_only_front()
        return several

    def look(self, on: bool) -> None:
        """See what is veiled, for as long as it is on."""
        self.stage.look(on)

    def toggle_facts(self) -> None:
        """Show the facts, or hide them."""
        if self.sidebar.isAncestorOf(self.window().focusWidget() or self):
            self.take_focus()
        self._columns.toggle()

    def change_keys(self) -> None:
        """Let a person choose other keys."""
        dialog = KeysDialog(self.key_map, self)
        dialog.accepted.connect(self.show_keys)
        dialog.open()

    def care(self) -> None:
        """Let a person choose veils and breaks for themself."""
        WellbeingDialog(self.sitting, self).open()

    def show_keys(self) -> None:
        """Those that are in force now."""
        self.bar.show_keys()
        self.stage.set_look_key(key_text(self.key_map.of(k.LOOK)))
        self.sidebar.list.show_key(self.key_map.of(k.REJECT))

    def veil(self, entry: Entry) -> Veil:
        """What an item is seen through, as it stands after what was decided here."""
        return veil_of(entry.item, self.session.policy.suspect_from, self._wishes, entry.status)

    # ---- what is shown

    def _show_front(self, entry: Entry | None) -> None:
        """The picture first; words follow once it is on the screen."""
        self.choosing.drop()
        if entry is None:
            self.stage.show_item(None, Veil(False, False))
        else:
            self.stage.show_item(entry.item, self.veil(entry))
        self._show_state()
        self.strip.show_front(entry)
        self._after.start()

    @right_of_way.first
    def _follow(self) -> None:
        entry = self.session.front
        ahead = self.session.ahead(_NEAR)
        self.stage.prefetch([(each.item, self.veil(each)) for each in ahead])
        claimed = None if entry is None else entry.claimed
        if claimed is not self._told:
            self._told = claimed
            self.sidebar.show_item(claimed, [each.public_id for each in ahead])
        self._show_lease()
        self._offer()

    def _show_lease(self) -> None:
        entry = self.session.front
        is_held = entry is not None and entry.is_held
        self.sidebar.show_lease(entry.claimed.lease if entry is not None and is_held else None)

    def _show_state(self) -> None:
        if self.session.front is not None:
            self._pages.setCurrentWidget(self.stage)
            return
        last = tr("Last decided: {what}.").format(what=self.today.last) if self.today.last else ""
        show_state(self.state, self.session, last, self.activate, self._show_all)
        self._pages.setCurrentWidget(self.state)

    def _offer(self) -> None:
        entry = self.session.front
        veiled = entry is not None and self.veil(entry) != Veil(False, False)
        self.bar.offer(deciding=entry is not None, undo=self.deciding.may_undo, look=veiled)

    def _changed(self) -> None:
        if self.session.front is None:
            self._show_state()
        self._after.start()

    def _show_asked(self) -> None:
        asked, started = self.choosing.asked, self.choosing.started
        names = {_S.REJECTED: k.REJECT, _S.FLAGGED: k.FLAG}
        self.bar.show_armed("" if started is None else names[started])
        self._columns.settle(needed=started is not None)
        if asked is not None:
            self.asking.ask(asked.words)
        self._feet.setCurrentWidget(self.bar if asked is None else self.asking)

    # ---- what happened

    def _chosen(self, entries: Sequence[Entry], ruling: Ruling) -> None:
        self.strip.select_only_front()
        self.deciding.decide(entries, ruling)

    def _decided(self, decision: Decision) -> None:
        last = decision.entries[-1]
        self.sitting.acted()
        self.today.say_last(decision.ruling.status, last.item.media)

    def _settled(self) -> None:
        standing = self.deciding.standing
        if standing:
            last = standing[-1]
            self.today.say_last(last.ruling.status, last.entries[-1].item.media)
        self.counts.touch()
        self._after.start()

    def _say_stuck(self, error: MediaError | None) -> None:
        if error is None:
            self.stuck.say("")
            return
        count = self.deciding.steps.count
        words = counted(count, "{count} decision waits.", "{count} decisions wait.")
        self.stuck.say(words, error.message)

    def _happened(self, change: Change) -> None:
        if change.kind is ChangeKind.UNDONE:  # also from elsewhere: it waits again, for anybody
            self.session.passed.difference_update(each.public_id for each in change.media)
        self.counts.touch()
        self.session.refill()

    def _noticed(self, found: Changed) -> None:
        gone = [each for each in self.session.entries if each.item.media.id in found.removed]
        if gone:
            self.session.lose(gone)
        self.counts.touch()
        self.session.refill()

    def _wish(self, wishes: Wellbeing) -> None:
        self._wishes = wishes
        self._show_front(self.session.front)

    def _take_break(self) -> None:
        self.session.leave()
        self._show_state()

    def _filter(self, wanted: QueueFilter) -> None:
        self.session.set_filter(wanted)
        self.counts.begin(wanted)
        self.take_focus()

    def _show_all(self) -> None:
        wanted = QueueFilter(by_score=self.session.filter.by_score)
        self.header.set_filter(wanted)
        self._filter(wanted)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is a decision's, as long as one stands."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and wants(self, event)
        ):
            event.accept()
            return True
        return super().event(event)

    @right_of_way.first
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See acting."""
        if not act_on(self, event, self.window().focusWidget()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """What is held ends."""
        if not act_on(self, event, self.window().focusWidget()):
            super().keyReleaseEvent(event)

    # ---- putting it together

    def _lay_out(self) -> None:
        self._pages, self._feet = QStackedWidget(), QStackedWidget()
        for page in (self.state, self.stage):
            self._pages.addWidget(page)
        self._pages.setProperty("ground", "sunken")
        for foot in (self.bar, self.asking):
            self._feet.addWidget(foot)
        self._feet.setFixedHeight(self.bar.height())
        middle, under = (self.stuck, self.rest, self._pages), (self._feet, self.strip)
        self._columns = Columns(self._app, self.header, middle, under, self.sidebar)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._columns)

    def _connect(self) -> None:
        self._after.timeout.connect(self._follow)
        session, deciding, choosing = self.session, self.deciding, self.choosing
        session.turned.connect(self._show_front)
        session.changed.connect(self._changed)
        session.renewed.connect(self._show_lease)
        session.policy_changed.connect(self.sidebar.show_policy)
        for each in (session, deciding):
            each.noticed.connect(self.noticed)
        deciding.decided.connect(self._decided)
        deciding.counted.connect(self.today.add)
        deciding.settled.connect(self._settled)
        deciding.steps.stuck.connect(self._say_stuck)
        self.sidebar.known.connect(session.learn)
        choosing.chosen.connect(self._chosen)
        choosing.changed.connect(self._show_asked)
        choosing.released.connect(self.take_focus)
        self.today.changed.connect(self.status_changed)
        self.stage.cleared.connect(lambda _: self.sitting.looked())
        self.sitting.wishes_changed.connect(self._wish)
        self.rest.taken.connect(self._take_break)
        self.bar.keys.clicked.connect(self.change_keys)
        self.bar.care.clicked.connect(self.care)
        self.strip.chosen.connect(session.go_to)
        self.strip.selected.connect(choosing.drop)
        self.header.filter_changed.connect(self._filter)
        self.counts.came.connect(self.header.show_counts)
        self.asking.go.clicked.connect(choosing.confirm)
        self.asking.drop.clicked.connect(self.drop)
        for name, act in self.acts.items():
            if name in self.bar.buttons:
                self.bar.buttons[name].clicked.connect(act)
        self.bar.buttons[k.LOOK].pressed.connect(lambda: self.look(True))
        self.bar.buttons[k.LOOK].released.connect(lambda: self.look(False))
        self._app.changes.happened.connect(self._happened)
        self._app.changes.noticed.connect(self._noticed)
