"""What all moderators share: rules and reasons."""

from .dialog import PolicyDialog

__all__ = ["PolicyDialog"]
