"""A search as chips and text, with completion and a menu of all fields; for any page."""

from .completion import Completion, Places
from .filter_menu import FilterMenu
from .term_field import TermField

__all__ = ["Completion", "FilterMenu", "Places", "TermField"]
