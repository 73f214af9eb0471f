"""How long until the window is painted, against a bare PySide6 window, in turn, in one run.

Both are whole processes, from being started to the first paint of their window on a real X
server. Run: ``make bench BENCH=startup``.
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

ROUNDS = 11

BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
        os._exit(0)

app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

# The program itself; it opens the library right after its first paint, which ends the run here.
OURS = """
import os, sys
from artitec_media_desktop.ui.main_window import MainWindow

def painted(self):
    print("painted", flush=True)
    os._exit(0)

MainWindow.begin = painted
from artitec_media_desktop.__main__ import main
sys.exit(main(["--home", sys.argv[1], "gui"]))
"""


def main() -> int:
    """Measure and print; returns 0 when the reach is met."""
    if shutil.which("Xvfb") is None:
        print("This needs Xvfb (the package xvfb).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, XServer() as env:
        home = str(Path(folder) / "home")
        for script in (BARE, OURS):  # not counted: files come into the cache
            _seconds(script, home, env)
        pairs = [(_seconds(BARE, home, env), _seconds(OURS, home, env)) for _ in range(ROUNDS)]
    ratios = [ours / bare for bare, ours in pairs]
    figures = {
        "window_vs_bare": round(statistics.median(ratios), 2),
        "worst_round": round(max(ratios), 2),
        "rounds": ROUNDS,
    }
    return report("startup", figures, {"window_vs_bare": ("<=", 3.0)})


class XServer:
    """A private X server; enters as the environment to use it."""

    def __enter__(self) -> dict[str, str]:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(write),
                "-screen",
                "0",
                "1600x1000x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            display = numbers.readline().strip()
        return os.environ | {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()


def _seconds(script: str, home: str, env: dict[str, str]) -> float:
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, home], stdout=subprocess.PIPE, env=env, text=True
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        took = perf_counter() - began
    if line.strip() != "painted":
        raise SystemExit(f"the window was not painted; exit status {process.returncode}")
    return took


if __name__ == "__main__":
    sys.exit(main())
