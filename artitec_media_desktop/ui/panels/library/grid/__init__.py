"""The thumbnails of a query, as many as there are."""

from .model import GridModel, State
from .view import GridView

__all__ = ["GridModel", "GridView", "State"]
