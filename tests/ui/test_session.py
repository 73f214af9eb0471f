"""Signing in, missing secrets, faults; what the frame shows of connection and account."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.profiles import ENVIRONMENT, Profile, Secret
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.tasks.connection import ConnectionState
from artitec_media_desktop.ui.frame.connection import Connection
from artitec_media_desktop.ui.gate.missing_secrets import MissingSecretsForm
from artitec_media_desktop.ui.gate.sign_in import SignInForm
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry

TEAM = Profile("Team", "mysql://media@db/artitec", storage=StorageType.S3, bucket="media")
WHO = Permanent("no_account", "Sign in to “Team”.")
WRONG = Permanent("sign_in_failed", "The e-mail address or the password is wrong. Check both.")
NO_SECRET = Permanent("no_secret", "The access key of the profile “Team” is not known.")
CTRL = Qt.KeyboardModifier.ControlModifier


class Page(Panel):
    def __init__(self):
        super().__init__()
        self.refreshed = self.activated = 0

    def activate(self):
        self.activated += 1

    def refresh(self):
        self.refreshed += 1


@pytest.fixture
def window(app, light, qtbot):
    app.profile = TEAM
    app.profiles.found.append(TEAM)
    pages = (PanelEntry("library", "Library", "image", lambda *_: Page()),)
    made = MainWindow(app, pages)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def sign_in(window, app):
    app.error = WHO
    window.open()
    form = window.session.gate.currentWidget()
    assert isinstance(form, SignInForm)
    return form


# ---- signing in


def test_nobody_has_failed_yet(sign_in, window):
    assert window.stack.currentWidget() is window.session.gate
    assert sign_in._password_row.error == ""
    assert sign_in.email.hasFocus()
    assert window.rail.connection.state is Connection.CLOSED
    assert not window.rail.buttons["library"].isEnabled()
    window.show_page("library")
    assert window.stack.currentWidget() is window.session.gate


def test_signing_in_by_keyboard(sign_in, window, app):
    QTest.keyClicks(sign_in.email, "dana@artitec.example")
    QTest.keyClick(sign_in.email, Qt.Key.Key_Tab)
    assert sign_in.password.hasFocus()
    QTest.keyClicks(sign_in.password, "correct horse")
    app.error = None
    app.runner.held = True
    QTest.keyClick(sign_in.password, Qt.Key.Key_Return)
    assert not sign_in.button.isEnabled() and sign_in.button.text() == "Signing in…"
    QTest.keyClick(sign_in, Qt.Key.Key_Return)
    app.runner.release()
    assert app.signed_in == [("dana@artitec.example", "correct horse", True)]
    assert window.is_open and window.session.gate is None
    assert window.current_panel.activated == 1
    assert window.rail.buttons["library"].isEnabled()
    assert app.connection.calls == ["start"]


def test_a_wrong_password_is_said_beside_it(sign_in, app):
    sign_in.email.setText("dana@artitec.example")
    sign_in.password.setText("wrong")
    app.error = WRONG
    sign_in.submit()
    assert sign_in._password_row.error == WRONG.message
    assert sign_in.password.hasFocus() and sign_in.password.selectedText()
    assert sign_in.button.isEnabled()


def test_an_account_that_may_not_be_used_is_said_beside_the_address(sign_in, app):
    sign_in.email.setText("gone@artitec.example")
    sign_in.password.setText("x")
    app.error = Permanent("account_not_active", "The account is suspended.")
    sign_in.submit()
    assert sign_in._email_row.error == "The account is suspended."


def test_what_is_not_typed_is_asked_for_before_anything_is_tried(sign_in, app):
    sign_in.submit()
    assert sign_in._email_row.error and sign_in._password_row.error
    assert app.signed_in == []


def test_the_address_used_last_is_there_and_the_password_is_next(app, window):
    app.email = "dana@artitec.example"
    app.error = WHO
    window.open()
    form = window.session.gate.currentWidget()
    assert form.email.text() == "dana@artitec.example" and form.password.hasFocus()


def test_without_a_keyring_nothing_is_promised(app, window):
    app.profiles.secrets.is_lasting = False
    app.error = WHO
    window.open()
    form = window.session.gate.currentWidget()
    assert form.keep.isHidden() and not form.keep.isChecked()
    assert "no keyring" in form._password_row.message.text


def test_the_password_is_dots_until_its_eye_is_pressed(sign_in):
    assert sign_in.password.echoMode() is sign_in.password.EchoMode.Password
    sign_in.password._eye.trigger()
    assert sign_in.password.echoMode() is sign_in.password.EchoMode.Normal


def test_another_library_can_be_chosen_instead(sign_in, window, qtbot):
    assert [sign_in.library.itemData(at) for at in range(2)] == ["embedded", "Team"]
    with qtbot.waitSignal(window.left) as left:
        sign_in.library.activated.emit(0)
    assert left.args == ["embedded", False, ""]


# ---- secrets


def test_missing_secrets_are_asked_for_kept_and_used(app, window):
    app.profiles.secrets.known[("Team", Secret.DATABASE_PASSWORD)] = "there"
    app.error = NO_SECRET
    window.open()
    form = window.session.gate.currentWidget()
    assert isinstance(form, MissingSecretsForm)
    assert list(form.fields) == [Secret.ACCESS_KEY, Secret.SECRET_KEY]
    form.submit()
    assert all(row.error for row in form.rows)
    for field in form.fields.values():
        QTest.keyClicks(field, "key")
    app.error = None
    QTest.keyClick(form.fields[Secret.SECRET_KEY], Qt.Key.Key_Return)
    assert app.profiles.secrets.known[("Team", Secret.ACCESS_KEY)] == "key"
    assert window.is_open


def test_a_password_the_database_refuses_is_asked_for_again(app, window):
    app.error = Permanent("database_sign_in", "The database refused the account.")
    window.open()
    form = window.session.gate.currentWidget()
    assert list(form.fields) == [Secret.DATABASE_PASSWORD]
    assert form.rows[0].error == "The database refused the account."


def test_what_the_environment_says_wrong_can_only_be_corrected_there(app, window):
    app.profile = replace(TEAM, name=ENVIRONMENT)
    app.error = Permanent("database_sign_in", "The database refused the account.")
    window.open()
    assert "refused" in window.session.gate.currentWidget().accessibleName()


def test_any_other_fault_leads_to_the_settings_and_back(app, window):
    app.error = Transient("database_gone", "The database does not answer.")
    window.open()
    buttons = window.session.gate.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Choose another library").click()
    assert window.current_panel.libraries.rows
    assert window.rail.gear.isChecked()
    QTest.keyClick(window.current_panel, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.session.gate


# ---- account


def menu_texts(window):
    window.rail.account.click()
    menu = window.findChild(QMenu)
    found = {action.text(): action for action in menu.actions() if action.text()}
    menu.hide()
    return found


def test_signing_out_forgets_the_password_and_asks(app, window, qtbot):
    app.email = "dana@artitec.example"
    window.open()
    with qtbot.waitSignal(window.left) as left:
        menu_texts(window)["Sign out"].trigger()
    assert app.profiles.forgotten == [("Team", "dana@artitec.example")]
    assert left.args == ["Team", True, ""] and app.closed


def test_nobody_signs_out_of_the_library_on_this_computer(app, window):
    app.profile = app.profiles.found[0]
    window.open()
    assert "Sign out" not in menu_texts(window)
    assert app.connection.calls == []


def test_uploads_under_way_are_mentioned_when_leaving(app, window, make_item, qtbot):
    window.open()
    app.pump.items_changed.emit((make_item(), make_item(UploadState.DONE)))
    with qtbot.waitSignal(window.left) as left:
        window.session.change("embedded")
    assert left.args[2] == "1 file goes on being added when “Team” is opened again."


def test_an_account_that_was_changed_is_shown_and_said(app, window):
    window.open()
    app.connection.looked.emit()
    assert window.toasts.shown == []
    app.account = replace(app.account, role=Role.BUILDER)
    app.connection.looked.emit()
    assert "Builder" in window.rail.account.toolTip()
    assert window.toasts.shown[-1].text == "You are signed in as Builder now"
    assert window.current_panel.refreshed == 1
    app.account = replace(app.account, active=False)
    app.connection.looked.emit()
    assert "Not active any more" in window.rail.account.toolTip()
    assert window.toasts.shown[-1].tone == "danger"


# ---- connection


def test_a_lost_connection_is_shown_and_comes_back(app, window):
    window.open()
    app.connection.tell(ConnectionState.RECONNECTING, "The database does not answer.")
    assert window.rail.connection.state is Connection.RECONNECTING
    assert window.rail.connection.toolTip() == "The database does not answer."
    assert window.banners.offline.isHidden()
    app.connection.tell(ConnectionState.OFFLINE, "The database does not answer. Trying again.")
    assert window.banners.offline.isVisible()
    assert window.banners.offline.text.startswith("Offline since ")
    assert window.banners.offline.text.endswith("does not answer. Next try in 12 s.")
    next(iter(window.banners.findChildren(QPushButton))).click()
    assert app.connection.calls == ["start", "look_now"]
    app.connection.tell(ConnectionState.CONNECTED)
    assert window.rail.connection.state is Connection.CONNECTED
    assert window.banners.offline.isHidden()
    assert window.current_panel.refreshed == 1
    assert ("hurry",) in app.pump.calls


def test_a_library_that_can_only_be_looked_at_says_so(app, window):
    app.read_only = "The tables are not ready."
    window.open()
    assert window.banners.read_only.isVisible()
    assert window.banners.read_only.text == "You can only look. The tables are not ready."


def test_closing_while_another_library_is_opened_just_closes(app, window):
    window.open()
    app.end = lambda on_done: setattr(app, "later", on_done)
    left = []
    window.left.connect(lambda *args: left.append(args))
    window.session.change("embedded")
    window.close()
    app.later()
    assert left == [] and window.quitting.has_ended and not window.isVisible()
