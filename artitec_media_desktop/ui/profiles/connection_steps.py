"""“Test connection”: each step as it is tried, and what was found."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...domain.errors import MediaError
from ...domain.profiles import Profile, Secret
from ..theme import Icon, Space, theme
from ..theme.icons import draw
from ..widgets import Message, label

if TYPE_CHECKING:
    from ...bootstrap import App
    from ...services.connection_test import ConnectionStep
    from ...tasks.runner import Task

#: State → icon and token; besides those of StepState, a step waits or is tried.
_LOOKS = {
    "ok": ("check-circle-fill", "success"),
    "failed": ("warning-circle-fill", "danger"),
    "skipped": ("minus-circle", "muted"),
    "waiting": ("circle-dashed", "muted"),
    "trying": ("dots-three-circle", "accent"),
}


class ConnectionSteps(QWidget):
    """A line a step. Nothing is kept of what was typed."""

    #: Whether every step went well.
    finished = Signal(bool)
    _planned = Signal(object)
    _stepped = Signal(object)

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self._task: Task | None = None
        self.lines: dict[str, StepLine] = {}
        self._message = Message()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.XS)
        self._box.addWidget(self._message)
        self._planned.connect(self._plan)
        self._stepped.connect(self._step)

    def run(self, profile: Profile, typed: Mapping[Secret, str]) -> None:
        """Try a profile with the secrets that were typed, and for the rest those that are kept."""
        self.stop()
        self._message.say(self.tr("Trying…"), "muted")
        self.show()
        typed = dict(typed)

        def work(task: "Task") -> "list[ConnectionStep]":
            from ...config.secrets import Secrets
            from ...services.connection_test import ConnectionTest

            known = Secrets()
            for secret in profile.secrets:
                value = typed.get(secret)
                if value is None:
                    value = self._app.profiles.secrets.get(profile.name, secret)
                if value is not None:
                    known.put(profile.name, secret, value, keep=False)
            test = ConnectionTest(profile, known)
            self._planned.emit(test.titles())
            return test.run(task, self._stepped.emit)

        self._task = self._app.runner.run(work, self._done, self._failed, self._trying)

    def stop(self) -> None:
        """Forget the test that is under way, and what is shown."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._plan([])
        self.hide()

    def _plan(self, titles: list[tuple[str, str]]) -> None:
        for each in self.lines.values():
            self._box.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.lines = {}
        for name, title in titles:
            self.lines[name] = StepLine(title)
            self._box.addWidget(self.lines[name])
        if titles:
            self._message.say("")

    def _trying(self, _done: int, _total: int, title: str) -> None:
        for each in self.lines.values():
            if each.title == title and each.state == "waiting":
                each.show_state("trying")

    def _step(self, step: "ConnectionStep") -> None:
        if step.name in self.lines:
            self.lines[step.name].show_state(step.state.value, step.detail)

    def _done(self, steps: "list[ConnectionStep]") -> None:
        self._task = None
        for step in steps:
            self._step(step)
        self.finished.emit(all(step.state.value != "failed" for step in steps))

    def _failed(self, error: MediaError) -> None:
        self._task = None
        self._plan([])
        self._message.say(error.message)
        self.finished.emit(False)


class StepLine(QWidget):
    """A mark, what is tried, what was found."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.state = "waiting"
        self._mark = _Mark()
        self._detail = label(role="small")
        self._detail.setWordWrap(True)
        self._detail.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title))
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.show_state("waiting")

    @property
    def detail(self) -> str:
        """What was found."""
        return self._detail.text()

    def show_state(self, state: str, detail: str = "") -> None:
        """Show how it stands."""
        self.state = state
        self._mark.state = state
        self._mark.update()
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        words = {
            "ok": self.tr("in order"),
            "failed": self.tr("failed"),
            "skipped": self.tr("not tried"),
            "waiting": self.tr("waiting"),
            "trying": self.tr("being tried"),
        }[state]
        self.setAccessibleName(f"{self.title}: {words}. {detail}".strip())


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.state = "waiting"
        self.setFixedSize(Icon.ROW, Space.XL - Space.XS)

    def paintEvent(self, event: QPaintEvent) -> None:
        name, token = _LOOKS[self.state]
        draw(QPainter(self), self.rect(), name, theme().color(token))
