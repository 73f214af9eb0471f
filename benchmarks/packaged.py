"""How long until the packaged window is there, against the unpackaged one, in turn, in one run.

Both are whole processes, from being started until a real X server shows their window. Needs what
``make package`` leaves in ``build/app``. Run: ``make bench BENCH=packaged``.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from .report import report
from .startup import XServer

ROUNDS = 9
PACKAGED = Path(__file__).parents[1] / "build" / "app" / "artitec-media" / "artitec-media"
UNPACKAGED = (sys.executable, "-m", "artitec_media_desktop")


def main() -> int:
    """Measure and print; returns 0 when the reach is met."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        print("This needs Xvfb and xdotool (the packages xvfb and xdotool).", file=sys.stderr)
        return 2
    if not PACKAGED.exists():
        print("There is no packaged program. Run “make package” first.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, XServer() as env:
        for command in ((str(PACKAGED),), UNPACKAGED):  # not counted: files come into the cache
            _seconds(command, folder, env)
        pairs = [
            (_seconds((str(PACKAGED),), folder, env), _seconds(UNPACKAGED, folder, env))
            for _ in range(ROUNDS)
        ]
    ratios = [packaged / unpackaged for packaged, unpackaged in pairs]
    figures = {
        "packaged_vs_unpackaged": round(statistics.median(ratios), 2),
        "worst_round": round(max(ratios), 2),
        "rounds": ROUNDS,
    }
    return report("packaged", figures, {"packaged_vs_unpackaged": ("<=", 1.5)})


def _seconds(command: tuple[str, ...], folder: str, env: dict[str, str]) -> float:
    """Until the window is shown; the program is ended then."""
    began = perf_counter()
    process = subprocess.Popen([*command, "--home", f"{folder}/home", "gui"], env=env)
    try:
        while not _is_shown(env):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}")
        return perf_counter() - began
    finally:
        process.kill()
        process.wait()


def _is_shown(env: dict[str, str]) -> bool:
    words = ["xdotool", "search", "--onlyvisible", "--name", "Artitec Media"]
    return bool(subprocess.run(words, env=env, check=False, capture_output=True).stdout.strip())


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
