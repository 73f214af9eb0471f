"""The form of one library: its database, its storage, and the secrets of both."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...config.environment import without_password
from ...domain.errors import MediaError, Permanent
from ...domain.media import StorageType
from ...domain.profiles import Encryption, Profile, Secret, check_name
from .. import profile_words
from ..theme import Space
from ..widgets import CheckBox, FormRow, Message, PasswordField, Segments, button
from ..widgets.section import Section, foot
from .address import Address
from .connection_steps import ConnectionSteps
from .fields import PathField, field, row

if TYPE_CHECKING:
    from ...bootstrap import App

_NEW: Final = Profile("", storage=StorageType.S3)


class ProfileForm(QWidget):
    """Adds a library, or changes one; secrets that are kept are not shown, only replaced."""

    #: Profile, and whether its secrets last beyond this session.
    saved = Signal(object, bool)
    cancelled = Signal()

    def __init__(self, app: "App", profile: Profile | None = None) -> None:
        super().__init__()
        self._app = app
        self._edited = profile
        self._base = profile or _NEW
        self._make_fields()
        self.message = Message()
        self.steps = ConnectionSteps(app)
        self.steps.hide()
        self.steps.finished.connect(lambda _ok: self.test.setEnabled(True))
        self._build()
        self.fill(self._base, {})
        if profile is not None:
            self.name.setReadOnly(True)
            self.name.setEnabled(False)
            self._look_for_secrets(profile)

    @property
    def first(self) -> QWidget:
        """What has the keyboard at first."""
        return self.name if self._edited is None else self.host

    def fill(self, profile: Profile, secrets: dict[Secret, str]) -> None:
        """Show a profile, and secrets that were just read; they are dots until the eye is used."""
        self._base = profile
        self._address = Address.parse(profile.database_url)
        at = self._address
        for line, text in (
            (self.name, profile.name),
            (self.host, at.host),
            (self.port, at.port),
            (self.database, at.database),
            (self.account, at.account),
            (self.database_ca, profile.database_ca),
            (self.endpoint, profile.endpoint),
            (self.bucket, profile.bucket),
            (self.region, profile.region),
            (self.public_url, profile.public_url),
            (self.cdn_url, profile.cdn_url),
            (self.storage_ca, profile.storage_ca),
            (self.folder, profile.folder),
            (self.base_url, profile.base_url),
        ):
            line.setText(text)
        self.encryption.set_value(profile.database_encryption.value)
        self.storage.set_value(profile.storage.value)
        self.secure.setChecked(profile.secure)
        for secret, line in self.secrets.items():
            line.setText(secrets.get(secret, ""))
        self._show_parts()

    def profile(self) -> Profile:
        """What was typed. Raises Permanent where it can't be a profile."""
        name = self.name.text().strip()
        made = replace(
            self._base,
            name=name,
            database_url=self._typed_address().url if self.host.text().strip() else "",
            database_encryption=Encryption(self.encryption.value),
            database_ca=self.database_ca.text().strip(),
            storage=StorageType(self.storage.value),
            folder=self.folder.text().strip(),
            base_url=self.base_url.text().strip(),
            endpoint=self.endpoint.text().strip(),
            bucket=self.bucket.text().strip(),
            region=self.region.text().strip() or "us-east-1",
            secure=self.secure.isChecked(),
            public_url=self.public_url.text().strip(),
            cdn_url=self.cdn_url.text().strip(),
            storage_ca=self.storage_ca.text().strip(),
        )
        made.check()
        return made

    def typed_secrets(self) -> dict[Secret, str]:
        """The secrets that were typed; what was left empty stays as it is.

        In a new library an empty password is one: of an account that needs none.
        """
        typed = {secret: line.text() for secret, line in self.secrets.items() if line.text()}
        if self._edited is None:
            typed.setdefault(Secret.DATABASE_PASSWORD, "")
        return typed

    def run_test(self) -> None:
        """Try what was typed, step by step."""
        profile = self._checked()
        if profile is not None:
            self.test.setEnabled(False)
            self.steps.run(profile, self.typed_secrets())

    def save(self) -> None:
        """Keep it, in a worker."""
        profile, typed = self._checked(), self.typed_secrets()
        if profile is None or not self.ok.isEnabled():
            return
        wanted = {each: value for each, value in typed.items() if each in profile.secrets}
        editing = self._edited is not None
        self.ok.setEnabled(False)

        def keep(_: object) -> bool:
            lasting = self._app.profiles.secrets.is_lasting
            return self._app.profiles.add(profile, wanted, replace=editing) and lasting

        self._app.runner.run(
            keep, lambda lasting: self.saved.emit(profile, lasting), self._not_saved
        )

    def leave(self) -> None:
        """Stop what is under way, and forget what was typed."""
        self.steps.stop()
        for line in self.secrets.values():
            line.clear_secret()

    # ---- what is wrong

    def _checked(self) -> Profile | None:
        """The profile, or None with what is wrong said where it is."""
        self.message.say("")
        for each in self._rows:
            each.set_error("")
        for control, wrong in self._faults():
            if wrong:
                self._wrong(control, wrong)
                return None
        try:
            return self.profile()
        except MediaError as error:
            self.message.say(error.message)
            return None

    def _faults(self) -> Iterator[tuple[QWidget, str]]:
        """What is wrong with each field, top down; empty where nothing is."""
        yield self.name, self._wrong_name()
        for control, words in (
            (self.host, self.tr("Type the server’s name or address.")),
            (self.database, self.tr("Type the database’s name.")),
            (self.account, self.tr("Type the account that the database knows.")),
            (self.bucket if self._is_s3 else self.folder, self._wanted_storage()),
        ):
            yield control, "" if control.text().strip() else words
        port = self.port.text().strip()
        is_port = port.isascii() and port.isdigit() and 0 < int(port) < 65536
        yield self.port, "" if is_port else self.tr("A port is a number, usually 3306.")

    def _wrong_name(self) -> str:
        name = self.name.text().strip()
        if not name:
            return self.tr("Give it a name.")
        try:
            check_name(name)
        except Permanent as error:
            return error.message
        return ""

    def _wrong(self, control: QWidget, words: str) -> None:
        found = next(each for each in self._rows if each.control is control)
        found.set_error(words)
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted_storage(self) -> str:
        return self.tr("Type the bucket’s name.") if self._is_s3 else self.tr("Choose the folder.")

    def _not_saved(self, error: MediaError) -> None:
        self.ok.setEnabled(True)
        if error.code == "profile_exists":
            self._wrong(self.name, error.message)
        else:
            self.message.say(error.message)

    # ---- parts that depend on others

    @property
    def _is_s3(self) -> bool:
        return self.storage.value == StorageType.S3.value

    def _show_parts(self) -> None:
        self._ca_row.setVisible(self.encryption.value == Encryption.VERIFIED.value)
        for each in self._s3_rows:
            each.setVisible(self._is_s3)
        for each in self._folder_rows:
            each.setVisible(not self._is_s3)

    def _typed_address(self) -> Address:
        host = self.host.text().strip().strip("[]")
        return replace(
            self._address,
            host=host,
            port=self.port.text().strip(),
            database=self.database.text().strip(),
            account=self.account.text().strip(),
        )

    def _host_typed(self, text: str) -> None:
        """A whole address that is pasted fills the other fields."""
        if "://" not in text:
            return
        url, password = without_password(text.strip())
        self._address = Address.parse(url)
        at = self._address
        for line, words in (
            (self.host, at.host),
            (self.port, at.port),
            (self.database, at.database),
            (self.account, at.account),
        ):
            line.setText(words)
        if password:
            self.secrets[Secret.DATABASE_PASSWORD].setText(password)

    def _look_for_secrets(self, profile: Profile) -> None:
        secrets = self._app.profiles.secrets

        def look(_: object) -> tuple[set[Secret], bool]:
            values = {each: secrets.get(profile.name, each) for each in profile.secrets}
            known = {each for each, value in values.items() if value is not None}
            return known, secrets.is_lasting

        self._app.runner.run(look, self._show_known, self._not_saved)

    def _show_known(self, found: tuple[set[Secret], bool]) -> None:
        known, lasting = found
        words = self.tr("Kept in the keyring") if lasting else self.tr("Kept for this session")
        for secret, line in self.secrets.items():
            line.setPlaceholderText(words if secret in known else "")

    # ---- putting it together

    def _make_fields(self) -> None:
        self.name, self.host, self.port = field(), field("db.example.org"), field()
        self.database, self.account = field(), field()
        self.encryption = Segments(
            (
                (Encryption.OFFERED.value, self.tr("Where offered")),
                (Encryption.REQUIRED.value, self.tr("Required")),
                (Encryption.VERIFIED.value, self.tr("Required and checked")),
            )
        )
        self.database_ca = PathField(False, self.tr("The system’s certificates"))
        self.storage = Segments(
            (
                (StorageType.S3.value, self.tr("S3 or MinIO")),
                (StorageType.LOCAL.value, self.tr("Shared folder")),
            )
        )
        self.endpoint, self.bucket, self.region = (
            field("https://s3.amazonaws.com"),
            field(),
            field(),
        )
        self.public_url, self.cdn_url = field("https://"), field("https://")
        self.secure = CheckBox(self.tr("Encrypted (HTTPS)"))
        self.storage_ca = PathField(False, self.tr("The system’s certificates"))
        self.folder, self.base_url = PathField(True), field("https://")
        self.secrets = {secret: PasswordField() for secret in Secret}
        self.encryption.chosen.connect(self._show_parts)
        self.storage.chosen.connect(self._show_parts)
        self.host.textChanged.connect(self._host_typed)

    def _build(self) -> None:
        self._rows: list[FormRow] = []
        named = Section(self.tr("Library"))
        self._add(named, row(self.tr("Name"), self.name))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.M)
        for part in (self.message, named, self._database_section(), self._storage_section()):
            box.addWidget(part)
        box.addWidget(self.steps)
        self.test = button(self.tr("Test connection"))
        self.test.clicked.connect(self.run_test)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        self.ok = button(self.tr("Save"), kind="primary")
        self.ok.clicked.connect(self.save)
        box.addLayout(foot(self.test, cancel, self.ok))
        box.addStretch(1)

    def _database_section(self) -> Section:
        made = Section(self.tr("Database (MySQL or MariaDB)"))
        self._ca_row = row(self.tr("Certificates (CA file)"), self.database_ca)
        hint = self.tr("A whole address can be pasted here: mysql://account@server:3306/database")
        self._add(
            made,
            row(self.tr("Server"), self.host, hint),
            row(self.tr("Port"), self.port),
            row(self.tr("Database"), self.database),
            row(self.tr("Account"), self.account),
            self._secret_row(Secret.DATABASE_PASSWORD),
            row(self.tr("Encryption"), self.encryption),
            self._ca_row,
        )
        return made

    def _storage_section(self) -> Section:
        made = Section(self.tr("Storage"))
        self._add(made, row(self.tr("Kind"), self.storage))
        hint = self.tr("Leave it empty for Amazon S3 itself.")
        public = self.tr("Public address")
        self._s3_rows = self._add(
            made,
            row(self.tr("Server"), self.endpoint, hint),
            row("", self.secure),
            row(self.tr("Bucket"), self.bucket),
            row(self.tr("Region"), self.region),
            self._secret_row(Secret.ACCESS_KEY),
            self._secret_row(Secret.SECRET_KEY),
            row(
                public, self.public_url, self.tr("Where the bucket’s files are seen, if elsewhere.")
            ),
            row(self.tr("CDN address"), self.cdn_url),
            row(self.tr("Certificates (CA file)"), self.storage_ca),
        )
        self._folder_rows = self._add(
            made, row(self.tr("Folder"), self.folder), row(public, self.base_url)
        )
        return made

    def _secret_row(self, secret: Secret) -> FormRow:
        return row(profile_words.secret_title(secret), self.secrets[secret])

    def _add(self, section: Section, *rows: FormRow) -> list[FormRow]:
        for each in rows:
            self._rows.append(each)
            section.box.addWidget(each)
            if isinstance(each.control, QLineEdit | PathField):
                each.control.returnPressed.connect(self.save)
        return list(rows)
