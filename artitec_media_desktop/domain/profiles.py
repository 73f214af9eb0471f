"""Profiles: which library the application works on, and what it takes to reach it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .errors import Permanent
from .media import StorageType

#: The library in the home folder; always there, never changed.
EMBEDDED: Final = "embedded"
#: The platform that the environment's variables name; there while DATABASE_URL is set.
ENVIRONMENT: Final = "environment"

# A name is part of a path and of an entry in the keyring.
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9_-])?")
# In front of the host: ``account:password@``. A file of profiles holds no secret.
_WITH_PASSWORD: Final = re.compile(r"(?is)://[^@]*:.*@|[?&]passw(or)?d=")
_WITH_ACCOUNT: Final = re.compile(r"://[^/]*@")
_RESERVED: Final = frozenset({EMBEDDED, ENVIRONMENT})


class Secret(StrEnum):
    """What is kept in the keyring only."""

    DATABASE_PASSWORD = "database password"  # noqa: S105  # what it is called, not what it is
    ACCESS_KEY = "access key"
    SECRET_KEY = "secret key"  # noqa: S105


class Encryption(StrEnum):
    """How a connection to the database is protected."""

    OFFERED = "offered"  #: encrypted where the server can, unchecked
    REQUIRED = "required"  #: encrypted or not at all, unchecked
    VERIFIED = "verified"  #: encrypted, with the server's certificate and name checked


@dataclass(frozen=True, slots=True)
class Profile:
    """A library; without a ``database_url`` the embedded one. No secret is in here.

    ``database_url`` has no password. With S3 storage ``endpoint`` to ``storage_ca`` count, else
    ``folder`` (shared, as the platform's UPLOAD_DIR) and ``base_url``. CA files are PEM.
    """

    name: str
    database_url: str = ""
    database_encryption: Encryption = Encryption.OFFERED
    database_ca: str = ""
    storage: StorageType = StorageType.LOCAL
    folder: str = ""
    base_url: str = ""
    endpoint: str = ""
    bucket: str = ""
    region: str = "us-east-1"
    secure: bool = True
    public_url: str = ""
    cdn_url: str = ""
    storage_ca: str = ""

    @property
    def is_embedded(self) -> bool:
        """Whether it is the library in the home folder."""
        return self.name == EMBEDDED

    @property
    def is_kept(self) -> bool:
        """Whether it lies in the file of profiles, where it can be changed and removed."""
        return self.name not in _RESERVED

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What has to be known besides."""
        if self.is_embedded:
            return ()
        keys = (Secret.ACCESS_KEY, Secret.SECRET_KEY) if self.storage is StorageType.S3 else ()
        return (Secret.DATABASE_PASSWORD, *keys)

    def check(self) -> None:
        """Raise Permanent where a part is missing or can't be one."""
        if not self.database_url:
            raise _incomplete(self.name, "the address of the database (DATABASE_URL)")
        if "://" not in self.database_url:
            raise Permanent(
                "bad_database_url",
                f"The address of the database of “{self.name}” can't be read. It looks like "
                "mysql://account@host:3306/database.",
            )
        addresses = (self.endpoint, self.public_url, self.cdn_url, self.base_url)
        if _WITH_PASSWORD.search(self.database_url) or any(map(_WITH_ACCOUNT.search, addresses)):
            raise Permanent(
                "bad_profile",
                f"An address of the profile “{self.name}” holds a password or key. Leave it out: "
                "it is asked for, and kept in the keyring.",
            )
        if self.storage is StorageType.S3 and not self.bucket:
            raise _incomplete(self.name, "the bucket's name (S3_BUCKET_NAME)")
        if self.storage is StorageType.LOCAL and not self.folder:
            raise _incomplete(self.name, "the shared folder (UPLOAD_DIR)")


def check_name(name: str) -> None:
    """Raise Permanent ``bad_profile`` unless a new profile may be called so."""
    if name.casefold() in _RESERVED:
        raise Permanent("bad_profile", f"“{name}” is the name of a library that is always there.")
    if not _NAME.fullmatch(name):
        raise Permanent(
            "bad_profile",
            f"“{name}” can't be the name of a profile: up to 40 letters, digits, spaces and "
            "“.”, “_”, “-”, beginning with a letter or digit.",
        )


def _incomplete(name: str, what: str) -> Permanent:
    return Permanent("bad_profile", f"The profile “{name}” lacks {what}.")
