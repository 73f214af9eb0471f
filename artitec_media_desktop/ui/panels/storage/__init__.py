"""The storage page: what the library uses, and what of it can be freed."""

from .panel import StoragePanel

__all__ = ["StoragePanel"]
