"""Background work: the runner, its pools, the upload pump."""
