"""Chooses what is shown instead of the pages while the library is not open."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from ...domain.errors import MediaError
from ...domain.profiles import Profile, Secret
from ..widgets import EmptyState, button
from .missing_secrets import MissingSecretsForm
from .sign_in import SignInForm

if TYPE_CHECKING:
    from ...bootstrap import App

#: Codes after which somebody has to sign in, and after which a secret of the profile is asked for.
_SIGN_IN: Final = frozenset({"no_account", "sign_in_failed", "sign_in_wait", "account_not_active"})
_SECRETS: Final = frozenset({"no_secret", "database_sign_in"})


class Gate(QStackedWidget):
    """A form for what is missing, or what went wrong and the ways on from there."""

    opened = Signal()
    #: MediaError
    failed = Signal(object)
    #: Open the library again.
    again_wanted = Signal()
    #: The name of another profile.
    library_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_error(self, error: MediaError) -> None:
        """Show what there is to do about it."""
        profile = self._app.profile
        if profile is None or profile.is_embedded:
            self._show_fault(error)
        elif error.code in _SIGN_IN:
            self._ask_to_sign_in(profile, error)
        elif error.code in _SECRETS:
            self._ask_for_secrets(profile, error)
        else:
            self._show_fault(error)

    def show_leaving(self, title: str, text: str) -> None:
        """Another library is being opened."""
        self._turn_to(EmptyState("arrows-left-right", title, text))

    def show_welcome(self) -> None:
        """Nobody has said yet which library it shall be."""
        from ..welcome.welcome import Welcome

        welcome = Welcome(self._app)
        welcome.trial_wanted.connect(self.again_wanted)
        welcome.library_wanted.connect(self.library_wanted)
        self._turn_to(welcome)

    # ---- signing in

    def _ask_to_sign_in(self, profile: Profile, error: MediaError) -> None:
        form = self.currentWidget()
        if not isinstance(form, SignInForm):
            form = SignInForm(self._app, profile)
            form.opened.connect(self.opened)
            form.failed.connect(self.failed)
            form.library_wanted.connect(self.library_wanted)
            form.settings_wanted.connect(self.settings_wanted)
            self._turn_to(form)
            self._app.runner.run(
                lambda _: (self._app.profiles.all(), self._app.profiles.secrets.is_lasting),
                lambda found: form.show_libraries(*found),
                lambda _error: None,  # the one that is asked for is there in any case
            )
        form.show_error(error)

    # ---- secrets

    def _ask_for_secrets(self, profile: Profile, error: MediaError) -> None:
        secrets = self._app.profiles.secrets

        def look(_: object) -> tuple[tuple[Secret, ...], bool]:
            from ...services.connecting import missing

            refused = error.code != "no_secret"
            wanted = (Secret.DATABASE_PASSWORD,) if refused else missing(profile, secrets)
            return wanted, secrets.is_lasting

        def found(answer: tuple[tuple[Secret, ...], bool]) -> None:
            wanted, lasting = answer
            # What the environment says is read anew each time: it has to be corrected there.
            if not wanted or (error.code != "no_secret" and not profile.is_kept):
                self._show_fault(error)
            else:
                self._show_secrets(profile, wanted, lasting, error)

        self._app.runner.run(look, found, self._show_fault)

    def _show_secrets(
        self, profile: Profile, wanted: tuple[Secret, ...], lasting: bool, error: MediaError
    ) -> None:
        form = self.currentWidget()
        if not isinstance(form, MissingSecretsForm) or tuple(form.fields) != wanted:
            form = MissingSecretsForm(self._app, profile, wanted, lasting)
            form.kept.connect(self.again_wanted)
            form.failed.connect(self.failed)
            form.settings_wanted.connect(self.settings_wanted)
            self._turn_to(form)
        form.show_error(error)

    # ---- anything else

    def _show_fault(self, error: MediaError) -> None:
        again = button(self.tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.again_wanted)
        copy = button(self.tr("Copy details"), "copy-simple")
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(f"{error.message} ({error.code})")
        )
        other = button(self.tr("Choose another library"), "books")
        other.clicked.connect(self.settings_wanted)
        look = ("warning-circle", self.tr("The library can't be opened"), error.message, "danger")
        fault = self.currentWidget()
        if isinstance(fault, EmptyState):
            fault.show_state(*look, (again, copy, other))
        else:
            self._turn_to(EmptyState(*look, (again, copy, other)))
        again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, widget: QWidget) -> None:
        """Show this, and let go of what was shown, with what was typed into it."""
        before = self.currentWidget()
        self.addWidget(widget)
        self.setCurrentWidget(widget)
        if before is not None:
            self.removeWidget(before)
            before.deleteLater()
