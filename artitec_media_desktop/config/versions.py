"""Which versions of what the program runs with: for reports and the doctor."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from .. import __version__
from .program import is_packaged

#: Distributions whose versions matter when something goes wrong.
_PACKAGES: Final = (
    "PySide6-Essentials",
    "pillow",
    "numpy",
    "ImageHash",
    "SQLAlchemy",
    "alembic",
    "PyMySQL",
    "boto3",
    "keyring",
    "bcrypt",
)


def versions() -> dict[str, str]:
    """Names and versions, the program's own first; none where a package is not installed."""
    found = {
        "Artitec Media": __version__,
        "Installed as": "package" if is_packaged() else "Python package",
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found
