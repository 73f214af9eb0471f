"""Where objects lie: one protocol, one file a backend."""

from .base import ObjectInfo, ObjectStore, Payload
from .local import LocalStore

__all__ = ["LocalStore", "ObjectInfo", "ObjectStore", "Payload"]
