"""How much the real window grows while it uploads many photos: peak over idle, in megabytes."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# The program's own window on the offscreen platform; /proc tells its memory as the system sees it.
CHILD = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.theme import theme

def megabytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

qt = QApplication([])
theme().apply(qt)
app = App(Home(Path(sys.argv[1])))
window = MainWindow(app)
items, idle = {}, 0.0

def drop(target):
    options = UploadOptions(on_duplicate=OnDuplicate.KEEP)
    app.pump.drop([sys.argv[2]], target, options, print, lambda _batch: None)

def begin():
    global idle
    idle = megabytes("VmRSS")
    app.runner.run(lambda _: app.library.target("community:CMY-456/photos"), drop, print)

def changed(rows):
    items.update({row.id: row for row in rows})
    if len(items) == int(sys.argv[3]) and all(row.state.is_final for row in items.values()):
        done = sum(row.state is UploadState.DONE for row in items.values())
        print(json.dumps({"idle": idle, "peak": megabytes("VmHWM"), "done": done}), flush=True)
        window.close()
        qt.exit(0)

app.pump.items_changed.connect(changed)
window.show()
window.open()
QTimer.singleShot(3000, begin)
sys.exit(qt.exec())
"""


def peak_over_idle(photos: list[bytes], count: int = 200) -> int:
    """Upload ``count`` files made of ``photos``; returns megabytes over the idle window."""
    with tempfile.TemporaryDirectory() as folder:
        dropped = Path(folder) / "photos"
        dropped.mkdir()
        for number in range(count):
            # Each is a file of its own: bytes behind the end of a JPEG change no pixel.
            path = dropped / f"IMG_{number:04d}.jpg"
            path.write_bytes(photos[number % len(photos)] + number.to_bytes(4, "big"))
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(Path(folder) / "home"), str(dropped), str(count)],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
    result = json.loads(done.stdout.strip().splitlines()[-1])
    if result["done"] != count:
        raise SystemExit(f"only {result['done']} of {count} photos were added")
    return round(result["peak"] - result["idle"])
