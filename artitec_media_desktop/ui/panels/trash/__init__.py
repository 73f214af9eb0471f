"""The trash page: what was deleted, how long it is kept, putting it back."""

from .panel import TrashPanel

__all__ = ["TrashPanel"]
