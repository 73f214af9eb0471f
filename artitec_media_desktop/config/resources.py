"""Files that come with the program: beside the package when installed, else in the source tree."""

from pathlib import Path


def resource(name: str) -> Path:
    """The file or folder of that name, as ``samples``. It need not exist."""
    package = Path(__file__).parents[1]
    source = package.parent
    for folder in (package, source / "resources", source / "packaging"):
        if (folder / name).exists():
            return folder / name
    return package / name
