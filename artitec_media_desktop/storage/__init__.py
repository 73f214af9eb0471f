"""Where objects lie: one protocol, one file or package a backend."""

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
    "usage",
]
