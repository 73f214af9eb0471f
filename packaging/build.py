"""Builds the program for the system it runs on: ``make package`` calls it, in .venv-package.

On Linux a .deb and a .tar.gz, on Windows an installer, on a Mac a disk image; all in dist/, with an
SBOM and checksums. Prints how large each is, to download and installed.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from icons import render
from linux import deb, tarball
from trimming import FORBIDDEN

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build"
APP: Final = BUILD / "app" / "artitec-media"
DIST: Final = ROOT / "dist"
#: What an installer may have at most, in bytes.
LARGEST: Final = 150_000_000


def main() -> int:
    """Build everything; returns the exit status."""
    sys.path.insert(0, str(ROOT))
    from artitec_media_desktop import __version__ as version

    DIST.mkdir(exist_ok=True)
    for old in DIST.glob("artitec-media-*"):
        old.unlink()
    render(BUILD / "icons")
    _freeze()
    _check_nothing_forbidden()
    made = [_sbom(version), *_INSTALLERS[sys.platform](version)]
    sums = "".join(f"{_sha256(each)}  {each.name}\n" for each in sorted(made))
    (DIST / f"SHA256SUMS-{sys.platform}").write_text(sums, encoding="utf-8")
    installed = sum(each.stat().st_size for each in _files(APP))
    print(f"installed: {installed / 1e6:.0f} MB in {len(list(_files(APP)))} files")
    for each in made:
        print(f"{each.relative_to(ROOT)}: {each.stat().st_size / 1e6:.1f} MB")
    too_large = [each.name for each in made if each.stat().st_size > LARGEST]
    if too_large:
        print(f"larger than {LARGEST / 1e6:.0f} MB: {', '.join(too_large)}", file=sys.stderr)
    return bool(too_large)


def _freeze() -> None:
    """Run PyInstaller; its log is in build/pyinstaller.log."""
    spec = ROOT / "packaging" / "pyinstaller" / "artitec-media.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--workpath", str(BUILD / "pyinstaller"), "--distpath", str(BUILD / "app")]
    log = BUILD / "pyinstaller.log"
    with log.open("wb") as file:
        ended = subprocess.run(
            [*command, *folders, str(spec)], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT
        )
    if ended.returncode:
        print(log.read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
        raise SystemExit("PyInstaller failed; see above.")


def _check_nothing_forbidden() -> None:
    names = [each.relative_to(APP).as_posix().lower() for each in _files(APP)]
    found = [name for name in names if any(each in name for each in FORBIDDEN)]
    if found:
        raise SystemExit(f"this may not be in an installer: {', '.join(found)}")


def _sbom(version: str) -> Path:
    """What it is made of, as CycloneDX has it; of the environment that it was built in."""
    path = DIST / f"artitec-media-{version}-{sys.platform}-sbom.cdx.json"
    subprocess.run(
        [
            sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject",
            str(ROOT / "pyproject.toml"), "--mc-type", "application", "--output-reproducible",
            "--output-file", str(path), sys.executable,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return path


def _linux(version: str) -> Iterator[Path]:
    date = _date().strftime("%Y-%m-%d")
    yield deb.build(ROOT, APP, version, date)
    yield tarball.build(ROOT, APP, version, date)


def _windows(version: str) -> Iterator[Path]:
    compiler = shutil.which("iscc") or r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
    script = ROOT / "packaging" / "windows" / "artitec-media.iss"
    subprocess.run([compiler, "/Q", f"/DVersion={version}", str(script)], check=True)
    yield DIST / f"artitec-media-{version}-windows-x64-setup.exe"


def _mac(version: str) -> Iterator[Path]:
    subprocess.run([str(ROOT / "packaging" / "mac" / "make_dmg.sh"), version], check=True)
    yield DIST / f"artitec-media-{version}-mac-{platform.machine()}.dmg"


_INSTALLERS: Final[dict[str, Callable[[str], Iterator[Path]]]] = {
    "linux": _linux,
    "win32": _windows,
    "darwin": _mac,
}


def _date() -> datetime:
    """When the sources are from, so that building them twice gives the same."""
    at = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(at), UTC) if at else datetime.now(UTC)


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
