"""Which of many media look alike, by their stored signatures; no picture is read.

Candidates come from an index of hashes (``candidates``): near in at least one hash of one pair of
windows, in any orientation. Each is then checked by the stored small pictures (``correlation``),
laid upon each other as the candidate says. NumPy is loaded with this package, so it is imported
when first needed.
"""

from .blank import is_blank
from .pairs import AlikePairs, find_alike
from .signatures import Signatures

__all__ = ["AlikePairs", "Signatures", "find_alike", "is_blank"]
