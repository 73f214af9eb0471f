"""The page of a place: its head, its slots and the grid."""

from .page import MediaPage

__all__ = ["MediaPage"]
