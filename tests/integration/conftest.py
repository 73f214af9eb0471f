import json
import subprocess
import sys

import pytest

from tests.services.mariadb import platform_of, server  # noqa: F401
from tests.services.seaweedfs import s3_server  # noqa: F401
from tests.services.team import team  # noqa: F401


class CommandLine:
    """``artitec-media`` as a script runs it: a process a command, on a home of its own."""

    def __init__(self, home):
        self.home = home
        self.status = None
        self.errors = ""

    def __call__(self, *words, **values):
        done = self.raw(*words, "--json", **values)
        return json.loads(done.stdout)

    def raw(self, *words, timeout=180):
        done = subprocess.run(
            [sys.executable, "-m", "artitec_media_desktop", "--home", str(self.home), *words],
            capture_output=True,
            timeout=timeout,
            text=True,
            errors="surrogateescape",
        )
        self.status, self.errors = done.returncode, done.stderr
        return done


@pytest.fixture
def media(tmp_path):
    return CommandLine(tmp_path / "home")
