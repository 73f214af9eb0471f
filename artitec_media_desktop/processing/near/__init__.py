"""Which of very many 64-bit hashes lie within a few bits of each other: all pairs, none missed.

``near_pairs`` is what to call; ``search`` is for who wants blocks of pairs while they are found.
NumPy is loaded with this package, so it is imported when first needed.
"""

from .distinct import Distinct
from .pairs import Pairs, near_pairs
from .search import search

__all__ = ["Distinct", "Pairs", "near_pairs", "search"]
