"""What the doctor finds, and that it changes nothing."""

import pytest

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.profiles import Profile
from artitec_media_desktop.services.doctor import Doctor
from artitec_media_desktop.services.profiles import ProfileService


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def profiles(home, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return ProfileService(home, Secrets())


def found(diagnosis):
    return {each.name: each for each in diagnosis.findings}


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(home, profiles):
    diagnosis = Doctor(home, profiles).look()
    assert diagnosis.ok
    assert "not made yet" in found(diagnosis)["library on this computer"].detail
    assert not home.root.exists()
    assert diagnosis.versions["Artitec Media"]
    assert diagnosis.paths["home"] == home.root


def test_a_library_that_is_ready_and_one_that_is_damaged(home, profiles):
    library = Library.embedded(home)
    library.open()
    library.close()
    assert found(Doctor(home, profiles).look())["library on this computer"].detail == "ready"
    home.database.write_bytes(b"this is no database" * 100)
    diagnosis = Doctor(home, profiles).look()
    assert not diagnosis.ok
    assert "library" in found(diagnosis)["library on this computer"].detail


def test_a_platform_that_does_not_answer_is_said_and_its_secrets_are_not(home, profiles):
    home.make()
    address = "mysql://artitec@127.0.0.1:9/artitec"
    profiles.add(Profile("Team", address, folder=str(home.root)), {})
    told = []
    diagnosis = Doctor(home, profiles).look(told=told.append)
    assert told == list(diagnosis.findings)
    assert not diagnosis.ok
    assert "not known here" in found(diagnosis)["Team"].detail


def test_a_profile_that_is_not_there_is_an_error(home, profiles):
    with pytest.raises(Permanent):
        Doctor(home, profiles).look("none of that name")


def test_a_disk_that_is_full(home, profiles, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    finding = found(Doctor(home, profiles).look())["home folder"]
    assert not finding.ok
    assert "Make room" in finding.detail
