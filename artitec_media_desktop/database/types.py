"""Column types that read every shape met in real deployments and write one."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)

#: MySQL's TEXT ends at 64 KB, of which a row of ``media`` may have more.
LongText = Text().with_variant(Text(2**32 - 1), "mysql")


@dataclass(frozen=True, slots=True)
class Unread:
    """What is read instead of what a column holds."""

    instead: Any


class Word(TypeDecorator[E]):
    """An ENUM column read in either case; what is unknown or NULL is read as the default.

    Where it ``tells``, what is unknown is read as ``Unread``.
    """

    impl = String(20)
    cache_ok = True

    def __init__(self, kind: type[E], default: E, tells: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.default = default
        self.tells = tells

    def telling(self) -> "Word[E]":
        """The same that tells."""
        return Word(self.kind, self.default, True)

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Write the canonical spelling, or the one that ``shape`` found."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Read any case."""
        for each in self.kind:
            if isinstance(value, str) and each.value.lower() == value.lower():
                return each
        return Unread(self.default) if self.tells and value is not None else self.default


class LenientJson(TypeDecorator[Any]):
    """JSON kept as text (LONGTEXT on MariaDB); what can't be parsed is read as None.

    Where it ``tells``, that is read as ``Unread``.
    """

    impl = LongText
    cache_ok = True

    def __init__(self, tells: bool = False) -> None:
        super().__init__()
        self.tells = tells

    def telling(self) -> "LenientJson":
        """The same that tells."""
        return LenientJson(True)

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Write compact JSON with its letters as they are, so that text search finds them."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Read text, or what the driver has parsed already."""
        if not isinstance(value, (str, bytes)):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return Unread(None) if self.tells and value.strip() else None


class Utc(TypeDecorator[datetime]):
    """Kept as naive UTC, as the platform does; aware in the application."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write naive UTC; whole seconds on a server, which might round them up otherwise."""
        if value is None:
            return None
        naive = value.astimezone(UTC).replace(tzinfo=None)
        return naive if dialect.name == "sqlite" else naive.replace(microsecond=0)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """As the dialect does; what a file holds instead of a date is None."""
        read = super().result_processor(dialect, coltype)

        def lenient(value: Any) -> datetime | None:
            try:
                return read(value) if read else value
            except (ValueError, TypeError):
                return None

        return lenient

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as aware UTC; a date like 0000-00-00, which the driver gives as text, is None."""
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None
