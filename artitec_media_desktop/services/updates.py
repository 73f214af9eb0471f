"""Whether there is a newer version: a small file that an organisation keeps, asked once a day.

It is JSON: ``{"version": "1.2", "url": "https://…", "notes": "What is new"}``. Nothing is
downloaded or installed, and nothing is told about this computer.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from typing import IO, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .. import __version__
from ..config.settings import UPDATE_FEED, Settings
from ..domain.errors import MediaError, Permanent, Transient
from ..domain.versions import is_newer

_LOG = logging.getLogger(__name__)
#: The setting with the time of the last look, in seconds since 1970.
LOOKED: Final = "updates/looked"
_DAY: Final = 24 * 60 * 60
_WAIT: Final = 10.0
_LONGEST: Final = 20.0
_LARGEST: Final = 64 * 1024
_PIECE: Final = 8 * 1024
_NOTES: Final = 300


@dataclass(frozen=True, slots=True)
class Update:
    """A version that is newer than this one; ``url`` tells about it, for a browser."""

    version: str
    url: str
    notes: str


class UpdateService:
    """Looks for a newer version; every method may wait for the network."""

    def __init__(
        self,
        settings: Settings,
        version: str = __version__,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._settings, self._version, self._now = settings, version, now

    def look_if_due(self) -> Update | None:
        """The newer version if there is one, at most once a day; faults are only in the log."""
        feed = str(self._settings.get(UPDATE_FEED, ""))
        now = int(self._now())
        if not feed or 0 <= now - self._settings.get(LOOKED, 0) < _DAY:
            return None
        self._settings.set(LOOKED, now)
        try:
            return self.look(feed)
        except MediaError as error:
            _LOG.warning("no news of newer versions: %s", error.message)
            return None

    def look(self, feed: str) -> Update | None:
        """Ask now. Raises Permanent ``bad_feed``, Transient ``feed_unreachable``."""
        check_feed(feed)
        update = _parse(_read(feed))
        return update if is_newer(update.version, self._version) else None


def check_feed(address: str) -> None:
    """Raise Permanent ``bad_feed`` unless it is an https address without a password in it."""
    if not _is_safe(address):
        raise Permanent(
            "bad_feed", "This is no address of a list of versions: it begins with https://."
        )


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    if not host or not plain or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_computer(host))


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _SafeRedirects(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        check_feed(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(feed: str) -> bytes:
    """What is there: no more than 64 KB, in no more than about 20 seconds."""
    end = time.monotonic() + _LONGEST
    request = Request(feed, headers={"Accept": "application/json", "User-Agent": "artitec-media"})  # noqa: S310  # looked at
    held = bytearray()
    try:
        with build_opener(_SafeRedirects).open(request, timeout=_WAIT) as answer:
            while piece := answer.read1(_PIECE):
                held += piece
                if len(held) > _LARGEST:
                    raise _bad("it is larger than 64 KB")
                if time.monotonic() > end:
                    raise Transient("feed_unreachable", "The list of versions takes too long.")
    except (URLError, HTTPException, OSError) as error:
        # Not the error's own text: it may hold the address, which may be a secret one.
        reason = getattr(error, "code", "") or type(getattr(error, "reason", error)).__name__
        raise Transient(
            "feed_unreachable", f"The list of versions can't be reached ({reason})."
        ) from None
    return bytes(held)


def _parse(text: bytes) -> Update:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad("it is no JSON") from None
    found = values if isinstance(values, dict) else {}
    version, url, notes = (found.get(each, "") for each in ("version", "url", "notes"))
    if not isinstance(version, str) or not isinstance(url, str) or not isinstance(notes, str):
        raise _bad("it does not name a version")
    try:
        is_newer(version, "0")
    except ValueError:
        raise _bad("it does not name a version") from None
    if not _is_safe(url):
        raise _bad("the address of the news does not begin with https://")
    words = " ".join(notes.split())
    return Update(version.strip(), url, words if len(words) <= _NOTES else f"{words[:_NOTES]}…")


def _bad(why: str) -> Permanent:
    return Permanent("bad_feed", f"The list of versions can't be read: {why}.")
