"""The duplicates page: puts its parts together."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ....domain.changes import Change, Failure
from ....domain.duplicates import MAX_THRESHOLD, Scope
from ....domain.entities import Entity, EntityRef
from ....domain.errors import MediaError
from ....domain.listing import Changed
from ...edits import Edits
from ...panel import Notice, Panel
from ...repeats import Held
from ...small_pictures import SmallPictures
from ...widgets import EmptyState, ProgressStrip, menu
from ...widgets.shortcuts import has_keyboard
from .batch import Batch
from .clean_up import CleanUp
from .deciding import Deciding
from .delegate import THUMB
from .fingerprints import Fingerprints
from .front import Front
from .keys import act_on, add_keys, told_keys
from .members import THUMB as MEMBER
from .model import GroupModel
from .reading import Case, Cases, Rows
from .reasons import Reasons
from .rules import RulesDialog
from .sidebar import Sidebar
from .sides import Sides
from .states import show_error, show_state
from .view import GroupView
from .words import counted, number, tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: Toasts reach so far out of the reasons; without those they are so wide.
_BESIDE: Final = 96
_TOASTS: Final = 432


class DuplicatesPanel(Panel):
    """Group after group: compare, decide, go on."""

    def __init__(self, app: "App", edits: Edits) -> None:
        super().__init__()
        self._app, self._edits = app, edits
        self._small: list[SmallPictures] = []
        self.groups = GroupModel()
        self.rows = Rows(app, self)
        self.groups.read_by(self.rows)
        self.clean_up = CleanUp(app, self.groups, self)
        self.cases = Cases(app, lambda: self.clean_up.rules, self)
        self.deciding = Deciding(app, edits, self.clean_up, self.groups, self)
        self.batch = Batch(app, edits, self.clean_up, self)
        self.sidebar = Sidebar(self.clean_up, self.groups, self._thumbs(THUMB))
        self.view = GroupView(app, self.cases, self._thumbs(MEMBER))
        self.reasons, self.strip, self.filling = Reasons(), ProgressStrip(), ProgressStrip()
        self.prints = Fingerprints(app, self.clean_up, self.filling, self)
        self.state = EmptyState("copy-simple", "", "")
        listed, accept = self.sidebar.list, self.deciding.accept
        self.front = Front(self.groups, self.cases, listed, self.view, self.reasons, accept)
        self.flicking = Held(self.view.compare.flick, self)
        self._lay_out()
        self._connect()
        add_keys(self)
        self._show_state()

    # ---- what the frame asks for

    def activate(self) -> None:
        """Compare when it is first shown; afterwards what is there stays until it is asked for."""
        if self.clean_up.comparison is None and not self.clean_up.is_comparing:
            self.clean_up.compare()

    def refresh(self) -> None:
        """See Panel; pictures that did not come are tried again."""
        for each in self._small:
            each.forget_misses()
        self.view.compare.try_again()
        if self.clean_up.error is not None:
            self.clean_up.compare()
        self.activate()

    def reveal(self, what: object) -> None:
        """An Entity, or its EntityRef: look for copies on that place."""
        if isinstance(what, Entity):
            self.sidebar.offer_place(what)
            self.clean_up.set_scope(Scope(what.ref.type, entity=what.ref))
        elif isinstance(what, EntityRef):
            ref = what
            self._app.runner.run(
                lambda _: self._app.library.resolve(ref.type, str(ref.id)),
                self.reveal,
                self._complain,
            )

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return told_keys()

    def panes(self) -> list[QWidget]:
        """See Panel."""
        view = self.view
        return [
            self.sidebar.scope,
            view.members,
            view.compare,
            self.reasons.area,
            self.sidebar.list,
        ]

    def toast_ground(self) -> QWidget:
        """Over what is only read: the reasons, or where they are hidden, the table."""
        return self._ground

    # ---- decisions

    def accept(self) -> None:
        """Do what is suggested, as it was chosen, and go on."""
        if (case := self._decidable()) is not None:
            self.deciding.accept(case, self.sidebar.list.row)

    def keep_other(self) -> None:
        """The compared one is kept instead; it is shown first what that does."""
        if (case := self._decidable()) is not None and self.view.other is not None:
            self.front.accept_as(self.view.exchanged(case))

    def keep_both(self) -> None:
        """Copies that all stay."""
        if (case := self._decidable()) is not None:
            self.deciding.keep_both(case, self.sidebar.list.row)

    def not_duplicates(self) -> None:
        """Different pictures, for everyone."""
        if (case := self._decidable()) is not None:
            self.deciding.not_duplicates(case, self.sidebar.list.row)

    def skip(self) -> None:
        """Leave it for later."""
        self.step(1)

    def step(self, by: int) -> None:
        """Another group."""
        row = self.sidebar.list.row + by
        if 0 <= row < self.groups.rowCount():
            self.sidebar.list.go_to(row)

    def undo(self) -> None:
        """Take the last decision back, on one group or on many; that one is in front again."""
        standing = self._standing()
        if standing:
            done = [each for each in standing if each is not None]
            # One still under way is the last change by the time that this is carried out.
            is_done = len(done) == len(standing)
            self._edits.undo(max(done, key=lambda each: each.id or 0) if is_done else None)
        else:
            older = tr("Ctrl+Z takes back what you did last, also on another day.")
            self.noticed.emit(Notice(tr("Nothing was decided here by now"), older, "info"))

    def _standing(self) -> list[Change | None]:
        return [*self.deciding.standing, *self.batch.standing]

    def toggle(self) -> None:
        """The compared one is to go, or to stay after all."""
        if self.view.other is not None:
            self.view.toggle(self.view.other)

    def accept_exact(self) -> None:
        """Many at once: those with the same bytes."""
        self.batch.begin()

    def order_rules(self) -> None:
        """Let a person say which reasons count before others."""
        dialog = RulesDialog(self.clean_up.rules, self)
        dialog.accepted.connect(lambda: self.clean_up.set_rules(dialog.rules))
        dialog.open()

    def toggle_reasons(self) -> None:
        """Show or hide why, and what happens."""
        self._sides.toggle()

    def _decidable(self) -> Case | None:
        """What is shown is what is decided on; while it is being read, nothing is."""
        is_shown = self.isVisible() and self._pages.currentWidget() is self.view
        return self.front.case if is_shown else None

    # ---- what is shown

    def _unreadable(self, error: MediaError) -> None:
        show_error(self.state, error, self.front.show_case)
        self._pages.setCurrentWidget(self.state)

    def _began(self) -> None:
        self.strip.begin(tr("Comparing"))

    def _returned(self, row: int) -> None:
        self.sidebar.list.go_to(row)
        self.front.show_row(row)

    def _changed(self) -> None:
        clean_up = self.clean_up
        if not clean_up.is_comparing:
            self.strip.end()
        elif clean_up.task is not None:
            self.strip.watch(clean_up.task)
        self.sidebar.show_lacking(clean_up.lacking, is_computing=self.prints.is_computing)
        if clean_up.comparison is not None and not self.groups.rowCount():
            self.front.show_row(-1)
        self._show_state()

    def _show_state(self) -> None:
        if self.front.group is not None and not (
            self.clean_up.error and not self.groups.rowCount()
        ):
            if has_keyboard(self.state):
                self.take_focus()
            self._pages.setCurrentWidget(self.view)
        else:
            prints, further = self.prints, self._further
            show_state(
                self.state,
                self.clean_up,
                further,
                prints.compute,
                is_computing=prints.is_computing,
            )
            self._pages.setCurrentWidget(self.state)
        self.view.decisions.undo.setEnabled(bool(self._standing()))
        self._show_status()

    def _show_status(self) -> None:
        left, row = self.groups.rowCount(), self.sidebar.list.row
        total = left + self.clean_up.done
        words = tr("Group {at} of {total}").format(
            at=number(self.clean_up.done + row + 1), total=number(total)
        )
        self.status_changed.emit(words if left and row >= 0 else "")

    def _further(self) -> None:
        self.sidebar.slider.setValue(MAX_THRESHOLD)

    # ---- what others do

    def _happened(self, change: Change) -> None:
        if not (self.deciding.is_own(change) or self.batch.is_own(change)):
            self._outdate()

    def _noticed(self, found: Changed) -> None:
        """Groups without what others removed are made anew; what they added is not compared."""
        self._outdate()
        if found.removed:
            self.clean_up.follow(found.removed)

    def _outdate(self) -> None:
        self.rows.forget()
        self.cases.forget()
        self.clean_up.outdate()
        self.sidebar.list.viewport().update()
        self.front.look_again()

    def _say_left_out(self, failed: tuple[Failure, ...]) -> None:
        one, many = "{count} file could not be read", "{count} files could not be read"
        self.batch.complain(counted(len(failed), one, many), failed[0].error)

    def _complain(self, error: MediaError) -> None:
        self.batch.complain(tr("It could not be compared"), error)

    # ---- putting it together

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See keys."""
        if not act_on(self, event, self.window().focusWidget()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """What is held ends."""
        if not act_on(self, event, self.window().focusWidget()):
            super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons fold away where there is no room."""
        super().resizeEvent(event)
        self._sides.fit(self.width())
        self._place_ground()

    def _place_ground(self) -> None:
        """Over the buttons, where sentences of toasts have room."""
        wide = self.reasons.width() + _BESIDE if self.reasons.isVisible() else _TOASTS
        high = max(1, self.height() - self.view.decisions.height() - self._strips_high())
        self._ground.setGeometry(self.width() - wide, 0, wide, high)

    def _strips_high(self) -> int:
        return sum(each.height() for each in (self.strip, self.filling) if each.isVisible())

    def _thumbs(self, size: QSize) -> SmallPictures:
        app = self._app
        made = SmallPictures(
            app,
            size,
            lambda media: media.public_id,
            lambda media, box: app.library.picture(media, 2 * box.width()),
            self,
        )
        self._small.append(made)
        return made

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.state)
        self._pages.addWidget(self.view)
        self._ground = QWidget(self)
        self._ground.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        parts = (self.sidebar, self._pages, self.reasons)
        self._sides = Sides(self._app, parts, self.view, self)
        self._sides.changed.connect(self._place_ground)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._sides.splitter, 1)
        for strip in (self.strip, self.filling):
            down.addWidget(strip)

    def _connect(self) -> None:
        sidebar, view, actions = self.sidebar, self.view, self.view.decisions
        self.front.shown.connect(self._show_state)
        self.front.unreadable.connect(self._unreadable)
        self.front.dropped.connect(self.clean_up.changed)
        sidebar.menu_wanted.connect(self._show_menu)
        sidebar.compute.clicked.connect(self.prints.compute)
        self.prints.changed.connect(self._changed)
        self.prints.left_out.connect(self._say_left_out)
        self.prints.failed.connect(
            lambda error: self.batch.complain(tr("Not all fingerprints were computed"), error)
        )
        view.tools.reasons_wanted.connect(self.toggle_reasons)
        self.reasons.all_wanted.connect(view.choose_all)
        self.reasons.rules_wanted.connect(self.order_rules)
        for made, act in zip(
            actions.buttons,
            (
                self.accept,
                self.keep_other,
                self.keep_both,
                self.not_duplicates,
                self.undo,
                self.skip,
            ),
            strict=True,
        ):
            made.clicked.connect(act)
        self.rows.shrunk.connect(self.front.shrunk)
        self.deciding.returned.connect(self._returned)
        self.deciding.settled.connect(self.front.settled)
        self.clean_up.changed.connect(self._changed)
        self.clean_up.regrouped.connect(self.front.regrouped)
        self.clean_up.began.connect(self._began)
        self.clean_up.progressed.connect(self.strip.tell)
        self.batch.noticed.connect(self.noticed)
        self._app.changes.happened.connect(self._happened)
        self._app.changes.noticed.connect(self._noticed)

    def _show_menu(self) -> None:
        made = menu(self)
        made.addAction(tr("Accept all exact copies…"), self.accept_exact)
        made.addAction(tr("Which one is kept…"), self.order_rules)
        made.addAction(tr("Compare again"), self.clean_up.compare)
        button = self.sidebar.more
        made.popup(button.mapToGlobal(button.rect().bottomLeft()))
