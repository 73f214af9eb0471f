"""Artitec Media Desktop: the photos and videos of a property platform, for its staff."""

__version__ = "0.1.0"
