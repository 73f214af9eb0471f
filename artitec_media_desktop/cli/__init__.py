"""The command line over the same services and pump."""
