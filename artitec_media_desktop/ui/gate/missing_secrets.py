"""Asks for the secrets of a profile that this computer does not know, or that were refused."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ...domain.errors import MediaError
from ...domain.profiles import Profile, Secret
from .. import profile_words
from ..widgets import FormRow, PasswordField
from .form import NAME_WIDE, GateForm

if TYPE_CHECKING:
    from ...bootstrap import App


class MissingSecretsForm(GateForm):
    """Keeps what is typed, then the library can be opened again."""

    #: They are kept now.
    kept = Signal()
    #: MediaError
    failed = Signal(object)

    def __init__(
        self, app: "App", profile: Profile, secrets: Sequence[Secret], lasting: bool
    ) -> None:
        super().__init__()
        self._app = app
        self._profile = profile
        title = self.tr("What it takes to reach “{name}”")
        title = title.format(name=profile_words.title(profile))
        self.set_words(title, self.tr("Go on"), self.tr("Connecting…"))
        self.text.setText(
            self.tr("It is kept in the keyring of this computer, and nowhere else.")
            if lasting and profile.is_kept
            else self.tr("It is kept until the application is closed, and nowhere else.")
        )
        self.text.show()
        self.fields: dict[Secret, PasswordField] = {}
        for secret in secrets:
            field = self.fields[secret] = PasswordField()
            self.add_row(
                FormRow(profile_words.secret_title(secret), field, name_wide=NAME_WIDE + 40)
            )
        self.set_busy(False)

    def show_error(self, error: MediaError) -> None:
        """Say why it did not work."""
        self.set_busy(False)
        if error.code != "no_secret":
            self.rows[0].set_error(error.message)
        self.rows[0].control.setFocus(Qt.FocusReason.TabFocusReason)

    def is_filled(self) -> bool:
        """See GateForm; an account of a database may have no password."""
        empty = [
            row
            for row, (secret, field) in zip(self.rows, self.fields.items(), strict=True)
            if not field.text() and secret is not Secret.DATABASE_PASSWORD
        ]
        for row in self.rows:
            row.set_error(self.tr("Type it, or paste it.") if row in empty else "")
        if empty:
            empty[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not empty

    def go(self) -> None:
        """See GateForm."""
        name, keep = self._profile.name, self._profile.is_kept
        typed = {secret: field.text() for secret, field in self.fields.items()}

        def put(_: object) -> None:
            for secret, value in typed.items():
                self._app.profiles.secrets.put(name, secret, value, keep)

        self._app.runner.run(put, lambda _: self.kept.emit(), self.failed.emit)
