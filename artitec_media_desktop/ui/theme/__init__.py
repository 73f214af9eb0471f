"""Colours, type, icons and the style sheet: everything that makes the window look as it does."""

from .fonts import font
from .icons import icon
from .theme import Mode, Theme, theme
from .tokens import Height, Icon, Radius, Space, Tokens, Width

__all__ = [
    "Height",
    "Icon",
    "Mode",
    "Radius",
    "Space",
    "Theme",
    "Tokens",
    "Width",
    "font",
    "icon",
    "theme",
]
