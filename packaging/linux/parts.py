"""What both kinds of package for Linux are made of."""

import shutil
from pathlib import Path
from typing import Final

#: The system's own: drivers of the screen, fonts, and what these are loaded with.
DEPENDS: Final = (
    "libstdc++6",
    "libgl1",
    "libegl1",
    "libglib2.0-0t64 | libglib2.0-0",
    "libfontconfig1",
    "libdbus-1-3",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libgssapi-krb5-2",
    "libpulse0",
    "fonts-dejavu-core | fonts-noto-core",
)


def put_share(root: Path, share: Path, version: str, date: str) -> None:
    """Fill a ``share`` folder with the desktop's entry, icons and AppStream data."""
    linux, icons = root / "packaging" / "linux", root / "build" / "icons"
    _copy(linux / "artitec-media.desktop", share / "applications" / "artitec-media.desktop")
    text = (linux / "artitec-media.metainfo.xml").read_text(encoding="utf-8")
    metainfo = share / "metainfo" / "artitec-media.metainfo.xml"
    metainfo.parent.mkdir(parents=True)
    metainfo.write_text(
        text.replace("@VERSION@", version).replace("@DATE@", date), encoding="utf-8"
    )
    themed = share / "icons" / "hicolor"
    for each in icons.glob("artitec-media-*.png"):
        size = int(each.stem.rpartition("-")[2])
        if size <= 512:
            _copy(each, themed / f"{size}x{size}" / "apps" / "artitec-media.png")
    _copy(icons / "artitec-media.svg", themed / "scalable" / "apps" / "artitec-media.svg")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
