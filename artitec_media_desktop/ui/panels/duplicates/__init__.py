"""The duplicates page: groups of copies, which one stays, and what moves to it."""

from .panel import DuplicatesPanel

__all__ = ["DuplicatesPanel"]
