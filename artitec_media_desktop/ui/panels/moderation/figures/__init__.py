"""How much was decided, and how quickly."""

from .dialog import FiguresDialog

__all__ = ["FiguresDialog"]
