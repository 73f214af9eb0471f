"""The places: a tree of all entities, searches, and what was open lately."""

from .browser import Browser

__all__ = ["Browser"]
