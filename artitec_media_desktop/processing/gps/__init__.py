"""Takes all location out of pictures and videos, originals included, without re-encoding.

Everything is cleaned in place and keeps its length, so that no offset in any format has to move;
only PNG, which has no offsets, may get shorter. "Location" is coordinates and what goes with them
(the whole GPS directory of EXIF), names of places (IPTC, XMP), tracks of positions in videos, and
coordinates spelled out in comments and captions. Pixels and all other metadata stay.

Every function works on hostile bytes: work and nesting are bounded, and the one error is
:class:`~artitec_media_desktop.domain.errors.Permanent` with the code ``unreadable_metadata``.
"""

from .images import Stripped, find_image, strip_image
from .patches import Patch, PatchedReader
from .videos import find_video, video_patches

__all__ = [
    "Patch",
    "PatchedReader",
    "Stripped",
    "find_image",
    "find_video",
    "strip_image",
    "video_patches",
]
