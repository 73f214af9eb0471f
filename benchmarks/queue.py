"""10,000 small files dropped into the real window: a quick journal, and a window never held up.

The window is the program's own on the offscreen platform, the uploads page in front. A timer of one
millisecond measures every gap of the event loop (``worst_ms``), and how much of it the GUI thread
itself computed (``own_ms``): the rest it waited for a core or for Python's lock. Phases: idle; the
drop, until the window knows all rows; work, while files are really being added; scrolling through
the page, filtering it, selecting all, pausing and going on with all, each while files are being
added. Run: ``make bench BENCH=queue``.
"""

import json
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from .report import report

FILES = 10_000
WORKING_SECONDS = 20

CHILD = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui import responsive
from artitec_media_desktop.ui.theme import theme

home, photos, count, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
figures, gaps, phase, last = {}, {}, ["start"], [time.perf_counter(), time.thread_time()]

def tick():
    now, own = time.perf_counter(), time.thread_time()
    gaps.setdefault(phase[0], []).append(((now - last[0]) * 1000, (own - last[1]) * 1000))
    last[:] = now, own

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

def drive():
    while not window.queue.is_loaded:
        yield 20
    page = window.current_panel
    view = page._view
    yield 1500  # what loads behind the painted window is in
    phase[0] = "idle"
    yield 2000
    begun = {}
    target = []
    app.runner.run(lambda _: app.library.target("community:CMY-456/photos"), target.append, print)
    while not target:
        yield 20
    idle = megabytes()
    phase[0] = "drop"
    # The journal alone is measured in the worker, where it is filled.
    original = app.uploads.drop
    def timed(*args, **how):
        began = time.perf_counter()
        batch = original(*args, **how)
        figures["journal_seconds"] = time.perf_counter() - began
        return batch
    app.uploads.drop = timed
    began = time.perf_counter()
    options = UploadOptions(on_duplicate=OnDuplicate.KEEP)
    app.pump.drop([photos], target[0], options, print, lambda _batch: None)
    while len(window.queue.items) < count:
        yield 5
    figures["window_knows_all_seconds"] = time.perf_counter() - began
    yield 500
    figures["megabytes_for_rows"] = megabytes() - idle
    phase[0] = "work"
    done = window.queue.count(UploadState.DONE)
    yield seconds * 1000
    figures["added_a_second"] = (window.queue.count(UploadState.DONE) - done) / seconds
    phase[0] = "scroll"
    bar = view.verticalScrollBar()
    for step in range(200):
        bar.setValue(bar.maximum() * step // 200)
        yield 10
    phase[0] = "filter"
    for name in ("waiting", "added", "needs_you", "adding", "all") * 2:
        page._bar.chips[name].click()
        yield 100
    phase[0] = "pause"
    app.pump.ask(lambda uploads: uploads.pause())
    while window.queue.count(UploadState.QUEUED):
        yield 20
    yield 500
    app.pump.ask(lambda uploads: uploads.resume())
    while window.queue.count(UploadState.PAUSED):
        yield 20
    phase[0] = "select"
    view.selectAll()
    yield 300
    phase[0] = "end"
    figures["megabytes_in_all"] = megabytes() - idle

def step(course):
    try:
        wait = next(course)
    except StopIteration:
        for name, each in gaps.items():
            if name not in ("start", "end"):
                figures[f"worst_ms_{name}"] = max(gap for gap, _ in each)
                figures[f"own_ms_{name}"] = max(own for _, own in each)
        print(json.dumps(figures), flush=True)
        os._exit(0)  # ten thousand files are not waited for
    QTimer.singleShot(int(wait), lambda: step(course))

qt = QApplication([])
responsive.keep_responsive()
theme().apply(qt)
app = App(Home(Path(home)))
app.settings.set("window/page", "uploads")
window = MainWindow(app)
window.show()
window.open()
timer = QTimer(interval=1)
timer.timeout.connect(tick)
timer.start()
step(drive())
sys.exit(qt.exec())
"""


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder) / "photos"
        photos.mkdir()
        _fill(photos)
        done = subprocess.run(
            [
                *(sys.executable, "-c", CHILD, str(Path(folder) / "home"), str(photos)),
                *(str(FILES), str(WORKING_SECONDS)),
            ],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    figures = {name: round(value, 2) for name, value in found.items()}
    reach = {
        "journal_seconds": ("<=", 3.0),
        **{name: ("<=", 50.0) for name in figures if name.startswith(("worst_ms", "own_ms"))},
        "megabytes_for_rows": ("<=", 100.0),
    }
    return report("queue", figures, reach)


def _fill(folder: Path) -> None:
    """Write small pictures, each a file of its own: bytes behind the end change no pixel."""
    from PIL import Image

    out = BytesIO()
    picture = Image.effect_noise((320, 240), 60).convert("RGB")
    picture.save(out, "JPEG", quality=80)
    for number in range(FILES):
        path = folder / f"IMG_{number:05d}.jpg"
        path.write_bytes(out.getvalue() + number.to_bytes(4, "big"))


if __name__ == "__main__":
    sys.exit(main())
