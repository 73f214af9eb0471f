"""The reasons and rules that all moderators share; for who may configure."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from .....domain.entities import EntityType
from .....domain.errors import Conflict, MediaError
from .....domain.moderation import Policy
from .....domain.policy import LEASE_MINUTES, MOST_BITS, check_policy
from ....entity_words import plural
from ....theme import Space
from ....widgets import CheckBox, Choice, EmptyState, Flow, FormRow, Message, button, label, line
from ....widgets.number_field import NumberField
from ....widgets.scrolled import scroll_area
from ..words import counted, tr
from .reasons import ReasonEditor

if TYPE_CHECKING:
    from .....bootstrap import App

_SIZE: Final = QSize(560, 720)
_NAME: Final = 144


class PolicyDialog(QDialog):
    """Reads when it opens; what somebody else changed meanwhile is told, not overwritten."""

    #: Policy: it was saved.
    saved = Signal(object)

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        #: As it was read.
        self._seen: Policy | None = None
        self.setWindowTitle(tr("Reasons and rules"))
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reasons = ReasonEditor()
        self.types = {kind: CheckBox(plural(kind)) for kind in EntityType}
        self.bits, self.sample, self.minutes = Choice(), NumberField(_NAME), NumberField(_NAME)
        self.score, self.state = _Score(_NAME), EmptyState("sliders-horizontal", "", "")
        self.message = Message()
        self.again = button(tr("Read again"), "arrow-clockwise")
        self.cancel, self.save = button(tr("Cancel")), button(tr("Save"), kind="primary")
        self.save.setDefault(True)
        self._fill_choices()
        self._lay_out()
        self.again.clicked.connect(self.read)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.keep)
        self.resize(_SIZE)
        self.read()

    @property
    def policy(self) -> Policy:
        """As it stands in the fields."""
        return replace(
            self._seen or Policy(),
            waiting=frozenset(kind for kind, box in self.types.items() if box.isChecked()),
            known_bad_bits=self.bits.currentIndex() - 1 if self.bits.currentIndex() else None,
            sample=self.sample.value() / 100,
            lease_minutes=self.minutes.value(),
            suspect_from=self.score.value() / 100,
            reasons=self.reasons.reasons,
        )

    def read(self) -> None:
        """Ask for what holds now; what was typed is gone then."""
        self.again.hide()
        self.message.say("")
        self.save.setEnabled(False)
        words = tr("Reading the rules"), tr("They are shared by all moderators.")
        self.state.show_state("sliders-horizontal", *words)
        self._pages.setCurrentWidget(self.state)
        self._app.runner.run(
            lambda _: self._app.policy.get(fresh=True), self.show_policy, self._unread
        )

    def show_policy(self, policy: Policy) -> None:
        """Edit this one."""
        self._seen = policy
        self.reasons.show_reasons(policy.reasons)
        for kind, box in self.types.items():
            box.setChecked(kind in policy.waiting)
        bits = policy.known_bad_bits
        self.bits.setCurrentIndex(0 if bits is None else bits + 1)
        self.sample.setValue(round(policy.sample * 100))
        self.minutes.setValue(policy.lease_minutes)
        self.score.setValue(round(policy.suspect_from * 100))
        self.save.setEnabled(True)
        self._pages.setCurrentWidget(self._area)
        self.reasons.lines[0].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Write what was changed; the dialog closes once that is done."""
        if (at := self.reasons.empty) is not None:
            self.message.say(tr("Reason {number} has no words yet.").format(number=at + 1))
            self.reasons.lines[at].text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wanted, seen = self.policy, self._seen
        try:
            check_policy(wanted)
        except MediaError as error:
            self.message.say(error.message)
            return
        self.save.setEnabled(False)
        self.message.say(tr("Saving…"), "muted")
        self._app.runner.run(
            lambda _: self._app.policy.set(wanted, seen), self._kept, self._not_kept
        )

    # ---- the parts

    def _kept(self, policy: Policy) -> None:
        self.saved.emit(policy)
        self.accept()

    def _not_kept(self, error: MediaError) -> None:
        self.message.say(error.message)
        is_overtaken = isinstance(error, Conflict)
        self.again.setVisible(is_overtaken)
        self.save.setEnabled(not is_overtaken)

    def _unread(self, error: MediaError) -> None:
        again = button(tr("Try again"), "arrow-clockwise")
        again.clicked.connect(self.read)
        title = tr("The rules could not be read")
        self.state.show_state("warning-circle", title, error.message, "danger", [again])

    def _fill_choices(self) -> None:
        self.bits.addItem(tr("Never"))
        self.bits.addItem(tr("The same look"))
        for count in range(1, MOST_BITS + 1):
            one, many = "Up to {count} bit apart", "Up to {count} bits apart"
            self.bits.addItem(counted(count, one, many))
        self.sample.setRange(0, 100)
        self.sample.setSuffix(" %")
        self.minutes.setRange(*LEASE_MINUTES)
        self.minutes.setSuffix(tr(" min"))
        self.score.setRange(0, 100)
        self.score.setSingleStep(5)

    def _lay_out(self) -> None:
        self._area, self._pages = scroll_area(self._body()), QStackedWidget()
        for page in (self.state, self._area):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        self.again.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        down.addWidget(label(tr("Reasons and rules"), "title"))
        down.addWidget(self._pages, 1)
        down.addWidget(line())
        down.addWidget(self.message)
        down.addLayout(foot)

    def _body(self) -> QWidget:
        made, types = QWidget(), QWidget()
        flow = Flow(Space.L, types)
        for box in self.types.values():
            flow.addWidget(box)
        rules = (
            (tr("Flag look-alikes"), self.bits, tr("Of what was rejected, at the door.")),
            (tr("Second looks"), self.sample, tr("Of approvals, by somebody else.")),
            (tr("Held for"), self.minutes, tr("Without a sign of life it goes back.")),
            (tr("Suspected from"), self.score, tr("Score of the automatic check: it only blurs.")),
        )
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, Space.M, 0)
        down.setSpacing(Space.S)
        down.addWidget(label(tr("Reasons to reject or flag"), "strong"))
        down.addWidget(self.reasons)
        down.addSpacing(Space.S)
        down.addWidget(label(tr("Uploads that wait for a decision"), "strong"))
        down.addWidget(types)
        down.addSpacing(Space.S)
        down.addWidget(label(tr("Rules"), "strong"))
        for name, control, hint in rules:
            down.addWidget(FormRow(name, control, hint, _NAME))
        down.addStretch(1)
        return made


class _Score(NumberField):
    """Hundredths, as they are written everywhere: ``0.60``."""

    def textFromValue(self, value: int) -> str:
        return f"{value / 100:.2f}"

    def valueFromText(self, text: str) -> int:
        try:
            return round(float(text) * 100)
        except ValueError:
            return self.value()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        if not text:
            return QValidator.State.Intermediate, text, at
        try:
            inside = 0 <= float(text) <= 1
        except ValueError:
            inside = False
        return QValidator.State.Acceptable if inside else QValidator.State.Invalid, text, at
