"""How this program was installed, and how it starts itself for a helper mode."""

import sys
from collections.abc import Sequence


def is_packaged() -> bool:
    """Whether this is an installer's program, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def program() -> Sequence[str]:
    """The command of our own executable."""
    return (sys.executable,) if is_packaged() else (sys.executable, "-m", "artitec_media_desktop")
