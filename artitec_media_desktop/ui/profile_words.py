"""What profiles and their secrets are called in the window."""

from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from ..domain.media import StorageType
from ..domain.profiles import ENVIRONMENT, Profile, Secret


def tr(text: str) -> str:
    """Translate a text about profiles."""
    return QCoreApplication.translate("Profiles", text)


def title(profile: Profile) -> str:
    """The name of a library as a person knows it."""
    if profile.is_embedded:
        return tr("On this computer")
    return tr("From the environment") if profile.name == ENVIRONMENT else profile.name


def whereabouts(profile: Profile) -> str:
    """``artitec on 127.0.0.1 · bucket media``: which database, which storage."""
    if profile.is_embedded:
        return tr("For one person, with its files in one's own folder")
    storage = tr("folder {name}").format(name=profile.folder)
    if profile.storage is StorageType.S3:
        storage = tr("bucket {name}").format(name=profile.bucket)
    parts = urlsplit(profile.database_url)
    database = tr("{database} on {server}").format(
        database=parts.path.strip("/"), server=parts.hostname or ""
    )
    return f"{database} · {storage}"


def secret_title(secret: Secret) -> str:
    """``Database password``."""
    return {
        Secret.DATABASE_PASSWORD: tr("Database password"),
        Secret.ACCESS_KEY: tr("Access key"),
        Secret.SECRET_KEY: tr("Secret key"),
    }[secret]
