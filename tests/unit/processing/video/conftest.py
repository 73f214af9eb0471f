"""Tiny videos made with ffmpeg, and programs that pretend to be it."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MakeVideo = Callable[..., Path]
FakeTool = Callable[[str, str], Path]


@pytest.fixture
def ffmpeg() -> str:
    found = shutil.which("ffmpeg")
    if found is None or shutil.which("ffprobe") is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("ffmpeg is missing. Install it: apt-get install ffmpeg")
        pytest.skip("ffmpeg is not installed")
    return found


@pytest.fixture
def make_video(ffmpeg: str, tmp_path: Path) -> MakeVideo:
    """Make ``name`` in tmp_path: a moving test picture of 64 by 48, with ffmpeg's ``options``."""

    def make(name: str, *options: str, seconds: float = 1.5, codec: str = "mpeg4") -> Path:
        path = tmp_path / name
        source = f"testsrc=size=64x48:rate=10:duration={seconds}"
        command = [ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", source]
        subprocess.run([*command, *options, "-c:v", codec, f"file:{path}"], check=True, timeout=60)
        return path

    return make


@pytest.fixture
def fake_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeTool:
    """Put a Python script called ``name`` on an otherwise empty PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, body: str) -> Path:
        path = folder / name
        path.write_text(f"#!{sys.executable} -S\nimport os, sys, time\n{body}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return put


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


@pytest.fixture
def whole_mp4() -> bytes:
    """The boxes of an MP4 with its index behind the pictures; nothing in them is decodable."""
    return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"mdat", bytes(3000)) + box(b"moov", bytes(200))
