"""The window that ``benchmarks.moderation`` measures: HOME and milliseconds a key; prints JSON."""

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.responsive import keep_responsive
from artitec_media_desktop.ui.theme import theme

from .moderation import DECISIONS

if TYPE_CHECKING:
    from artitec_media_desktop.ui.panels.moderation import ModerationPanel

#: In milliseconds: what the program does by itself once it is open is over.
_AT_REST = 2_500
_SIZE = (1440, 900)
#: In seconds: a picture that takes longer never comes.
_LONGEST = 10.0

Course = Iterator[float]


class Drive:
    """Presses keys; a course yields how many milliseconds it waits."""

    def __init__(self, app: App, window: MainWindow, pace: int) -> None:
        self._app, self._window, self._pace = app, window, pace
        self._last = time.perf_counter(), time.thread_time()
        self._gaps: list[tuple[float, float]] = []
        self._times: list[float] = []
        self._pressed_at = 0.0
        self._is_measuring = False
        self._watch = QTimer(interval=1)
        self._watch.timeout.connect(self._tick)

    def start(self) -> None:
        """Drive, print what was measured, end the process."""
        self._watch.start()
        self._step(self._course())

    def _tick(self) -> None:
        before, self._last = self._last, (time.perf_counter(), time.thread_time())
        if self._is_measuring:
            gap = tuple((now - then) * 1000 for now, then in zip(self._last, before, strict=True))
            self._gaps.append((gap[0], gap[1]))

    def _step(self, course: Course) -> None:
        try:
            wait = next(course)
        except StopIteration:
            os._exit(0)
        except (Exception, SystemExit):
            traceback.print_exc()
            os._exit(1)
        QTimer.singleShot(int(wait), lambda: self._step(course))

    def _course(self) -> Course:
        while not self._app.is_open:
            yield 20
        self._window.show_page("moderation")
        yield _AT_REST
        panel: ModerationPanel = self._window.current_panel
        panel.stage.painted.connect(self._painted)
        self._is_measuring, began, waited = True, time.perf_counter(), 0.0
        for number in range(DECISIONS):
            since = time.perf_counter()
            while not self._is_ahead(panel):
                if time.perf_counter() - since > _LONGEST:
                    raise SystemExit(f"the picture after {number} decisions does not come")
                yield 1
            waited += time.perf_counter() - since
            self._press(panel, number)
            while len(self._times) <= number:
                yield 1
            yield max(0.0, self._pace - (time.perf_counter() - self._pressed_at) * 1000)
        took = time.perf_counter() - began
        while panel.deciding.steps.count:
            yield 20
        self._is_measuring = False
        self._print(took, waited)

    def _is_ahead(self, panel: "ModerationPanel") -> bool:
        """Whether the next picture was read and scaled."""
        ahead = panel.session.ahead(1)
        if not ahead:
            return False
        pictures = panel.stage._pictures
        return pictures.face(ahead[0].item.media.id, panel.veil(ahead[0])) is not None

    def _press(self, panel: "ModerationPanel", number: int) -> None:
        """As a keyboard does; the time is that of the key that decides."""
        target = self._window.focusWidget() or panel
        keys = {4: (Qt.Key.Key_R, Qt.Key.Key_3), 9: (Qt.Key.Key_F, Qt.Key.Key_4)}
        *first, last = keys.get(number % 20, (Qt.Key.Key_A,))
        for key in first:
            QTest.keyClick(target, key)
        self._pressed_at = time.perf_counter()
        none = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(target, QKeyEvent(kind, last, none, chr(last).lower()))

    def _painted(self, _public_id: str) -> None:
        if self._pressed_at and self._is_measuring:
            self._times.append((time.perf_counter() - self._pressed_at) * 1000)

    def _print(self, took: float, waited: float) -> None:
        ranked, gaps = sorted(self._times), sorted(gap for gap, _ in self._gaps)
        figures = {
            "decisions": len(ranked),
            "on_record": self._on_record(),
            "key_to_paint_p50_ms": ranked[len(ranked) // 2],
            "key_to_paint_p99_ms": ranked[int(len(ranked) * 0.99)],
            "key_to_paint_worst_ms": ranked[-1],
            "worst_gap_ms": gaps[-1],
            "p99_gap_ms": gaps[int(len(gaps) * 0.99)],
            "own_ms": max(own for _, own in self._gaps),
            "decisions_a_second": len(ranked) / took,
            "waited_for_pictures_percent": 100 * waited / took,
        }
        print(json.dumps(figures), flush=True)

    def _on_record(self) -> int:
        with self._app.services.database.read() as tx:
            query = "SELECT count(*) FROM media WHERE moderation_status <> 'pending'"
            return int(tx.execute(text(query)).scalar_one())


def main() -> None:
    """Open the window on the library and drive it."""
    home, pace = Home(Path(sys.argv[1])), int(sys.argv[2])
    qt: Any = QApplication(sys.argv[:1])
    theme().apply(qt)
    keep_responsive()
    app = App(home)
    window = MainWindow(app)
    window.resize(*_SIZE)
    window.show()
    window.open()
    drive = Drive(app, window, pace)
    drive.start()
    qt.exec()


if __name__ == "__main__":
    main()
