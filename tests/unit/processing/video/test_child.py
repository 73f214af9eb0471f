import sys
import time
from pathlib import Path

import pytest

from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.processing.child import (
    Finished,
    NotStarted,
    OutOfTime,
    TooMuchOutput,
    never_cancelled,
    run_child,
)


def run(code: str, *, seconds: float = 120, limit: int = 1000, check=never_cancelled) -> Finished:
    command = [sys.executable, "-S", "-c", f"import os, subprocess, sys, time\n{code}"]
    deadline = time.monotonic() + seconds
    return run_child(command, deadline=deadline, limit=limit, check_cancelled=check)


def is_gone(pid: int) -> bool:
    """Killed processes of another parent stay visible until init or a subreaper collects them."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def wait_until_gone(pid: int) -> bool:
    for _ in range(6000):
        if is_gone(pid):
            return True
        time.sleep(0.01)
    return False


def test_status_output_and_errors_come_back() -> None:
    finished = run("print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert finished == Finished(3, b"out\n", "err\n")


def test_a_child_reads_no_input() -> None:
    assert run("print(repr(sys.stdin.read()))").output == b"''\n"


def test_a_signal_is_a_negative_status() -> None:
    assert run("os.kill(os.getpid(), 11)").status == -11


def test_a_missing_program_is_not_started(tmp_path: Path) -> None:
    for command in ([str(tmp_path / "none")], ["bad\0name"], ["/bin/sh", "-c", "exit 127"]):
        with pytest.raises(NotStarted):
            run_child(
                command, deadline=time.monotonic() + 9, limit=9, check_cancelled=never_cancelled
            )


def test_a_flood_of_output_ends_the_child() -> None:
    with pytest.raises(TooMuchOutput):
        run("while True: os.write(1, bytes(65536))")


def test_a_flood_of_errors_is_only_cut() -> None:
    finished = run("os.write(2, b'x' * 200_000); print('done')")
    assert finished.output == b"done\n"
    assert len(finished.errors) < 200_000


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_the_deadline_kills_what_the_child_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids, monotonic = tmp_path / "pids", time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: monotonic() + 1000 * pids.exists())
    code = f"""
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
open({str(pids)!r} + "~", "w").write(f"{{os.getpid()}} {{child.pid}}")
os.rename({str(pids)!r} + "~", {str(pids)!r})
time.sleep(600)
"""
    with pytest.raises(OutOfTime):
        run(code)
    assert all(wait_until_gone(int(each)) for each in pids.read_text("utf-8").split())


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_a_straggler_that_holds_the_pipes_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = f"""
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
open({str(pid)!r}, "w").write(str(child.pid))
print("done")
"""
    assert run(code).output == b"done\n"
    assert wait_until_gone(int(pid.read_text("utf-8")))


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_cancelling_kills_the_child(tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    def cancel_when_started() -> None:
        if pid.exists() and pid.read_text("utf-8"):
            raise Cancelled

    with pytest.raises(Cancelled):
        run(
            f"open({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)",
            check=cancel_when_started,
        )
    assert is_gone(int(pid.read_text("utf-8")))


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS is set by prlimit")
def test_memory_is_bounded() -> None:
    code = "time.sleep(0.5)\ntry:\n bytearray(8 << 30)\nexcept MemoryError:\n print('refused')"
    assert run(code).output == b"refused\n"


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_no_file_is_left_open() -> None:
    before = open_files()
    for _ in range(5):
        run("print(1)")
    assert open_files() == before
