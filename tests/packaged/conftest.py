"""What ``make package`` built, in a bare Debian that has no Python: see .ci/packaged.

Needs root's rights, for chroot. Every command has mounts of its own, which go with it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.desk import desk as desk
from tests.services.desk import need

DIST = Path(__file__).parents[2] / "dist"
PICTURES = Path(__file__).parent / "pictures"
#: As whom the program runs there.
STAFF = 1234
_INSIDE = """
mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/dev/shm"
root=$1; who=$2; shift 2
exec chroot --userspec="$who" "$root" "$@"
"""


class Root:
    """A Debian in a folder."""

    def __init__(self, path):
        self.path = path

    def command(self, *words, who="root", env=()):
        """What runs there; for a member of the staff with a home of its own."""
        home = "/root" if who == "root" else "/home/dana"
        number = "0:0" if who == "root" else f"{STAFF}:{STAFF}"
        values = (f"HOME={home}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", *env)
        enter = ("unshare", "--mount", "--propagation", "private", "sh", "-euc", _INSIDE, "sh")
        return (*enter, str(self.path), number, "env", "-i", *values, *words)

    def run(self, *words, who="root", check=True):
        done = subprocess.run(
            self.command(*words, who=who), capture_output=True, text=True, timeout=300
        )
        if check:
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done

    def install(self, *packages):
        quiet = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
        self.run("env", "DEBIAN_FRONTEND=noninteractive", *quiet, *packages)

    def named(self):
        """Every file and folder that is called after the program, but for homes and logs."""
        skipped = ["home", "proc", "sys", "dev", "tmp", "var/log", "var/cache/apt"]
        pruned = " -o ".join(f"-path {self.path / each}" for each in skipped).split()
        wanted = ("-prune", "-o", "-iname", "*artitec*", "-print")
        command = ["find", str(self.path), "(", *pruned, ")", *wanted]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        return sorted(Path(each).relative_to(self.path).as_posix() for each in found.stdout.split())


def _mirror():
    """Where this system's own packages come from, and the name of its release."""
    policy = subprocess.run(["apt-cache", "policy"], capture_output=True, text=True, check=True)
    release = Path("/etc/os-release").read_text().split("VERSION_CODENAME=")[1].split()[0]
    for line in policy.stdout.splitlines():
        words = line.split()
        if len(words) > 2 and words[2] == f"{release}/main":
            return words[1], release
    raise AssertionError("apt knows no source of this release")


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A Debian as debootstrap makes it."""
    need("debootstrap", "unshare", "chroot")
    if os.geteuid() != 0:
        pytest.skip("root's rights are needed for chroot")
    path = tmp_path_factory.mktemp("bare") / "root"
    mirror, release = _mirror()
    subprocess.run(
        ["debootstrap", "--variant=minbase", release, str(path), mirror],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for name in ("resolv.conf", "hosts"):
        shutil.copy(Path("/etc") / name, path / "etc" / name)
    root = Root(path)
    root.run("useradd", "--uid", str(STAFF), "--create-home", "--user-group", "dana")
    root.run("apt-get", "update", "-qq")
    assert root.run("sh", "-c", "command -v python3", check=False).returncode != 0
    return root


@pytest.fixture
def root(bare, tmp_path):
    """A copy of it for one test."""
    subprocess.run(["cp", "-a", str(bare.path), str(tmp_path / "root")], check=True)
    yield Root(tmp_path / "root")
    shutil.rmtree(tmp_path / "root")


@pytest.fixture
def built():
    """The one file in dist/ that ends like that."""

    def find(ending):
        found = list(DIST.glob(f"artitec-media-*{ending}"))
        assert len(found) == 1, f"make package builds one …{ending}, there are {len(found)}"
        return found[0]

    return find
