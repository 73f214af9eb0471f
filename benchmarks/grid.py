"""A million media in the real window: how soon it shows pictures, and whether it is ever held up.

The window is the program's own on the offscreen platform, the whole library in the grid. A timer of
one millisecond measures every gap of the event loop while it jumps to any place, scrolls fast, is
resized, zoomed and sorted; ``own_ms`` is what the GUI thread itself computed of the worst one.
Every row has objects of its own, which are hard links to a few hundred real pictures: all for the
first media and for every place that is jumped to, ``--pictures`` in a row for the scrolling.
Run: ``make bench BENCH=grid`` (``ARGS="--rows 1000000 --only sqlite"``).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.limits import VARIANTS

from .library import fill, settle
from .report import report

_PICTURES = 300

CHILD = """
import json, os, random, sys, time, traceback
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.search import Search, parse
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.responsive import keep_responsive
from artitec_media_desktop.ui.panels.library.pixmap_cache import PixmapCache
from artitec_media_desktop.ui.theme import theme

home, rows, pictures = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
figures, gaps, phase, last = {}, {}, ["start"], [time.perf_counter(), time.thread_time()]

def tick():
    now, own = time.perf_counter(), time.thread_time()
    gaps.setdefault(phase[0], []).append(((now - last[0]) * 1000, (own - last[1]) * 1000))
    last[:] = now, own

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

def drive():
    while not app.is_open:
        yield 20
    yield 2500
    panel = window.current_panel
    page, grid = panel.page, panel.page.grid
    idle = megabytes()
    bar, painted = grid.verticalScrollBar(), set()
    # Counted where the grid's delegate gets its picture, to be painted.
    give = grid._delegate._pixmap
    def counting(key):
        found = give(key)
        if isinstance(found, QPixmap):
            painted.add(key)
        return found
    grid._delegate._pixmap = counting
    phase[0] = "open"
    panel.reveal(Search())
    while not page.model.is_complete:
        yield 5
    # Another list of a million, with no picture in memory.
    grid._thumbnails._cache = PixmapCache(64 << 20)
    painted.clear()
    began = time.perf_counter()
    page.set_search(parse("-type:video"))
    while len(painted) < 12:
        yield 2
    figures["first_thumbnails_seconds"] = time.perf_counter() - began
    while not page.model.is_complete:
        yield 5
    figures["all_rows_seconds"] = time.perf_counter() - began
    page.set_search(Search())
    while not page.model.is_complete:
        yield 5
    figures["rows"] = page.model.rowCount()
    yield 500
    phase[0] = "jump"
    chance = random.Random(3)
    for _ in range(60):
        bar.setValue(chance.randrange(bar.maximum()))
        yield 50
    phase[0] = "last"
    bar.setValue(bar.maximum())
    end = page.model.key_at(page.model.rowCount() - 1)
    while page.model.media(end) is None:
        yield 5
    row = grid.visualRect(page.model.index(page.model.rowCount() - 1))
    figures["last_row_in_view"] = int(grid.viewport().rect().contains(row))
    phase[0] = "scroll"
    for at in range(400):
        bar.setValue(bar.maximum() * at // 400)
        yield 8
    phase[0] = "resize"
    for at in range(40):
        window.resize(1000 + 11 * at, 900)
        yield 20
    phase[0] = "zoom"
    for at in range(0, 29):
        grid.set_zoom(96 + 8 * at)
        yield 20
    grid.set_zoom(128)
    phase[0] = "select"
    grid.selectAll()
    yield 300
    figures["selected"] = len(grid.selected_keys())
    grid.clearSelection()
    yield 200
    phase[0] = "sort"
    for order in ("size", "name", "oldest", "newest"):
        page.set_search(parse("sort:" + order))
        while not page.model.is_complete:
            yield 5
        yield 100
    phase[0] = "paint"
    bar.setValue(0)
    yield 500
    painted.clear()
    grid.viewport().update()
    began = time.perf_counter()
    while len(painted) < pictures and time.perf_counter() - began < 15:
        first, last_row = grid.in_view()
        keys = [page.model.key_at(row) for row in range(first, last_row + 1)]
        if sum(give(key) is not None for key in keys) > len(keys) * 0.9:
            bar.setValue(bar.value() + grid.viewport().height())
        yield 1
    figures["painted_a_second"] = len(painted) / (time.perf_counter() - began)
    phase[0] = "end"
    figures["megabytes_over_idle"] = megabytes() - idle

def step(course):
    try:
        wait = next(course)
    except StopIteration:
        for name, each in gaps.items():
            if name not in ("start", "end"):
                ranked = sorted(gap for gap, _ in each)
                figures[f"worst_ms_{name}"] = ranked[-1]
                figures[f"p99_ms_{name}"] = ranked[int(len(ranked) * 0.99)]
                figures[f"own_ms_{name}"] = max(own for _, own in each)
        print(json.dumps(figures), flush=True)
        os._exit(0)
    except Exception:
        traceback.print_exc()
        os._exit(1)
    QTimer.singleShot(int(wait), lambda: step(course))

qt = QApplication([])
keep_responsive()
theme().apply(qt)
app = App(Home(Path(home)))
app.settings.set("window/page", "library")
window = MainWindow(app)
window.resize(1440, 900)
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
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--pictures", type=int, default=4_000)
    asked.add_argument("--home", help="a library made by an earlier run, or where to make one")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(given.home or folder) / "home"
        if not home.exists():
            make(home, given.rows, given.pictures)
        figures = measured(home, given.rows, given.pictures)
    reach = {
        "first_thumbnails_seconds": ("<=", 1.0),
        "painted_a_second": (">=", 500.0),
        "megabytes_over_idle": ("<=", 250.0),
        "rows": (">=", float(given.rows)),
        "last_row_in_view": (">=", 1.0),
        **{name: ("<=", 50.0) for name in figures if name.startswith("worst_ms")},
    }
    return report("grid", figures, reach)


def measured(home: Path, rows: int, pictures: int) -> dict[str, float]:
    """Drive the window in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(home), str(rows), str(pictures)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: round(value, 2) for name, value in found.items()}


def make(home: Path, rows: int, pictures: int) -> None:
    """A library in a file of one's own, with objects for the newest rows."""
    library = Library.embedded(Home(home))
    library.make_home()
    library.open()
    fill(library.database, rows)
    settle(library.database)
    with library.database.read() as tx:
        sql = f"SELECT thumbnail_url FROM media ORDER BY id DESC LIMIT {pictures}"  # noqa: S608
        stems = [url.removesuffix("_thumb.jpg") for (url,) in tx.exec_driver_sql(sql)]
    library.database.close()
    library.journal_database.close()
    _link(Home(home).objects, stems)


def _link(objects: Path, stems: list[str]) -> None:
    from PIL import Image, ImageDraw

    chance, real = random.Random(4), []  # noqa: S311
    folder = objects / "bench"
    folder.mkdir(parents=True)
    for number in range(_PICTURES):
        picture = Image.effect_noise((1600, 1200), 40).convert("RGB")
        draw = ImageDraw.Draw(picture)
        for _ in range(12):
            box = sorted(chance.choices(range(1600), k=2)), sorted(chance.choices(range(1200), k=2))
            color = tuple(chance.randbytes(3))
            draw.ellipse((box[0][0], box[1][0], box[0][1], box[1][1]), fill=color)
        for variant in VARIANTS:
            out, made = BytesIO(), picture.copy()
            made.thumbnail((variant.side, variant.side))
            made.save(out, "JPEG", quality=80)
            (folder / f"{number}_{variant.name}.jpg").write_bytes(out.getvalue())
        real.append(number)
    for at, stem in enumerate(stems):
        target = objects / stem
        target.parent.mkdir(parents=True, exist_ok=True)
        for name in ("medium", "large", "small"):
            source = folder / f"{real[at % len(real)]}_{name}.jpg"
            link = target.with_name(f"{target.name}_{name}.jpg")
            if source.exists() and not link.exists():
                link.hardlink_to(source)


if __name__ == "__main__":
    sys.exit(main())
