"""Builds the objects that live long; the only place that does."""

from .app import App

__all__ = ["App"]
