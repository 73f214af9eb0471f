"""Small parts that several pages use."""

from .buttons import Chip, button, icon_button, menu
from .check_box import CheckBox
from .empty_state import EmptyState
from .focus_ring import FocusRing
from .key_hint import KeyHint
from .labels import ElidedLabel, label, line
from .search_field import SearchField
from .toasts import Toasts
from .track_bar import TrackBar, draw_track

__all__ = [
    "CheckBox",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "FocusRing",
    "KeyHint",
    "SearchField",
    "Toasts",
    "TrackBar",
    "button",
    "draw_track",
    "icon_button",
    "label",
    "line",
    "menu",
]
