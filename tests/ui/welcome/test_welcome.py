"""The first start: the two ways, and that it is asked once."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.profiles import Secret
from artitec_media_desktop.services.profiles import ProfileService
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panels.settings import SettingsPanel
from artitec_media_desktop.ui.profiles.env_import import EnvImport
from artitec_media_desktop.ui.profiles.profile_form import ProfileForm
from artitec_media_desktop.ui.welcome.guide import TOUR_DUE
from artitec_media_desktop.ui.welcome.welcome import Welcome

ENV = """\
DATABASE_URL=mysql://media:s3cret@db.example/artitec
S3_BUCKET_NAME=media
AWS_ACCESS_KEY_ID=AK
AWS_SECRET_ACCESS_KEY=SK
"""


@pytest.fixture
def window(app, light, qtbot):
    app.is_first_start = True
    made = MainWindow(app)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.begin()
    return made


@pytest.fixture
def welcome(window):
    found = window.session.gate.currentWidget()
    assert isinstance(found, Welcome)
    return found


def test_it_stands_in_front_of_the_pages_and_nothing_is_opened(window, welcome):
    assert window.stack.currentWidget() is window.session.gate
    assert not window.is_open
    assert not window.rail.buttons["library"].isEnabled()
    window.show_settings()
    assert isinstance(window.current_panel, SettingsPanel)
    window.show_page("library")
    assert window.stack.currentWidget() is window.session.gate


def test_enter_opens_the_sample_library_and_the_tour_follows(window, welcome, app, qtbot):
    assert welcome.try_it.hasFocus()
    app.library.entities = list
    qtbot.keyClick(welcome.try_it, Qt.Key.Key_Return)
    assert window.is_open and window.session.gate is None
    assert app.settings[TOUR_DUE]


def test_an_env_that_is_pasted_becomes_a_form_and_then_the_library(window, welcome, app, qtbot):
    QGuiApplication.clipboard().setText(ENV)
    qtbot.keyClick(welcome, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(welcome.form, EnvImport)
    welcome.form.go.click()
    assert isinstance(welcome.form, ProfileForm)
    assert welcome.form.host.text() == "db.example"
    assert welcome.form.secrets[Secret.DATABASE_PASSWORD].text() == "s3cret"
    with qtbot.waitSignal(window.left) as left:
        welcome.form.ok.click()
    assert left.args[0] == "Platform"
    assert app.settings["profile"] == "Platform" and app.settings[TOUR_DUE]
    assert [each.name for each in app.profiles.found][1:] == ["Platform"]


@pytest.mark.parametrize("asked", [False, True])
def test_an_env_is_dropped_anywhere_on_it(welcome, tmp_path, asked):
    path = tmp_path / ".env"
    path.write_text(ENV)
    if asked:
        welcome.show_import()
    on = welcome.form if asked else welcome
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPointF(50, 50).toPoint(), copy, mime, left, held),
        QDropEvent(QPointF(50, 50), copy, mime, left, held),
    ):
        QApplication.sendEvent(on, event)
    assert isinstance(welcome.form, ProfileForm)
    assert welcome.form.bucket.text() == "media"


def test_by_hand_and_back(welcome, qtbot):
    qtbot.keyClick(welcome.try_it, Qt.Key.Key_Right)
    assert welcome.connect_it.hasFocus()
    qtbot.keyClick(welcome.connect_it, Qt.Key.Key_Return)
    welcome.form.text.setPlainText("nothing of the kind")
    welcome.form.go.click()
    assert "DATABASE_URL" in welcome.form.message.text
    welcome.show_form()
    assert isinstance(welcome.form, ProfileForm) and welcome.form.name.hasFocus()
    qtbot.keyClick(welcome.form, Qt.Key.Key_Escape)
    assert welcome.form is None and welcome.currentIndex() == 0


def test_when_it_is_a_first_start(tmp_path, qtbot):
    home = Home(tmp_path)

    def app(profile=None, **variables):
        made = App(home, profile=profile, profiles=ProfileService(home, Secrets(), variables))
        made.close()
        return made.is_first_start

    assert app()
    assert not app("embedded")
    assert not app(DATABASE_URL="mysql://media@db/artitec")
    home.settings.write_text('{"window/page": "library"}')  # it was closed without an answer
    assert app()
    home.profiles.write_text("[]")
    assert not app()
    home.profiles.unlink()
    home.library.mkdir()
    home.database.touch()
    assert not app()
