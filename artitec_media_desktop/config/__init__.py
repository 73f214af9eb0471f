"""The home folder, settings and the log."""
