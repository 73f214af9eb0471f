"""What stands in front of a library that is not open."""

from .gate import Gate

__all__ = ["Gate"]
