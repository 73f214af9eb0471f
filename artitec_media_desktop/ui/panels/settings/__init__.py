"""The settings: how it looks, how it uploads, which libraries there are."""

from .panel import SettingsPanel

__all__ = ["SettingsPanel"]
