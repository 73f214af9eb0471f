"""The libraries there are: which one is open, and what can be done with each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.errors import MediaError
from ....domain.profiles import Profile
from ... import profile_words
from ...panel import Notice
from ...profiles.connection_steps import ConnectionSteps
from ...theme import Space
from ...widgets import ElidedLabel, Message, button, icon_button, label, line
from ...widgets.section import Section

if TYPE_CHECKING:
    from ....bootstrap import App


class Libraries(Section):
    """One row a library; the buttons of a row act on it."""

    add_wanted = Signal()
    import_wanted = Signal()
    #: The name of a profile.
    open_wanted = Signal(str)
    #: Profile
    edit_wanted = Signal(object)
    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App") -> None:
        super().__init__(self.tr("Libraries"))
        self._app = app
        self.rows: list[LibraryRow] = []
        load = button(self.tr("Import .env…"), "file-arrow-up", small=True)
        load.clicked.connect(self.import_wanted)
        add = button(self.tr("Add a library"), "plus", small=True)
        add.clicked.connect(self.add_wanted)
        for each in (load, add):
            self.head.addWidget(each)
        self.message = Message()
        self.box.addWidget(self.message)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.box.addLayout(self._list)

    def load(self) -> None:
        """Read them anew."""
        self._app.runner.run(lambda _: self._app.profiles.all(), self._show, self._failed)

    def _show(self, profiles: list[Profile]) -> None:
        self.message.say("")
        opened = self._app.profile if self._app.account.user_id else None
        for row in self.rows:
            row.leave()
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [LibraryRow(self._app, each, each == opened) for each in profiles]
        for row in self.rows:
            self._list.addWidget(row)
            row.open_wanted.connect(self.open_wanted)
            row.edit_wanted.connect(self.edit_wanted)
            row.remove_wanted.connect(self._remove)

    def _remove(self, profile: Profile) -> None:
        removed = self.tr("“{name}” was removed").format(name=profile.name)

        def gone(_: None) -> None:
            self.noticed.emit(Notice(removed, tone="muted"))
            self.load()

        self._app.runner.run(lambda _: self._app.profiles.remove(profile.name), gone, self._failed)

    def _failed(self, error: MediaError) -> None:
        self.message.say(error.message)


class LibraryRow(QWidget):
    """Name and whereabouts, its buttons, and below them a question or the steps of a test."""

    open_wanted = Signal(str)
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, app: "App", profile: Profile, is_open: bool) -> None:
        super().__init__()
        self._app = app
        self.profile = profile
        self.is_open = is_open
        self.setAccessibleName(profile_words.title(profile))
        self.steps = ConnectionSteps(app)
        self.steps.hide()
        self.question = self._make_question()
        self.question.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S)
        box.addWidget(line())
        box.addLayout(self._top())
        box.addWidget(self.question)
        box.addWidget(self.steps)
        box.addSpacing(Space.S)

    def leave(self) -> None:
        """Stop what is under way."""
        self.steps.stop()

    def test(self) -> None:
        """Try the connection, step by step."""
        self.question.hide()
        self.steps.run(self.profile, {})

    def ask_to_remove(self) -> None:
        """Say what removing means, and wait for the answer."""
        self.question.show()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def _top(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(profile_words.title(self.profile), "emphasis"))
        words.addWidget(ElidedLabel(profile_words.whereabouts(self.profile), "small"))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        if not self.profile.is_embedded:
            test = button(self.tr("Test"), small=True)
            test.setAccessibleName(self._named(self.tr("Test the connection of {name}")))
            test.clicked.connect(self.test)
            row.addWidget(test)
        if self.is_open:
            row.addWidget(label(self.tr("Open now"), "small_strong", "success"))
        else:
            opens = button(self.tr("Open"), small=True)
            opens.setAccessibleName(self._named(self.tr("Open {name}")))
            opens.clicked.connect(lambda: self.open_wanted.emit(self.profile.name))
            row.addWidget(opens)
        if self.profile.is_kept:
            edit = icon_button("pencil-simple", self._named(self.tr("Edit {name}")))
            edit.clicked.connect(lambda: self.edit_wanted.emit(self.profile))
            remove = icon_button("trash", self._named(self.tr("Remove {name}")))
            remove.clicked.connect(self.ask_to_remove)
            if self.is_open:
                remove.setEnabled(False)
                remove.setToolTip(self.tr("It is open. Open another library first."))
            row.addWidget(edit)
            row.addWidget(remove)
        return row

    def _make_question(self) -> QWidget:
        sentence = label(
            self._named(
                self.tr(
                    "{name} is removed from this computer: its address, its keys and the "
                    "passwords of its accounts are forgotten. Nothing changes on the platform. "
                    "Files that wait to be added stay on the list, in case you add it again."
                )
            )
        )
        sentence.setWordWrap(True)
        self.keep = button(self.tr("Keep it"), small=True)
        remove = button(self._named(self.tr("Remove {name}")), kind="danger", small=True)
        made = QWidget()
        self.keep.clicked.connect(made.hide)
        remove.clicked.connect(lambda: self.remove_wanted.emit(self.profile))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(remove)
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S)
        box.addWidget(sentence)
        box.addLayout(row)
        return made

    def _named(self, words: str) -> str:
        return words.format(name=f"“{profile_words.title(self.profile)}”")
