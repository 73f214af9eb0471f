"""One media as large as the window, over whatever page it was opened from."""

from .viewer import Viewer

__all__ = ["Viewer"]
