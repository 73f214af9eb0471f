"""The window that ``benchmarks.grid`` measures: HOME and the number of rows; prints JSON."""

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.search import Search, parse
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panels.library.pixmap_cache import PixmapCache
from artitec_media_desktop.ui.responsive import keep_responsive
from artitec_media_desktop.ui.theme import theme
from artitec_media_desktop.ui.theme.tokens import Cell

if TYPE_CHECKING:
    from artitec_media_desktop.ui.panels.library import LibraryPanel

#: So many pictures are painted, or for so many seconds.
_PAINTED = 4_000
_LONGEST = 15.0
_ROOM = 64 << 20
#: In milliseconds: so often it is looked for gaps, which are told longer by as much at most. Each
#: look takes Python's lock from the workers; a thousand a second cost a fifth of the pictures.
_LOOK = 4
#: In milliseconds: what the program does by itself once it is open is over.
_AT_REST = 2_500

Course = Iterator[float]


class Drive:
    """Goes through the phases; a phase yields how many milliseconds it waits."""

    def __init__(self, app: App, window: MainWindow, home: Home) -> None:
        self._app, self._window, self._home = app, window, home
        self.figures: dict[str, float] = {}
        self._gaps: dict[str, list[tuple[float, float]]] = {}
        self._phase = "start"
        self._last = time.perf_counter(), time.thread_time()
        self._painted: set[int] = set()
        self._watch = QTimer(interval=_LOOK)
        self._watch.timeout.connect(self._tick)

    def start(self) -> None:
        """Drive, print what was measured, end the process."""
        self._watch.start()
        self._step(self._course())

    def _tick(self) -> None:
        before, self._last = self._last, (time.perf_counter(), time.thread_time())
        gap = tuple((now - then) * 1000 for now, then in zip(self._last, before, strict=True))
        self._gaps.setdefault(self._phase, []).append((gap[0], gap[1]))

    def _step(self, course: Course) -> None:
        try:
            wait = next(course)
        except StopIteration:
            self._count_gaps()
            print(json.dumps(self.figures), flush=True)
            os._exit(0)
        except Exception:
            traceback.print_exc()
            os._exit(1)
        QTimer.singleShot(int(wait), lambda: self._step(course))

    def _count_gaps(self) -> None:
        for name, each in self._gaps.items():
            if name not in ("start", "end"):
                ranked = sorted(gap for gap, _ in each)
                self.figures[f"worst_ms_{name}"] = ranked[-1]
                self.figures[f"p99_ms_{name}"] = ranked[int(len(ranked) * 0.99)]
                self.figures[f"own_ms_{name}"] = max(own for _, own in each)

    def _course(self) -> Course:
        while not self._app.is_open:
            yield 20
        yield _AT_REST
        panel: LibraryPanel = self._window.current_panel
        self._page, self._grid = panel.page, panel.page.grid
        self._model, self._bar = self._page.model, self._grid.verticalScrollBar()
        self._count_painted()
        idle = megabytes()
        self._phase = "open"
        panel.reveal(Search())
        yield from self._complete()
        for phase in (
            self._open, self._jump, self._to_the_last, self._scroll, self._resize, self._zoom,
            self._select, self._sort, self._paint,
        ):  # fmt: skip
            self._phase = phase.__name__.strip("_")
            yield from phase()
        self._phase = "end"
        self.figures["megabytes_over_idle"] = megabytes() - idle

    def _count_painted(self) -> None:
        """Where the delegate gets its pictures to be painted."""
        give = self._give = self._grid._delegate._pixmap

        def counting(key: int) -> Any:
            found = give(key)
            if isinstance(found, QPixmap):
                self._painted.add(key)
            return found

        self._grid._delegate._pixmap = counting

    def _complete(self) -> Course:
        while not self._model.is_complete:
            yield 5

    def _search(self, text: str) -> None:
        self._page.set_search(parse(text))

    # ---- phases

    def _open(self) -> Course:
        # Another list of nearly as many, with no picture in memory.
        self._grid._thumbnails._cache = PixmapCache(_ROOM)
        self._painted.clear()
        began = time.perf_counter()
        self._search("-status:flagged")
        while len(self._painted) < 12:
            yield 2
        self.figures["first_thumbnails_seconds"] = time.perf_counter() - began
        yield from self._complete()
        self.figures["all_rows_seconds"] = time.perf_counter() - began
        self._search("")
        yield from self._complete()
        self.figures["rows"] = self._model.rowCount()
        yield 500

    def _jump(self) -> Course:
        chance = random.Random(3)  # noqa: S311
        for _ in range(60):
            self._bar.setValue(chance.randrange(self._bar.maximum()))
            yield 50

    def _to_the_last(self) -> Course:
        self._bar.setValue(self._bar.maximum())
        row = self._model.rowCount() - 1
        while self._model.media(self._model.key_at(row)) is None:
            yield 5
        cell = self._grid.visualRect(self._model.index(row))
        self.figures["last_row_in_view"] = int(self._grid.viewport().rect().contains(cell))

    def _scroll(self) -> Course:
        for at in range(400):
            self._bar.setValue(self._bar.maximum() * at // 400)
            yield 8

    def _resize(self) -> Course:
        for at in range(40):
            self._window.resize(1000 + 11 * at, 900)
            yield 20

    def _zoom(self) -> Course:
        for at in range(29):
            self._grid.set_zoom(96 + 8 * at)
            yield 20
        self._grid.set_zoom(128)

    def _select(self) -> Course:
        self._grid.selectAll()
        yield 300
        self.figures["selected"] = len(self._grid.selected_keys())
        self._grid.clearSelection()
        yield 200

    def _sort(self) -> Course:
        for order in ("size", "name", "oldest", "newest"):
            self._search("sort:" + order)
            yield from self._complete()
            yield 100

    def _paint(self) -> Course:
        from artitec_media_desktop.storage import DiskCache

        pictures = self._app.services.library._pictures
        for name, cache in (
            ("painted_local_a_second", None),
            # As pictures of a bucket are kept; with room for all, so that none is thrown out.
            ("painted_a_second", DiskCache(self._home.thumbnails, 64 << 30)),
        ):
            pictures._cache = cache
            self._grid._thumbnails._cache = PixmapCache(_ROOM)
            self._bar.setValue(0)
            yield 500
            while self._app.runner.is_busy:
                yield 20  # what the phase before searched for is counted in a million rows
            yield from self._paint_pages(name)

    def _paint_pages(self, name: str) -> Course:
        """A page further whenever nine of ten pictures in view are painted."""
        self._grid._thumbnails._cache = PixmapCache(_ROOM)
        self._painted.clear()
        keys: set[int] = set()
        began = time.perf_counter()
        while len(self._painted) < _PAINTED and time.perf_counter() - began < _LONGEST:
            if len(keys & self._painted) >= len(keys) * 0.9:
                self._bar.setValue(self._bar.value() + self._grid.viewport().height())
                keys = self._keys_in_view()
            yield _LOOK
        self.figures[name] = len(self._painted) / (time.perf_counter() - began)

    def _keys_in_view(self) -> set[int]:
        """Of cells that show at least an edge of their picture."""
        first, last = self._grid.in_view()
        inner = self._grid.viewport().rect().adjusted(0, Cell.PADDING, 0, -Cell.PADDING)
        rows = {
            row: self._grid.visualRect(self._model.index(row)) for row in range(first, last + 1)
        }
        return {self._model.key_at(row) for row, cell in rows.items() if cell.intersects(inner)}


def megabytes() -> float:
    """What this process keeps in memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> int:
    """As the program starts, with a driver at the wheel."""
    qt = QApplication([])
    keep_responsive()
    theme().apply(qt)
    home = Home(Path(sys.argv[1]))
    email, password = os.environ.get("BENCH_ACCOUNT", ":").split(":")
    app = App(home, email=email or None, password=password or None)
    app.settings.set("window/page", "library")
    window = MainWindow(app)
    window.resize(1440, 900)
    window.show()
    window.open()
    drive = Drive(app, window, home)
    drive.start()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
