"""Public ids and object keys. Source: the platform's contract, "Objects"."""

import re
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from .entities import ENTITY_FOLDERS, EntityType
from .limits import VARIANTS, Format
from .media import MediaType
from .slots import Slot

#: What lies below it is not open to anyone; the rest of the key is the public one.
PRIVATE_PREFIX: Final = "private/"
PUBLIC_ID: Final = re.compile(r"MED-[0-9]+-[A-Z0-9]{6}")
_ALPHABET: Final = string.ascii_uppercase + string.digits
_SEGMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def new_public_id(now: datetime) -> str:
    """``MED-{unix seconds}-{6 of A-Z0-9}``."""
    return f"MED-{int(now.timestamp())}-{''.join(secrets.choice(_ALPHABET) for _ in range(6))}"


def new_key(slot: Slot, public_id: str, fmt: Format, now: datetime) -> str:
    """The key of a new original on the entity ``public_id``; times are UTC.

    Raises ValueError when the public id could not be one segment of a key.
    """
    return key_in(slot, public_id, fmt.media_type, fmt.extension, now)


def key_in(slot: Slot, public_id: str, media_type: MediaType, extension: str, now: datetime) -> str:
    """As ``new_key``, for an original that keeps its extension (``.jpg``)."""
    if not _SEGMENT.fullmatch(public_id):
        raise ValueError(f"{public_id!r} can't be part of an object key")
    now = now.astimezone(UTC)
    return "/".join(
        (
            ENTITY_FOLDERS[EntityType(slot.entity_type)],
            slot.folder_for(media_type),
            public_id,
            f"{now:%Y-%m}",
            f"{slot.prefix}-{now:%Y%m%d%H%M%S}-{secrets.token_hex(3)}{extension}",
        )
    )


def is_private(key: str) -> bool:
    """Whether the key lies in the private area."""
    return key.startswith(PRIVATE_PREFIX)


def private_key(key: str) -> str:
    """The key's place in the private area: ``private/`` before the public one."""
    return key if is_private(key) else PRIVATE_PREFIX + key


def public_key(key: str) -> str:
    """The key's place outside of the private area; the inverse of ``private_key``."""
    return key.removeprefix(PRIVATE_PREFIX)


def variant_key(original: str, variant: str) -> str:
    """``a/b/photo-1.png`` → ``a/b/photo-1_thumb.jpg``."""
    path = PurePosixPath(original)
    return str(path.with_name(f"{path.stem}_{variant}.jpg"))


@dataclass(frozen=True, slots=True)
class ObjectKeys:
    """All keys one upload may write, fixed before the first byte leaves."""

    original: str
    variants: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, original: str, variants: Iterable[str] = (v.name for v in VARIANTS)
    ) -> "ObjectKeys":
        """The original's key and those of the named variants beside it."""
        return cls(original, tuple((name, variant_key(original, name)) for name in variants))

    @property
    def all(self) -> tuple[str, ...]:
        """The original first."""
        return (self.original, *(key for _, key in self.variants))

    def variant(self, name: str) -> str | None:
        """The key of that variant; None where it is not made."""
        return dict(self.variants).get(name)
