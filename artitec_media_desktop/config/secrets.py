"""Passwords and keys: in the keyring of the operating system, else in memory for this session."""

import logging
import sys
import threading
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

_LOG = logging.getLogger(__name__)
_OF_SYSTEM: Final = {"darwin": "macOS", "win32": "Windows"}
_SERVICE: Final = "Artitec Media Desktop"


class Secrets:
    """By the name of a profile and what it is. Every call may wait for the keyring.

    Where there is no keyring, or it stays locked, what is put is known until the program ends; it
    is never written anywhere else.
    """

    def __init__(self) -> None:
        self._session: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def get(self, profile: str, what: str) -> str | None:
        """The secret; None where it has to be asked for."""
        with self._lock:
            known = self._session.get((profile, what))
        if known is not None:
            return known
        keyring = _keyring()
        if keyring is None:
            return None
        try:
            found = keyring.get_password(_SERVICE, f"{profile}/{what}")
        except Exception as error:  # backends raise what they like: D-Bus, COM, Keychain
            _LOG.info("the keyring could not be read: %s", type(error).__name__)
            return None
        return None if found is None else str(found)

    def put(self, profile: str, what: str, value: str, keep: bool = True) -> bool:
        """Remember it; returns whether it lasts beyond this session.

        With ``keep`` off it is for this session only.
        """
        if keep and (keyring := _keyring()) is not None:
            try:
                keyring.set_password(_SERVICE, f"{profile}/{what}", value)
            except Exception as error:
                _LOG.info("the keyring took nothing: %s", type(error).__name__)
            else:
                with self._lock:
                    self._session.pop((profile, what), None)
                return True
        with self._lock:
            self._session[(profile, what)] = value
        return False

    def remove(self, profile: str, what: str) -> None:
        """Forget it, in both places."""
        with self._lock:
            self._session.pop((profile, what), None)
        keyring = _keyring()
        if keyring is None:
            return
        try:
            keyring.delete_password(_SERVICE, f"{profile}/{what}")
        except Exception as error:  # most often: there was none
            _LOG.debug("the keyring removed nothing: %s", type(error).__name__)

    @property
    def is_lasting(self) -> bool:
        """Whether there is a keyring on this machine."""
        return _keyring() is not None


def backends() -> list[str]:
    """The keyrings that can be loaded on this system, whether one is open or not."""
    import keyring.backends
    from keyring.backend import get_all_keyring

    named = {type(each).__module__.rpartition(".")[2] for each in get_all_keyring()}
    known = {each.name for each in iter_modules(keyring.backends.__path__)}
    wanted = _OF_SYSTEM.get(sys.platform, "SecretService")
    # One that is not running is not among them, yet can be loaded.
    if wanted in known - named and _loads(f"keyring.backends.{wanted}"):
        named.add(wanted)
    return sorted(named - {"fail", "null", "chainer"})


def _loads(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True


def _keyring() -> Any:
    """The system's keyring; None where there is none, or only one that writes plain text."""
    import keyring
    from keyring.backends import fail, null

    try:
        backend = keyring.get_keyring()
    except Exception as error:
        _LOG.info("there is no keyring: %s", type(error).__name__)
        return None
    for each in getattr(backend, "backends", None) or [backend]:
        plain = type(each).__module__.startswith("keyrings.alt")
        if plain or isinstance(each, fail.Keyring | null.Keyring):
            return None
    return backend
