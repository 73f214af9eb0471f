"""The steps of the way to a profile's database."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final

from ..config.secrets import Secrets
from ..database import readiness
from ..database.engine import Database
from ..database.greeting import Greeting, Line
from ..domain.errors import MediaError, Permanent, Transient
from ..domain.profiles import Profile
from .connecting import database_of, tls_of

#: For each answer; a server that hangs is not waited for longer.
_SECONDS: Final = 8.0
#: Faults that concern the one database, with the sign-in itself done.
_OF_DATABASE: Final = frozenset({"database_unknown"})


class DatabaseTry:
    """Each step goes a little further than the one before."""

    independent: frozenset[str] = frozenset()

    def __init__(self, profile: Profile, secrets: Secrets) -> None:
        self._profile = profile
        self._secrets = secrets
        self._leave = ExitStack()
        self._line: Line
        self._greeting: Greeting
        self._database: Database
        self._unknown: MediaError | None = None

    @property
    def steps(self) -> Sequence[tuple[str, str, Callable[[], str | None]]]:
        """See ConnectionTest."""
        return (
            ("name", "Name of the database's server", self._name),
            ("port", "Database's port", self._port),
            ("tls", "Encryption", self._tls),
            ("sign-in", "Sign-in to the database", self._sign_in),
            ("database", "Database", self._named),
            ("tables", "Tables", self._tables),
        )

    def close(self) -> None:
        """Hang up."""
        self._leave.close()

    def _name(self) -> str:
        self._profile.check()
        self._line = Line(self._profile.database_url, tls_of(self._profile), _SECONDS)
        self._leave.callback(self._line.close)
        if not self._line.host:
            return "On this machine."
        return f"{self._line.host} is {addresses(self._line.host, _SECONDS)}."

    def _port(self) -> str:
        if not self._line.host:
            return "By a socket file."
        self._greeting = self._line.open()
        return f"{self._greeting.version} answers at port {self._line.port}."

    def _tls(self) -> str | None:
        if not self._line.host:
            return None
        if not self._greeting.offers_tls:
            if self._line.tls is not None:
                raise Permanent(
                    "database_tls",
                    f"The server of {self._line.name} can't encrypt. Have TLS turned on there.",
                )
            return "Not encrypted: the server can't. Have TLS turned on there."
        version = self._line.encrypt()
        self._line.close()
        if self._line.tls is not None and self._line.tls.verify:
            return f"Encrypted ({version}); the certificate and its name are right."
        return f"Encrypted ({version}); whose certificate it is was not checked."

    def _sign_in(self) -> str:
        self._database = database_of(self._profile, self._secrets, _SECONDS)
        self._leave.callback(self._database.close)
        try:
            with self._database.read():
                pass
        except MediaError as error:
            if error.code not in _OF_DATABASE:
                raise
            self._unknown = error
        return "The server takes the account and its password."

    def _named(self) -> str:
        if self._unknown is not None:
            raise self._unknown
        return f"{self._database.name} is there."

    def _tables(self) -> str:
        readiness.check_platform(self._database)
        state = readiness.state(self._database)
        if state is readiness.State.OLDER:
            raise Permanent(
                "database_not_ready",
                "The tables can only be looked at so far. An administrator of the database has to "
                "run “artitec-media migrate” once.",
            )
        if state is readiness.State.NEWER:
            raise Permanent(
                "database_not_ready",
                "A newer version of this application has changed the tables. Install the newest "
                "version.",
            )
        return "The tables are ready."


def addresses(host: str, seconds: float) -> str:
    """What a name stands for. Raises Transient ``unknown_host``."""
    answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            answers.put(", ".join(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError):
            answers.put(None)

    # A name server that does not answer may be waited for much longer, and can't be stopped.
    threading.Thread(target=ask, name="name", daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        found = None
    if not found:
        raise Transient(
            "unknown_host",
            f"{host} can't be found. Check how it is written, and the network or VPN.",
        )
    return found
