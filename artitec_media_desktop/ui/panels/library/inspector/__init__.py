"""The inspector of the library page."""

from .follow import Follow
from .inspector import Inspector

__all__ = ["Follow", "Inspector"]
