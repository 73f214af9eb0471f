"""The first bytes that a MySQL or MariaDB server says, to tell what is wrong before signing in.

Source: "Protocol::HandshakeV10" and "Protocol::SSLRequest" of MySQL's internals manual.
"""

import socket
import ssl
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from ..domain.errors import MediaError, Permanent, Transient
from .mysql import Tls, address, place

_PORT: Final = 3306
_ERROR: Final = 0xFF
_TLS: Final = 0x0800  # CLIENT_SSL
_PROTOCOL_41: Final = 0x0200
_SECURE: Final = 0x8000
_LARGEST: Final = 1 << 24
_UTF8MB4: Final = 45


@dataclass(frozen=True, slots=True)
class Greeting:
    """A server that answers: its version, and whether it can encrypt."""

    version: str
    offers_tls: bool


class Line:
    """A connection on which nobody signs in; for looking only. ``seconds`` bound each wait."""

    def __init__(self, url: str, tls: Tls | None, seconds: float) -> None:
        """Raises Permanent ``bad_database_url``."""
        where, asked = address(url)
        #: As sentences name the database.
        self.name = place(where)
        #: Empty where the server is reached by a socket file of this machine.
        self.host = where.host or ""
        self.port = where.port or _PORT
        self.tls = tls or asked
        self._seconds = seconds
        self._socket = socket.socket()

    def open(self) -> Greeting:
        """Connect and wait for the greeting. Raises Transient and Permanent."""
        at = f"{self.host}:{self.port}"
        self.close()
        try:
            self._socket = socket.create_connection((self.host, self.port), self._seconds)
        except TimeoutError:
            raise _silent(at, self._seconds) from None
        except ConnectionRefusedError:
            raise Transient(
                "database_gone", f"No database answers at {at}. Check the port; is it running?"
            ) from None
        except OSError as error:
            raise Transient("database_gone", f"{at} can't be reached ({error.strerror}).") from None
        self._socket.settimeout(self._seconds)
        try:
            return _greeting(self._read(), at)
        except TimeoutError:
            raise _silent(at, self._seconds) from None
        except (OSError, ValueError, IndexError, struct.error):
            raise _other(at) from None

    def encrypt(self) -> str:
        """Begin TLS as the profile asks for it, else unchecked; returns its version.

        Raises Permanent ``database_tls``, ``bad_ca``, Transient ``database_gone``.
        """
        context = (self.tls or Tls(verify=False)).context()
        flags = _TLS | _PROTOCOL_41 | _SECURE
        body = struct.pack("<IIB23x", flags, _LARGEST, _UTF8MB4)
        try:
            self._socket.sendall(struct.pack("<I", len(body) | 1 << 24) + body)
            wrapped = context.wrap_socket(self._socket, server_hostname=self.host)
        except ssl.SSLCertVerificationError as error:
            raise _untrusted(self.name, error) from None
        except TimeoutError:
            raise _silent(self.name, self._seconds) from None
        except OSError:
            raise Permanent(
                "database_tls",
                f"No encrypted connection to the database {self.name} could be made. Check its "
                "TLS settings.",
            ) from None
        self._socket = wrapped
        return wrapped.version() or "TLS"

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._socket.close()

    def _read(self) -> bytes:
        """One packet."""
        header = self._exactly(4)
        return self._exactly(int.from_bytes(header[:3], "little"))

    def _exactly(self, count: int) -> bytes:
        found = b""
        while len(found) < min(count, 1024):
            more = self._socket.recv(min(count, 1024) - len(found))
            if not more:
                raise ValueError("the server hung up")
            found += more
        return found


def _greeting(packet: bytes, at: str) -> Greeting:
    if packet[0] == _ERROR:
        number = struct.unpack("<H", packet[1:3])[0]
        if number in (1129, 1130):
            raise Permanent(
                "database_host_refused",
                f"The database at {at} takes no connections from this machine. Its administrator "
                "has to allow it.",
            )
        raise Transient("database_gone", f"The database at {at} refuses (error {number}).")
    if packet[0] != 10:
        raise ValueError("another protocol")
    version, rest = packet[1:].split(b"\0", 1)
    # Thread, eight bytes of salt, a filler; then the lower half of the capabilities.
    capabilities = struct.unpack("<H", rest[13:15])[0]
    text = version.decode("ascii", "replace").removeprefix("5.5.5-")
    return Greeting(text, bool(capabilities & _TLS))


def _silent(at: str, seconds: float) -> MediaError:
    return Transient(
        "database_gone",
        f"{at} did not answer within {seconds:.0f} seconds: it is busy, shut off by a firewall, "
        "or no MySQL or MariaDB server. Check the host and the port.",
    )


def _other(at: str) -> MediaError:
    return Permanent(
        "not_a_database",
        f"What answers at {at} is no MySQL or MariaDB server. Check the host and the port.",
    )


def _untrusted(name: str, error: ssl.SSLCertVerificationError) -> MediaError:
    return Permanent(
        "database_tls",
        f"The certificate of the database {name} is not trusted ({error.verify_message}). "
        "Name the CA it comes from, or have it renewed.",
    )
