"""Bytes or a path in; values and bytes out. No Qt, no database."""
