"""From a profile and its secrets to a database and a store; nothing is opened yet."""

from pathlib import Path

from ..config.secrets import Secrets
from ..database.engine import Database, Tls
from ..domain.errors import Permanent
from ..domain.media import StorageType
from ..domain.profiles import Encryption, Profile, Secret
from ..storage import LocalStore, ObjectStore, S3Settings, S3Store


def database_of(profile: Profile, secrets: Secrets, answer_within: float = 30.0) -> Database:
    """The profile's database. Raises Permanent ``no_secret``, ``bad_database_url``, ``bad_ca``."""
    password = _secret(profile, secrets, Secret.DATABASE_PASSWORD)
    return Database.server(profile.database_url, tls_of(profile), answer_within, password)


def tls_of(profile: Profile) -> Tls | None:
    """The encryption that the profile insists on; None where what the server offers will do."""
    if profile.database_encryption is Encryption.OFFERED:
        return None
    ca = str(Path(profile.database_ca).expanduser()) if profile.database_ca else None
    return Tls(ca, profile.database_encryption is Encryption.VERIFIED)


def store_of(profile: Profile, secrets: Secrets) -> ObjectStore:
    """The profile's bucket or folder. Raises Permanent ``no_secret``."""
    if profile.storage is StorageType.LOCAL:
        return LocalStore(Path(profile.folder).expanduser(), profile.base_url)
    return S3Store(s3_settings(profile, secrets))


def s3_settings(profile: Profile, secrets: Secrets) -> S3Settings:
    """What it takes to reach the profile's bucket. Raises Permanent ``no_secret``."""
    return S3Settings(
        profile.bucket,
        _secret(profile, secrets, Secret.ACCESS_KEY),
        _secret(profile, secrets, Secret.SECRET_KEY),
        profile.endpoint,
        profile.region,
        profile.secure,
        profile.public_url,
        profile.cdn_url,
        Path(profile.storage_ca).expanduser() if profile.storage_ca else None,
    )


def missing(profile: Profile, secrets: Secrets) -> tuple[Secret, ...]:
    """The secrets that have to be asked for."""
    return tuple(each for each in profile.secrets if secrets.get(profile.name, each) is None)


def _secret(profile: Profile, secrets: Secrets, which: Secret) -> str:
    found = secrets.get(profile.name, which)
    if found is None:
        raise Permanent(
            "no_secret",
            f"The {which.value} of the profile “{profile.name}” is not known on this computer. "
            "Enter it again.",
        )
    return found
