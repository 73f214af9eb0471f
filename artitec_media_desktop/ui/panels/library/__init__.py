"""The library page: places on the left, what lies in one of them on the right."""

from .panel import LibraryPanel

__all__ = ["LibraryPanel"]
