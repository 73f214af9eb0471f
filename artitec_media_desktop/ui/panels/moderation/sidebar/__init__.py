"""What is known of the item on the stage, and the reasons."""

from .sidebar import Sidebar

__all__ = ["Sidebar"]
