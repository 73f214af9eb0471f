"""The uploads page: every dropped file, what became of it and what to do about it."""

from .panel import UploadsPanel

__all__ = ["UploadsPanel"]
