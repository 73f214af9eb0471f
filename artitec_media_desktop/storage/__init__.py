"""Where objects lie: one protocol, one file a backend."""
