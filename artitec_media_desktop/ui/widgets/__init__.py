"""Small parts that several pages use."""

from .banner import Banner
from .buttons import Chip, button, icon_button, menu
from .check_box import CheckBox
from .choices import Choice, Segments
from .column_head import ColumnHead, Head
from .empty_state import EmptyState
from .flow import Flow
from .focus_ring import FocusRing
from .form import FormRow, Message
from .key_hint import KeyHint
from .labels import ElidedLabel, label, line
from .password_field import PasswordField
from .progress_strip import ProgressStrip
from .search_field import SearchField
from .sharpness import Sharpness
from .shortcuts import has_keyboard, key_of
from .toasts import Toasts
from .track_bar import TrackBar, draw_track

__all__ = [
    "Banner",
    "CheckBox",
    "Chip",
    "Choice",
    "ColumnHead",
    "ElidedLabel",
    "EmptyState",
    "Flow",
    "FocusRing",
    "FormRow",
    "Head",
    "KeyHint",
    "Message",
    "PasswordField",
    "ProgressStrip",
    "SearchField",
    "Segments",
    "Sharpness",
    "Toasts",
    "TrackBar",
    "button",
    "draw_track",
    "has_keyboard",
    "icon_button",
    "key_of",
    "label",
    "line",
    "menu",
]
