"""Files that come with the program: beside the package when installed, else in the source tree."""

from pathlib import Path


def resource(name: str) -> Path:
    """The file or folder of that name, as ``samples``. It need not exist."""
    package = Path(__file__).parents[1]
    installed = package / name
    return installed if installed.exists() else package.parent / "resources" / name
