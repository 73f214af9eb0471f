"""The settings page: cards, and in place of them the form of one library."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ....bootstrap.app import CONCURRENCIES, CONCURRENCY, USUAL_CONCURRENCY
from ....domain.profiles import Profile, Secret
from ...adding import ON_DUPLICATE, on_duplicate
from ...panel import Notice, Panel
from ...profiles.env_import import EnvImport
from ...profiles.profile_form import ProfileForm
from ...theme import Height, Mode, Space, theme
from ...upload_queue import UploadQueue
from ...widgets import Segments, icon_button, label
from ...widgets.scrolled import scrolled
from ...widgets.section import Section
from .about import About, Updates
from .libraries import Libraries

if TYPE_CHECKING:
    from ....bootstrap import App

_WIDE: Final = 720
_SLIDER: Final = 160


class SettingsPanel(Panel):
    """Needs no open library; Esc leads back to where one was."""

    def __init__(self, app: "App", _queue: UploadQueue) -> None:
        super().__init__()
        self._app = app
        self.libraries = Libraries(app)
        self._stack = QStackedWidget()
        self._title = label(role="title")
        self._build()
        self._cards = self._make_cards()
        self._stack.addWidget(scrolled(self._cards, _WIDE))
        self.form: ProfileForm | EnvImport | None = None
        self.libraries.open_wanted.connect(self.library_wanted)
        self.libraries.edit_wanted.connect(self._edit)
        self.libraries.noticed.connect(self.noticed)
        theme().changed.connect(self._show_mode)
        self._show_title(self.tr("Settings"))

    def activate(self) -> None:
        """Read the libraries anew."""
        self.libraries.load()
        self._show_mode()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [(self.tr("Back"), "Esc")]

    def panes(self) -> list[QWidget]:
        """See Panel."""
        return [self.form.first if self.form is not None else self.mode.buttons[theme().mode.value]]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: from a form to the settings, from there to the page before."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)

    # ---- the forms

    def add_library(self) -> None:
        """Ask for the parts of a new one."""
        self._show_form(ProfileForm(self._app), self.tr("Add a library"))

    def import_env(self) -> None:
        """Ask for the .env file of the platform's server, or its text."""
        form = EnvImport(self._app)
        form.read.connect(self._imported)
        self._show_form(form, self.tr("Import .env"))

    def _imported(self, profile: Profile, secrets: dict[Secret, str]) -> None:
        form = ProfileForm(self._app)
        form.fill(profile, secrets)
        self._show_form(form, self.tr("Add a library"))

    def _edit(self, profile: Profile) -> None:
        form = ProfileForm(self._app, profile)
        self._show_form(form, self.tr("Edit “{name}”").format(name=profile.name))

    def _show_form(self, form: ProfileForm | EnvImport, title: str) -> None:
        self._drop_form()
        self.form = form
        form.cancelled.connect(self._close_form)
        if isinstance(form, ProfileForm):
            form.saved.connect(self._saved)
        self._stack.addWidget(scrolled(form, _WIDE))
        self._stack.setCurrentIndex(1)
        self._show_title(title)
        form.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _saved(self, profile: Profile, lasting: bool) -> None:
        self._close_form()
        self.libraries.load()
        kept = (
            self.tr("Its secrets are in the keyring of this computer.")
            if lasting
            else self.tr("Its secrets are known until the application is closed.")
        )
        saved = self.tr("“{name}” was saved").format(name=profile.name)
        is_open = self._app.profile is not None and self._app.profile.name == profile.name
        action = self.tr("Open again") if is_open else self.tr("Open")
        self.noticed.emit(
            Notice(
                saved,
                kept,
                action=action,
                on_action=lambda: self.library_wanted.emit(profile.name),
            )
        )

    def _close_form(self) -> None:
        self._drop_form()
        self._show_title(self.tr("Settings"))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.leave()
            self.form = None
            if (held := self._stack.widget(1)) is not None:
                self._stack.removeWidget(held)
                held.deleteLater()

    def _back(self) -> None:
        if self.form is not None:
            self._close_form()
        else:
            self.page_requested.emit("", None)

    # ---- the cards

    def _show_mode(self) -> None:
        self.mode.set_value(theme().mode.value)

    def _choose_mode(self, value: str) -> None:
        theme().set_mode(Mode(value))
        self._app.settings.set("theme", value)

    def _choose_concurrency(self, count: int) -> None:
        self._count.setText(self.locale().toString(count))
        self._app.settings.set(CONCURRENCY, count)
        self._app.pump.set_concurrency(count)

    def _make_cards(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.M)
        looks = Section(self.tr("Appearance"))
        modes = (
            (Mode.SYSTEM.value, self.tr("System")),
            (Mode.LIGHT.value, self.tr("Light")),
            (Mode.DARK.value, self.tr("Dark")),
        )
        self.mode = Segments(modes)
        self.mode.chosen.connect(self._choose_mode)
        looks.add_line(
            self.tr("Theme"), self.tr("As the system is set, or always the same."), self.mode
        )
        uploads = Section(self.tr("Uploads"))
        uploads.add_line(
            self.tr("Files at a time"),
            self.tr("More is faster on a quick line; fewer leaves room for other work."),
            self._concurrency_control(),
        )
        uploads.add_line(
            self.tr("Files that look like ones that are here"),
            self.tr("The very same file on the same place is left out in any case."),
            self._duplicates_control(),
        )
        self.updates, self.about = Updates(self._app), About(self._app)
        self.about.tour_wanted.connect(self.tour_wanted)
        self.about.noticed.connect(self.noticed)
        for part in (looks, uploads, self.libraries, self.updates, self.about):
            box.addWidget(part)
        self.libraries.add_wanted.connect(self.add_library)
        self.libraries.import_wanted.connect(self.import_env)
        box.addStretch(1)
        return made

    def _concurrency_control(self) -> QWidget:
        self.concurrency = QSlider(Qt.Orientation.Horizontal)
        self.concurrency.setRange(CONCURRENCIES[0], CONCURRENCIES[-1])
        self.concurrency.setPageStep(1)
        self.concurrency.setFixedWidth(_SLIDER)
        self.concurrency.setAccessibleName(self.tr("Files at a time"))
        self.concurrency.setValue(self._app.settings.get(CONCURRENCY, USUAL_CONCURRENCY))
        self._count = label(self.locale().toString(self.concurrency.value()), "emphasis")
        self._count.setFixedWidth(Space.XL)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.concurrency.valueChanged.connect(self._choose_concurrency)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.concurrency)
        row.addWidget(self._count)
        return made

    def _duplicates_control(self) -> QWidget:
        choices = (
            ("ask", self.tr("Ask")),
            ("skip", self.tr("Skip")),
            ("keep", self.tr("Keep both")),
        )
        self.on_duplicate = Segments(choices)
        self.on_duplicate.set_value(on_duplicate(self._app.settings))
        self.on_duplicate.chosen.connect(lambda value: self._app.settings.set(ON_DUPLICATE, value))
        return self.on_duplicate

    # ---- putting it together

    def _build(self) -> None:
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        close = icon_button("x", self.tr("Back"), "Esc", "muted")
        close.clicked.connect(self._back)
        head = QHBoxLayout()
        head.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        self._title.setMinimumHeight(Height.HEADER_TOOLS)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _show_title(self, words: str) -> None:
        self._title.setText(words)
        self.setAccessibleName(words)
