"""Where objects lie: one protocol, one file or package a backend."""

from pathlib import Path

from .base import ObjectInfo, ObjectStore, Payload, Readable, Usage, usage
from .cache import DiskCache
from .local import LocalStore
from .s3 import S3Settings, S3Store

__all__ = [
    "DiskCache",
    "LocalStore",
    "ObjectInfo",
    "ObjectStore",
    "Payload",
    "Readable",
    "S3Settings",
    "S3Store",
    "Usage",
    "open_store",
    "usage",
]


def open_store(place: Path | S3Settings) -> ObjectStore:
    """The store at a place: a folder or a bucket. Nothing is opened or created yet."""
    return LocalStore(place) if isinstance(place, Path) else S3Store(place)
