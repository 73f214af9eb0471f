"""Whether a media can be known by its look at all."""

import numpy as np

from ..signature import Signature
from .correlation import have_detail


def is_blank(signature: bytes | None) -> bool:
    """Tell whether one of its frames has no detail, or there is none to look at.

    The hashes of blank pictures and smooth gradients are those of many others.
    """
    read = None if signature is None else Signature.from_bytes(signature)
    if read is None or not read.frames:
        return True
    return not have_detail(np.stack([each.grey for each in read.frames])).all()
