"""The self-test fails where a part of the program is not there."""

import json
import sys

import pytest
from PIL import Image

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.services.self_test_parts import Parts


def child(told):
    """A program that says so, whatever it is asked."""
    return (sys.executable, "-c", f"print({told!r})")


def test_what_qt_lacks_is_named():
    told = json.dumps({"found": "xcb", "missing": ["videos", "translations"]})
    with pytest.raises(Permanent, match="videos, translations"):
        Parts(child(told)).window_system()


def test_qt_that_does_not_start():
    with pytest.raises(Permanent, match="does not start"):
        Parts(child("Could not load the platform plugin")).window_system()
    with pytest.raises(Permanent, match="does not start"):
        Parts(("/does/not/exist",)).window_system()


def test_a_picture_format_that_is_not_there(monkeypatch):
    Image.init()
    monkeypatch.delitem(Image.SAVE, "WEBP")
    with pytest.raises(Permanent, match="WEBP"):
        Parts(()).pictures()


def test_no_keyring_at_all(monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.services.self_test_parts.backends", list)
    with pytest.raises(Permanent, match="keyring"):
        Parts(()).keyring()


def test_nobody_to_trust(monkeypatch, tmp_path):
    (tmp_path / "none.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "gone"))
    with pytest.raises(Permanent, match="certificates"):
        Parts(()).certificates()
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert Parts(()).certificates()


def test_a_video_that_nothing_decodes():
    with pytest.raises(Permanent, match="no poster"):
        Parts(child("no decoder")).videos()
