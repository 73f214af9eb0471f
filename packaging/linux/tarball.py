"""The .tar.gz for one's own home: the program, the desktop's parts, a script that installs."""

import platform
import shutil
import tarfile
from pathlib import Path

from linux.parts import DEPENDS, put_share


def build(root: Path, app: Path, version: str, date: str) -> Path:
    """Write dist/artitec-media-VERSION-linux-MACHINE.tar.gz."""
    name = f"artitec-media-{version}-linux-{platform.machine()}"
    tree = root / "build" / "tar" / name
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(app, tree / "app", symlinks=True)
    put_share(root, tree / "share", version, date)
    script = (root / "packaging" / "linux" / "install.sh").read_text(encoding="utf-8")
    depends = " ".join(each.rpartition("| ")[2] for each in DEPENDS)
    install = tree / "install.sh"
    install.write_text(script.replace("@DEPENDS@", depends), encoding="utf-8")
    install.chmod(0o755)
    path = root / "dist" / f"{name}.tar.gz"
    with tarfile.open(path, "w:gz", compresslevel=9) as archive:
        archive.add(tree, name, filter=_owned_by_root)
    return path


def _owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member
