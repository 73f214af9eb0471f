"""Installed where there is no Python: it starts, does its main job, and goes without leftovers."""

import json
import shutil
import sys
import time
from pathlib import Path

from artitec_media_desktop import __version__
from artitec_media_desktop.processing.drawing import draw_room
from tests.packaged.conftest import PICTURES
from tests.services.desk import Program, wait_for

DRAG_SOURCE = Path(__file__).parents[1] / "e2e" / "drag_source.py"
SOURCE = (1060, 100)
#: In the window of 1000 by 860 at the corner of the screen.
GRID = (700, 500)


def test_the_deb(root, desk, built):
    before = root.named()
    shutil.copy(built(".deb"), root.path / "tmp" / "artitec-media.deb")
    root.install("/tmp/artitec-media.deb")
    assert "usr/share/applications/artitec-media.desktop" in root.named()
    prove(root, desk, "/usr/bin/artitec-media", "deb")
    prove_keyring(root, "/usr/bin/artitec-media")
    root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "purge", "-y", "artitec-media")
    assert root.named() == before
    assert (home(root) / "library" / "library.db").exists(), "a library went with the program"


def test_the_archive_for_ones_own_home(root, desk, built):
    archive = built(".tar.gz")
    before = root.named()
    shutil.copy(archive, root.path / "tmp" / "a.tar.gz")
    root.run("tar", "-xzf", "/tmp/a.tar.gz", "-C", "/home/dana", who="dana")
    folder = f"/home/dana/{archive.name.removesuffix('.tar.gz')}"
    install = ("sh", f"{folder}/install.sh")
    # A bare system has no fonts and no screen: it says what lacks, and which command brings it.
    refused = root.run(*install, who="dana", check=False)
    assert refused.returncode == 1
    packages = refused.stderr.split("apt-get install ")[1].split()
    assert not (root.path / "home/dana/.local/opt").exists()
    root.install(*packages)
    root.run(*install, who="dana")
    root.run(*install, who="dana")  # over itself, as an update does
    prove(root, desk, "/home/dana/.local/bin/artitec-media", "tar")
    root.run(*install, "--uninstall", who="dana")
    local = root.path / "home/dana/.local"
    left = [each.relative_to(local).as_posix() for each in local.rglob("*") if each.is_file()]
    assert [each for each in left if not each.startswith("share/Artitec Media/")] == []
    assert root.named() == before


def home(root):
    return root.path / "home/dana/.local/share/Artitec Media"


def prove(root, desk, command, name):
    """Its version, its test of itself, its window, and one real drop."""
    version = root.run(command, "--version", who="dana").stdout.strip()
    assert version == __version__
    tested = json.loads(root.run(command, "self-test", "--json", who="dana").stdout)
    assert tested["ok"], tested
    photo = draw_photo(root)
    display = (f"DISPLAY={desk.display}", "QT_QPA_PLATFORM=xcb")
    start = root.command(command, who="dana", env=display)
    program = Program(desk, home(root), start, "/home/dana/.local/share/Artitec Media")
    program.errors = root.path.with_name("stderr.txt")
    source = desk.start(sys.executable, str(DRAG_SOURCE), str(photo))
    try:
        program.open()
        desk.place(desk.window("Drag source"), SOURCE[0] - 40, SOURCE[1] - 40, 200, 200)
        desk.open_place("juniper")
        desk.drag((SOURCE[0] + 60, SOURCE[1] + 60), GRID)
        found = wait_for(
            lambda: (listed := program.command("list"))["total"] and listed, what="the row"
        )
        assert found["items"][0]["original_filename"] == photo.name
        time.sleep(1)  # the picture comes after the row
        desk.settle()
        PICTURES.mkdir(exist_ok=True)
        desk.screenshot(PICTURES / f"{name}.png")
    finally:
        program.close()
        source.terminate()
        source.wait(10)
        shutil.rmtree(photo.parent)
    assert program.errors.read_text() == ""


def prove_keyring(root, command):
    """Where staff have a session with a keyring, a secret is kept there and found again."""
    root.install("dbus-daemon", "gnome-keyring")
    unlock = "echo secret | gnome-keyring-daemon --unlock --components=secrets"
    session = f"{unlock} >/dev/null && {command} self-test --json"
    told = root.run("dbus-run-session", "--", "sh", "-euc", session, who="dana").stdout
    steps = {each["name"]: each["detail"] for each in json.loads(told)["steps"]}
    assert steps["keyring"].endswith("kept and found"), steps


def draw_photo(root):
    """A photo at the same path inside and outside, since a drop tells only the path."""
    folder = Path("/tmp/artitec-drop")
    inside = root.path / folder.relative_to("/")
    for each in (folder, inside):
        each.mkdir(exist_ok=True)
        (each / "Große Küche.jpg").write_bytes(draw_room(1200, 900))
        each.chmod(0o755)
    return folder / "Große Küche.jpg"
