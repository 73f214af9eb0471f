"""The address of a database in the parts that a person types."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

USUAL_PORT: Final = "3306"
_USUAL_SCHEME: Final = "mysql"


@dataclass(frozen=True, slots=True)
class Address:
    """``scheme`` and ``options`` are kept as they were written."""

    host: str = ""
    port: str = USUAL_PORT
    database: str = ""
    account: str = ""
    scheme: str = _USUAL_SCHEME
    options: str = ""

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Take ``mysql://account@host:3306/database?…`` apart; a password in it is left out."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return cls()
        return cls(
            parts.hostname or "",
            str(port or USUAL_PORT),
            unquote(parts.path.lstrip("/")),
            unquote(parts.username or ""),
            parts.scheme or _USUAL_SCHEME,
            parts.query,
        )

    @property
    def url(self) -> str:
        """Put together again, everything quoted that has to be."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        account = f"{quote(self.account, safe='')}@" if self.account else ""
        options = f"?{self.options}" if self.options else ""
        path = quote(self.database, safe="")
        return f"{self.scheme}://{account}{host}:{self.port}/{path}{options}"
