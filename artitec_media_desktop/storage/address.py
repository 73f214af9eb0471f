"""Which key an address names: the inverse of a store's ``public_url``."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from ..domain.errors import Permanent
from .base import check_key

_PORTS: Final = {"http": 80, "https": 443}


def is_address(url: str) -> bool:
    """Tell an address, with a host or a path from its root, from a key as it is."""
    return url.startswith("/") or "://" in url  # no key has either


def key_if_good(text: str) -> str | None:
    """The text, if it could be a key."""
    try:
        check_key(text)
    except Permanent:
        return None
    return text


def key_of_address(url: str, bases: Iterable[str], relative: Iterable[str] = ("",)) -> str | None:
    """The key that lies at ``url`` below the first of the bases which it is below; else None.

    ``relative`` are the paths that an address without a host may begin with. Whether http or
    https, its case in the host, a query and a fragment don't matter; percent signs are decoded.
    """
    parts = _split(url)
    if parts is None:
        return None
    try:
        path = unquote(parts.path, errors="strict")
    except UnicodeDecodeError:
        return None
    if not parts.netloc:
        return None if parts.scheme else _below(path, relative)
    if parts.scheme not in ("", "http", "https"):
        return None
    there = [each for each in map(_split, bases) if each and _host(each) == _host(parts)]
    return _below(path, (unquote(each.path) for each in there))


def _below(path: str, folders: Iterable[str]) -> str | None:
    for each in folders:
        folder = each.strip("/")
        if not folder:
            return key_if_good(path.lstrip("/"))
        if path.startswith(f"/{folder}/"):
            return key_if_good(path.removeprefix(f"/{folder}/").lstrip("/"))
    return None


def _split(url: str) -> SplitResult | None:
    if any(each < " " for each in url):  # urlsplit would take them out and go on
        return None
    try:
        parts = urlsplit(url)
        _host(parts)
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    """Host and port; that of the scheme counts as none."""
    usual = parts.port == _PORTS.get(parts.scheme or "https")
    return parts.hostname, None if usual else parts.port
