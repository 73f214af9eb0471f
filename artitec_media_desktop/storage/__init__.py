"""Where objects lie: one protocol, one file a backend."""

from .base import ObjectInfo, ObjectStore, Payload, Readable
from .local import LocalStore

__all__ = ["LocalStore", "ObjectInfo", "ObjectStore", "Payload", "Readable"]
