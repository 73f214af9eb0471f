"""The duplicate finder: compares, groups, says what a merge does, and does exactly that.

NumPy is loaded when something is compared.
"""

from typing import TYPE_CHECKING

from .service import DuplicateService

if TYPE_CHECKING:
    from .comparing import Comparison as Comparison
    from .grouping import Grouping as Grouping

__all__ = ["DuplicateService"]
