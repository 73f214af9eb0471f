"""The activity page: who did what, when and where, and taking it back."""

from .panel import ActivityPanel

__all__ = ["ActivityPanel"]
