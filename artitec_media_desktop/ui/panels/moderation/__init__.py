"""Visual review: the queue, one picture at a time."""

from .panel import ModerationPanel

__all__ = ["ModerationPanel"]
