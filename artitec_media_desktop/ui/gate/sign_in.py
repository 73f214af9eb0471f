"""Signing in: which library, who, and the password."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ...domain.errors import MediaError
from ...domain.profiles import Profile
from .. import profile_words
from ..widgets import CheckBox, Choice, FormRow, PasswordField
from .form import NAME_WIDE, GateForm

if TYPE_CHECKING:
    from ...bootstrap import App


class SignInForm(GateForm):
    """Signs in by itself; the window is told how it ended."""

    #: Somebody is signed in, and the library is open.
    opened = Signal()
    #: MediaError
    failed = Signal(object)
    #: The name of another profile.
    library_wanted = Signal(str)

    def __init__(self, app: "App", profile: Profile) -> None:
        super().__init__()
        self._app = app
        self._profile = profile
        title = self.tr("Sign in to your library")
        self.set_words(title, self.tr("Sign in"), self.tr("Signing in…"))
        self.library = Choice()
        self.library.addItem(profile_words.title(profile), profile.name)
        self.library.activated.connect(self._change_library)
        self.email = QLineEdit(app.email)
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.password = PasswordField()
        self.keep = CheckBox(self.tr("Keep me signed in"))
        self.keep.setChecked(True)
        self._email_row = FormRow(self.tr("E-mail"), self.email, name_wide=NAME_WIDE)
        self._password_row = FormRow(self.tr("Password"), self.password, name_wide=NAME_WIDE)
        self.add_row(FormRow(self.tr("Library"), self.library, name_wide=NAME_WIDE))
        self.add_row(self._email_row)
        self.add_row(self._password_row)
        self.add_note(self.keep)
        self.set_busy(False)

    def show_libraries(self, profiles: list[Profile], lasting: bool) -> None:
        """Offer every library; ``lasting`` tells whether a password can be kept."""
        self.library.clear()
        for each in profiles:
            self.library.addItem(profile_words.title(each), each.name)
        self.library.setCurrentIndex(max(0, self.library.findData(self._profile.name)))
        self.keep.setVisible(lasting)
        if not lasting:
            self.keep.setChecked(False)
            self._password_row.set_hint(
                self.tr("This computer has no keyring, so you are asked each time it starts.")
            )

    def show_error(self, error: MediaError) -> None:
        """Say why it did not work, where one looks next."""
        self.set_busy(False)
        row = self._email_row if error.code == "account_not_active" else self._password_row
        # Nothing is wrong yet before anybody has tried.
        row.set_error("" if error.code == "no_account" else error.message)
        self.take_focus()

    def take_focus(self) -> None:
        """Go where something has to be typed."""
        if self.email.text():
            self.password.setFocus(Qt.FocusReason.TabFocusReason)
            self.password.selectAll()
        else:
            self.email.setFocus(Qt.FocusReason.TabFocusReason)

    def is_filled(self) -> bool:
        """See GateForm."""
        email, password = self.email.text().strip(), self.password.text()
        self._email_row.set_error("" if email else self.tr("Type the address of your account."))
        self._password_row.set_error("" if password else self.tr("Type your password."))
        missing = [row for row in (self._email_row, self._password_row) if row.error]
        if missing:
            missing[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not missing

    def go(self) -> None:
        """See GateForm."""
        self.keep.setEnabled(False)
        self._app.sign_in(
            self.email.text().strip(),
            self.password.text(),
            self.keep.isChecked(),
            self.opened.emit,
            self.failed.emit,
        )

    def set_busy(self, busy: bool) -> None:
        """See GateForm; another library can be chosen at any time."""
        super().set_busy(busy)
        self.keep.setEnabled(not busy)
        self.library.setEnabled(True)

    def _change_library(self, at: int) -> None:
        name = self.library.itemData(at)
        if name != self._profile.name:
            self.library_wanted.emit(name)
