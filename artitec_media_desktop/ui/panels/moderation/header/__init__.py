"""What is asked for, how much waits and how old it is."""

from .header import Header

__all__ = ["Header"]
