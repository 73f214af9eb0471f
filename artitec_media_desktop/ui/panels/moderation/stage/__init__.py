"""The picture or video that is judged."""

from .stage import Stage

__all__ = ["Stage"]
