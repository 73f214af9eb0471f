"""Builds the objects that live long; the only place that does."""
