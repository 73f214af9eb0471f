"""The .deb: everything below /opt/artitec-media, a command, and what a desktop wants to know.

It has no scripts of its own: menus and icons are brought up to date by the system's triggers, and
removing it leaves nothing.
"""

import os
import shutil
import subprocess
from pathlib import Path

from linux.parts import DEPENDS, put_share

_CONTROL = """\
Package: artitec-media
Version: {version}
Section: graphics
Priority: optional
Architecture: {architecture}
Maintainer: Artitec <support@artitec.example>
Installed-Size: {size}
Depends: {depends}
Recommends: xdg-utils, gnome-keyring | kwalletmanager
Suggests: ffmpeg
Description: media manager for a property platform's staff
 Photos and videos of communities, homes, builders and posts: an upload queue
 that never loses a file, a grid for a million pictures, a duplicate finder and
 visual review, on the platform's shared library or one of your own.
"""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Artitec Media

Files: *
Copyright: Artitec
License: proprietary
 All rights reserved. The parts by others, among them Qt under the LGPL 3, are
 listed with their licences in /opt/artitec-media/_internal/artitec_media_desktop/LICENSES.md.
"""


def build(root: Path, app: Path, version: str, date: str) -> Path:
    """Write dist/artitec-media-VERSION-linux-ARCH.deb."""
    tree = root / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(app, tree / "opt" / "artitec-media", symlinks=True)
    put_share(root, tree / "usr" / "share", version, date)
    doc = tree / "usr" / "share" / "doc" / "artitec-media" / "copyright"
    doc.parent.mkdir(parents=True)
    doc.write_text(_COPYRIGHT, encoding="utf-8")
    command = tree / "usr" / "bin" / "artitec-media"
    command.parent.mkdir(parents=True)
    command.symlink_to("../../opt/artitec-media/artitec-media")
    files = [each for each in tree.rglob("*") if each.is_file() and not each.is_symlink()]
    architecture = _output("dpkg", "--print-architecture")
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        _CONTROL.format(
            version=version,
            architecture=architecture,
            size=sum(each.stat().st_size for each in files) // 1024,
            depends=", ".join(DEPENDS),
        ),
        encoding="utf-8",
    )
    for each in tree.rglob("*"):
        if not each.is_symlink():
            each.chmod(0o755 if each.is_dir() or os.access(each, os.X_OK) else 0o644)
    path = root / "dist" / f"artitec-media-{version}-linux-{architecture}.deb"
    _output("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(path))
    return path


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
