from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from artitec_media_desktop.domain.errors import Conflict, Permanent
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.permissions import NOBODY
from artitec_media_desktop.domain.profiles import Encryption, Profile, Secret
from artitec_media_desktop.services import connection_test
from artitec_media_desktop.services.connection_test import ConnectionStep, StepState
from artitec_media_desktop.ui.panels.settings import SettingsPanel
from artitec_media_desktop.ui.profiles.address import Address
from artitec_media_desktop.ui.theme import Mode, theme
from artitec_media_desktop.ui.upload_queue import UploadQueue

TEAM = Profile(
    "Team",
    "mysql+aiomysql://media@db.artitec.example:3307/artitec?charset=utf8",
    storage=StorageType.S3,
    endpoint="https://s3.artitec.example",
    bucket="media",
)
ENV = """DATABASE_URL=mysql+aiomysql://media:s%40cret@db:3307/artitec
S3_BUCKET_NAME=media
AWS_ACCESS_KEY_ID=KEY
AWS_SECRET_ACCESS_KEY=hidden
"""


class Trial:
    """In place of a connection test: does what the test says."""

    steps = ()
    seen = ()

    def __init__(self, profile, secrets):
        given = {each: secrets.get(profile.name, each) for each in profile.secrets}
        Trial.seen = (profile, given)

    def titles(self):
        return [(step.name, step.title) for step in Trial.steps]

    def run(self, _work, report):
        for step in Trial.steps:
            report(step)
        return list(Trial.steps)


@pytest.fixture
def panel(app, light, qtbot, monkeypatch):
    monkeypatch.setattr(connection_test, "ConnectionTest", Trial)
    app.profiles.found.append(TEAM)
    made = SettingsPanel(app, UploadQueue(app))
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    return made


@pytest.fixture
def notices(panel):
    found = []
    panel.noticed.connect(found.append)
    return found


def button(parent, text):
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def row_of(panel, name):
    return next(each for each in panel.libraries.rows if each.profile.name == name)


# ---- looks and uploads


def test_the_theme_is_chosen_and_remembered(panel, app):
    panel.mode.buttons["dark"].click()
    assert theme().mode is Mode.DARK
    assert app.settings["theme"] == "dark"
    theme().set_mode(Mode.LIGHT)
    assert panel.mode.value == "light"


def test_the_number_of_uploads_counts_at_once(panel, app):
    assert panel.concurrency.value() == 5
    panel.concurrency.setValue(10)
    assert app.settings["uploads.concurrency"] == 10
    assert app.pump.calls == [("set_concurrency", 10)]
    assert (panel.concurrency.minimum(), panel.concurrency.maximum()) == (1, 10)


def test_what_happens_to_look_alikes_from_now_on(panel, app):
    assert panel.on_duplicate.value == "ask"
    panel.on_duplicate.buttons["skip"].click()
    assert app.settings["uploads.on_duplicate"] == "skip"


# ---- the list


def test_every_library_with_the_open_one_marked(panel):
    assert [row.accessibleName() for row in panel.libraries.rows] == ["On this computer", "Team"]
    assert [row.is_open for row in panel.libraries.rows] == [True, False]


def test_what_waits_for_somebody_to_sign_in_is_not_open(panel, app):
    app.account = NOBODY
    panel.activate()
    assert not any(row.is_open for row in panel.libraries.rows)


def test_an_empty_password_is_one_of_a_new_library(panel, app):
    panel.add_library()
    fill(panel.form, name="New", host="db", database="d", account="me", bucket="b")
    panel.form.save()
    assert app.profiles.secrets.known == {("New", Secret.DATABASE_PASSWORD): ""}


def test_a_library_is_opened(panel, qtbot):
    with qtbot.waitSignal(panel.library_wanted) as wanted:
        button(row_of(panel, "Team"), "Open").click()
    assert wanted.args == ["Team"]


def test_removing_says_what_it_means_and_asks(panel, app, notices):
    row = row_of(panel, "Team")
    row.ask_to_remove()
    assert row.question.isVisible() and row.keep.hasFocus()
    row.keep.click()
    assert not row.question.isVisible() and len(app.profiles.found) == 2
    row.ask_to_remove()
    button(row.question, "Remove “Team”").click()
    assert [each.name for each in app.profiles.found] == ["embedded"]
    assert notices[0].text == "“Team” was removed"
    assert len(panel.libraries.rows) == 1


# ---- the form


def fill(form, **fields):
    for name, text in fields.items():
        getattr(form, name).setText(text)


def test_a_library_is_added(panel, app, notices):
    panel.add_library()
    form = panel.form
    assert form.name.hasFocus()
    fill(form, name="New", host="db", database="artitec", account="me", bucket="b")
    form.secrets[Secret.DATABASE_PASSWORD].setText("p")
    form.secrets[Secret.ACCESS_KEY].setText("k")
    QTest.keyClick(form.account, Qt.Key.Key_Return)
    assert panel.form is None
    made = app.profiles.found[-1]
    assert (made.name, made.database_url) == ("New", "mysql://me@db:3306/artitec")
    assert app.profiles.secrets.known == {
        ("New", Secret.DATABASE_PASSWORD): "p",
        ("New", Secret.ACCESS_KEY): "k",
    }
    assert notices[0].text == "“New” was saved" and "keyring" in notices[0].detail


def test_what_is_missing_is_said_where_it_is_missing(panel, app):
    panel.add_library()
    form = panel.form
    for name, words in (
        ("name", "a name"),
        ("host", "server"),
        ("database", "database"),
        ("account", "account"),
        ("bucket", "bucket"),
    ):
        form.save()
        found = [(row.control, row.error) for row in form._rows if row.error]
        assert [control for control, _ in found] == [getattr(form, name)]
        assert words in found[0][1] and getattr(form, name).hasFocus()
        getattr(form, name).setText("x")
    form.port.setText("99999")
    form.save()
    assert [row.control for row in form._rows if row.error] == [form.port]
    assert len(app.profiles.found) == 2


@pytest.mark.parametrize("name", ["embedded", "a/b"])
def test_a_name_that_can_not_be_one_is_refused_beside_it(panel, name):
    panel.add_library()
    fill(panel.form, name=name, host="db", database="d", account="me", bucket="b")
    panel.form.save()
    assert name in panel.form._rows[0].error


def test_what_the_services_refuse_is_said_in_their_words(panel, app):
    panel.add_library()
    form = panel.form
    fill(form, name="Team", host="db", database="d", account="me", bucket="b")
    app.profiles.error = Conflict("profile_exists", "There is a profile “Team” already.")
    form.save()
    assert form._rows[0].error == "There is a profile “Team” already."
    app.profiles.error = Permanent("profiles_not_saved", "The disk is full.")
    form.save()
    assert form.message.text == "The disk is full."
    app.profiles.error = None
    form.save()
    assert panel.form is None


def test_editing_keeps_what_is_not_shown(panel, app):
    app.profiles.secrets.known[("Team", Secret.SECRET_KEY)] = "hidden"
    panel._edit(TEAM)
    form = panel.form
    assert not form.name.isEnabled() and form.host.text() == "db.artitec.example"
    secret = form.secrets[Secret.SECRET_KEY]
    assert secret.text() == "" and secret.placeholderText() == "Kept in the keyring"
    assert form.secrets[Secret.ACCESS_KEY].placeholderText() == ""
    form.bucket.setText("other")
    form.save()
    (made,) = (each for each in app.profiles.found if each.name == "Team")
    assert made.database_url == TEAM.database_url and made.bucket == "other"
    assert app.profiles.secrets.known == {("Team", Secret.SECRET_KEY): "hidden"}


def test_only_the_fields_that_count_are_shown(panel):
    panel.add_library()
    form = panel.form
    assert not form.database_ca.isVisible() and not form.folder.isVisible()
    form.encryption.buttons[Encryption.VERIFIED.value].click()
    form.storage.buttons[StorageType.LOCAL.value].click()
    assert form.database_ca.isVisible() and form.folder.isVisible()
    assert not form.bucket.isVisible()
    fill(form, name="New", host="db", database="d", account="me", folder="/srv")
    assert form.profile().database_encryption is Encryption.VERIFIED
    assert form.profile().storage is StorageType.LOCAL


def test_a_whole_address_that_is_pasted_is_taken_apart(panel):
    panel.add_library()
    form = panel.form
    form.host.setText("mysql+pymysql://me:p%40ss@db:3310/artitec?charset=utf8")
    assert (form.host.text(), form.port.text()) == ("db", "3310")
    assert (form.database.text(), form.account.text()) == ("artitec", "me")
    assert form.secrets[Secret.DATABASE_PASSWORD].text() == "p@ss"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me@db:3306/artitec",
        "mysql+aiomysql://a%40b@[::1]:3307/my%2Fdb?charset=utf8&x=1",
        "mysql://db:3306/artitec",
    ],
)
def test_an_address_comes_together_as_it_was(url):
    assert Address.parse(url).url == url


def test_an_address_that_can_not_be_read_is_empty():
    assert Address.parse("mysql://[broken").host == ""


def test_esc_leads_out_of_the_form_and_then_out_of_the_settings(panel, qtbot):
    panel.add_library()
    QTest.keyClick(panel.form.host, Qt.Key.Key_Escape)
    assert panel.form is None
    with qtbot.waitSignal(panel.page_requested) as back:
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert back.args == ["", None]


# ---- .env


def test_the_text_of_an_env_fills_the_form(panel):
    panel.import_env()
    assert not panel.form.go.isEnabled()
    panel.form.text.setPlainText(ENV)
    panel.form.go.click()
    form = panel.form
    assert (form.host.text(), form.port.text(), form.bucket.text()) == ("db", "3307", "media")
    assert form.typed_secrets() == {
        Secret.DATABASE_PASSWORD: "s@cret",
        Secret.ACCESS_KEY: "KEY",
        Secret.SECRET_KEY: "hidden",
    }
    assert form.secrets[Secret.SECRET_KEY].echoMode() is form.name.EchoMode.Password


def test_a_file_is_read_as_well(panel, tmp_path):
    (tmp_path / ".env").write_text(ENV)
    panel.import_env()
    panel.form.import_from(tmp_path / ".env")
    assert panel.form.bucket.text() == "media"


def test_what_is_no_env_is_said(panel):
    panel.import_env()
    panel.form.text.setPlainText("HELLO=1")
    panel.form.go.click()
    assert "no DATABASE_URL" in panel.form.message.text and panel.form.go.isEnabled()


# ---- trying the connection


def steps(*states):
    return [
        ConnectionStep(f"step{at}", f"Step {at}", state, f"Found {at}.")
        for at, state in enumerate(states)
    ]


def test_each_step_is_shown_with_what_was_found(panel, qtbot):
    Trial.steps = steps(StepState.OK, StepState.FAILED, StepState.SKIPPED)
    row = row_of(panel, "Team")
    with qtbot.waitSignal(row.steps.finished) as finished:
        button(row, "Test").click()
    assert finished.args == [False]
    lines = list(row.steps.lines.values())
    assert [line.state for line in lines] == ["ok", "failed", "skipped"]
    assert lines[1].accessibleName() == "Step 1: failed. Found 1."
    assert row.steps.isVisible()


def test_a_step_that_is_under_way_is_marked(panel, app):
    Trial.steps = steps(StepState.OK)
    shown = row_of(panel, "Team").steps
    app.runner.held = True
    shown.run(TEAM, {})
    shown._plan([("step0", "Step 0")])
    shown._trying(0, 1, "Step 0")
    assert shown.lines["step0"].state == "trying"


def test_what_was_typed_is_tried_and_kept_nowhere(panel, app):
    app.profiles.secrets.known[("Team", Secret.SECRET_KEY)] = "kept"
    Trial.steps = steps(StepState.OK)
    panel._edit(TEAM)
    form = panel.form
    form.secrets[Secret.ACCESS_KEY].setText("typed")
    form.bucket.setText("other")
    form.run_test()
    profile, given = Trial.seen
    assert profile.bucket == "other"
    assert given[Secret.ACCESS_KEY] == "typed" and given[Secret.SECRET_KEY] == "kept"
    assert ("Team", Secret.ACCESS_KEY) not in app.profiles.secrets.known
    assert form.test.isEnabled()


def test_leaving_stops_a_test(panel, app):
    shown = row_of(panel, "Team").steps
    stopped = []
    shown._task = SimpleNamespace(cancel=lambda: stopped.append(True))
    shown.stop()
    assert stopped == [True] and not shown.isVisible()
