"""Visual review: who decides what, on record, by the shared database alone."""

from .service import ModerationService

__all__ = ["ModerationService"]
