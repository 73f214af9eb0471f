"""Secrets: in the keyring, else in memory, and nowhere else."""

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from artitec_media_desktop.config.secrets import Secrets


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory that can be locked."""

    priority = 1

    def __init__(self):
        self.kept = {}
        self.locked = False

    def _open(self):
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")

    def get_password(self, service, username):
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service, username):
        self._open()
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("none")
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch):
    made = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


def test_the_keyring_keeps_it_for_the_next_session(ring):
    assert Secrets().put("team", "access key", "k") is True
    assert Secrets().get("team", "access key") == "k"
    assert Secrets().get("other", "access key") is None
    Secrets().remove("team", "access key")
    Secrets().remove("team", "access key")
    assert ring.kept == {}


def test_what_is_for_this_session_is_not_kept(ring):
    secrets = Secrets()
    assert secrets.put("team", "access key", "k", keep=False) is False
    assert secrets.get("team", "access key") == "k"
    assert ring.kept == {}


def test_what_is_kept_outweighs_nothing_older_of_the_session(ring):
    secrets = Secrets()
    secrets.put("team", "access key", "old", keep=False)
    secrets.put("team", "access key", "new")
    assert secrets.get("team", "access key") == "new"


def test_a_locked_keyring_is_as_none(ring):
    ring.locked = True
    secrets = Secrets()
    assert secrets.get("team", "access key") is None
    assert secrets.put("team", "access key", "k") is False
    assert secrets.get("team", "access key") == "k"
    secrets.remove("team", "access key")
    assert secrets.get("team", "access key") is None


class Plain(Ring):
    """As keyrings.alt has them."""


Plain.__module__ = "keyrings.alt.file"


class Chain(Ring):
    backends = ()


@pytest.mark.parametrize("kind", ["none", "plain", "chain of plain"])
def test_no_file_in_plain_text_is_ever_a_keyring(monkeypatch, kind):
    made = {"none": keyring.backends.fail.Keyring(), "plain": Plain(), "chain of plain": Chain()}
    made["chain of plain"].backends = [Plain()]
    monkeypatch.setattr(keyring, "get_keyring", lambda: made[kind])
    secrets = Secrets()
    assert secrets.is_lasting is False
    assert secrets.put("team", "access key", "k") is False
    assert secrets.get("team", "access key") == "k"
    assert Secrets().get("team", "access key") is None


def test_a_keyring_that_cannot_even_be_looked_for(monkeypatch):
    def broken():
        raise OSError("no bus")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert Secrets().is_lasting is False


def test_it_does_not_show_what_it_holds(ring, caplog):
    ring.locked = True
    secrets = Secrets()
    secrets.put("team", "access key", "hunter2")
    assert "hunter2" not in repr(secrets) + caplog.text
