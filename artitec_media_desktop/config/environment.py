"""The platform's variables, out of the environment or an ``.env`` file, as a profile.

Source: the platform's contract, "Environment variables".
"""

import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from ..domain.errors import Permanent
from ..domain.media import StorageType
from ..domain.profiles import Profile, Secret

DATABASE_URL: Final = "DATABASE_URL"
# Up to the last “@”, so that no part of a password that should have been written as %40 is left.
_ADDRESS: Final = re.compile(r"([\w+.-]+://[^:/@]*)(?::(.*))?(@[^@]*)", re.DOTALL)
_IN_OPTIONS: Final = re.compile(r"(?i)(?<=[?&])passw(?:or)?d=[^&]*&?")
#: Where the database's password comes from, if not out of DATABASE_URL.
DATABASE_PASSWORD: Final = "ARTITEC_MEDIA_DATABASE_PASSWORD"  # noqa: S105  # its name
_FALSE: Final = frozenset({"0", "false", "no", "off"})
_LARGEST: Final = 100_000


def profile_of(values: Mapping[str, str], name: str) -> tuple[Profile, dict[Secret, str]]:
    """The profile that variables describe, and the secrets among them.

    An address without a password means an account of the database that has none. Raises
    Permanent ``bad_profile`` or ``bad_database_url``, never with a value in the sentence.
    """
    given = {key: value.strip() for key, value in values.items() if value and value.strip()}
    url, password = without_password(given.get(DATABASE_URL, ""))
    kind = given.get("STORAGE_TYPE", "s3" if given.get("S3_BUCKET_NAME") else "local").lower()
    if kind not in ("s3", "minio", "local"):
        raise Permanent("bad_profile", "STORAGE_TYPE is neither “local” nor “s3”.")
    profile = Profile(
        name,
        url,
        storage=StorageType.LOCAL if kind == "local" else StorageType.S3,
        folder=given.get("UPLOAD_DIR", ""),
        base_url=given.get("BASE_URL", ""),
        endpoint=given.get("S3_ENDPOINT_URL", ""),
        bucket=given.get("S3_BUCKET_NAME", ""),
        region=given.get("AWS_REGION", "us-east-1"),
        secure=given.get("S3_SECURE", "true").lower() not in _FALSE,
        public_url=given.get("S3_PUBLIC_BASE_URL", ""),
        cdn_url=given.get("CDN_URL", ""),
    )
    secrets = {
        Secret.DATABASE_PASSWORD: password or given.get(DATABASE_PASSWORD, ""),
        Secret.ACCESS_KEY: given.get("AWS_ACCESS_KEY_ID"),
        Secret.SECRET_KEY: given.get("AWS_SECRET_ACCESS_KEY"),
    }
    wanted = profile.secrets
    return profile, {
        key: value for key, value in secrets.items() if key in wanted and value is not None
    }


def without_password(url: str) -> tuple[str, str]:
    """Divide ``mysql://account:password@host/database``; the password comes back decoded.

    Raises Permanent ``bad_database_url`` where it can't be told what in it is the password.
    """
    url = _IN_OPTIONS.sub("", url)
    parts = _ADDRESS.fullmatch(url)
    if parts is None:
        if "@" in url:
            raise Permanent(
                "bad_database_url",
                "DATABASE_URL can't be read. It looks like mysql://account:password@host:3306/"
                "database; other characters in the password are written as %40 and the like.",
            )
        return url, ""
    before, password, after = parts.groups()
    return before + after, unquote(password or "")


def read_env(text: str) -> dict[str, str]:
    """The variables of an ``.env`` file's text. Raises Permanent ``bad_env``."""
    from dotenv import dotenv_values

    # Without looking into this process's own variables: the file alone says what it means.
    found = dotenv_values(stream=StringIO(text.lstrip("\ufeff")), interpolate=False)
    values = {key: value for key, value in found.items() if value is not None}
    if DATABASE_URL not in values:
        raise Permanent(
            "bad_env",
            "There is no DATABASE_URL in it. Choose the .env file of the platform's server.",
        )
    return values


def read_env_file(path: Path) -> dict[str, str]:
    """The variables of an ``.env`` file. Raises Permanent ``bad_env``."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Permanent("bad_env", f"{path} is too large to be an .env file.")
        return read_env(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise Permanent("bad_env", f"{path} can't be read ({reason}).") from error
