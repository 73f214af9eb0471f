import json
import logging

import pytest

from artitec_media_desktop.config.home import VARIABLE, Home
from artitec_media_desktop.config.log import start_log, stop_log
from artitec_media_desktop.config.settings import Settings


def test_values_last(tmp_path):
    settings = Settings(tmp_path / "new" / "settings.json")
    assert not settings.is_dirty
    settings.set("rail/collapsed", True)
    assert settings.is_dirty
    settings.save()
    assert not settings.is_dirty
    again = Settings(tmp_path / "new" / "settings.json")
    assert again.get("rail/collapsed", False) is True
    assert again.get("none", "default") == "default"


def test_a_value_of_another_type_is_the_default(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"zoom": "large"}')
    assert Settings(path).get("zoom", 128) == 128


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "\x00"])
def test_a_damaged_file_costs_the_settings_and_no_more(tmp_path, text):
    path = tmp_path / "settings.json"
    path.write_text(text)
    settings = Settings(path)
    settings.set("a", 1)
    settings.save()
    assert json.loads(path.read_text()) == {"a": 1}


def test_nothing_is_written_when_nothing_changed(tmp_path):
    path = tmp_path / "settings.json"
    Settings(path).save()
    assert not path.exists()


def test_the_home_is_given_or_set_or_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "set"))
    assert Home.find(str(tmp_path / "given")).root == tmp_path / "given"
    assert Home.find().root == tmp_path / "set"
    monkeypatch.delenv(VARIABLE)
    assert Home.find().root.is_absolute()


def test_no_secret_reaches_the_log(tmp_path, monkeypatch):
    # What is no text could not be handed on by pytest's own capture.
    monkeypatch.setattr(logging.getLogger("artitec_media_desktop"), "propagate", False)
    start_log(tmp_path)
    log = logging.getLogger("artitec_media_desktop.test")
    log.info("connecting to %s", "mysql://app:s3cret@db/x")
    log.info("AWS_SECRET_ACCESS_KEY=%s password: %s", "abc123", "hunter2")
    log.info("IMG_\udcff.jpg")
    stop_log()
    text = (tmp_path / "media.log").read_text()
    for secret in ("s3cret", "abc123", "hunter2"):
        assert secret not in text
    assert "mysql://app:…@db/x" in text
    assert r"IMG_\udcff.jpg" in text
