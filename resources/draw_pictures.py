"""Takes the pictures of the README: the real window, offscreen, on a library made for it.

Run: python resources/draw_pictures.py
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QEventLoop, QItemSelection, QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels.library.grid.view import GridView
from artitec_media_desktop.ui.showcase import sample_photos
from artitec_media_desktop.ui.theme import Mode, theme

PICTURES = Path(__file__).parent / "pictures"
COVER = "kitchen-island.jpg"
COPIES = 10


def main() -> int:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    qt = QApplication([])
    theme().apply(qt)
    with tempfile.TemporaryDirectory() as folder:
        app = App(Home(Path(folder) / "home"))
        window = MainWindow(app)
        window.show()
        window.open()
        wait(lambda: window.is_open)
        for place, paths, options in uploads(Path(folder)):
            app.pump.drop(paths, app.library.target(place), options)
        wait(lambda: window.queue.is_loaded and is_done(window))
        window.show_page("library")
        panel = window.current_panel
        if panel is not None:
            panel.reveal(willow(app).entity)
            pause(800)
            select(panel, 3)
        take(app, window, Mode.LIGHT, "library-light.png")
        window.show_page("uploads")
        take(app, window, Mode.DARK, "uploads-dark.png")
        before = len(window.queue.items)
        for place, paths, options in copies(Path(folder)):
            app.pump.drop(paths, app.library.target(place), options)
        wait(lambda: len(window.queue.items) == before + COPIES and all_final(window))
        window.show_page("duplicates")
        take(app, window, Mode.DARK, "duplicates-dark.png")
        before = len(window.queue.items)
        waiting = {
            "on_duplicate": OnDuplicate.KEEP,
            "caption": "The first evening in our new home.",
        }
        for path in sample_photos():
            app.pump.drop([path], app.library.target("post:1/media"), UploadOptions(**waiting))
        wait(lambda: len(window.queue.items) > before and all_final(window))
        window.show_page("moderation")
        pause(2000)
        for key in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_5, Qt.Key.Key_A):
            QTest.keyClick(window.focusWidget() or window, key)
            pause(500)
        take(app, window, Mode.DARK, "moderation-dark.png")
        window.close()
    return 0


def uploads(folder: Path) -> Iterator[tuple[str, list[str], UploadOptions | None]]:
    """Photos with alt text, a cover, some on a pool, and two files that can't be added."""
    samples = sample_photos()
    for path in samples:
        words = Path(path).stem.replace("-", " ").capitalize()
        options = UploadOptions(alt_text=words, primary="front-elevation" in path)
        yield "community:CMY-456/photos", [path], options
    yield "community:CMY-456/cover", [each for each in samples if COVER in each], None
    pool = [each for each in samples if "pool" in each]
    yield "amenity:AMN-1/photos", pool, None
    large = folder / "IMG_4193.TIF"
    large.write_bytes(b"II*\0" + b"\0" * (28 << 20))
    notes = folder / "notes.jpg"
    notes.write_text("Open house on Saturday.\n" * 100)
    yield "property:789/photos", [*samples[:4], str(large), str(notes)], None


def copies(folder: Path) -> Iterator[tuple[str, list[str], UploadOptions | None]]:
    """What a clean-up finds: photos at half their size, in a worse quality, or cut at the sides."""
    keep = {"on_duplicate": OnDuplicate.KEEP}
    homes = ["PROP-786", "PROP-787", "PROP-788", "PROP-1042", "PROP-1043"]
    for home, path in zip(homes, sample_photos(), strict=False):
        with Image.open(path) as photo:
            wide, high = photo.size
            copy = photo.convert("RGB").resize((wide // 2, high // 2))
        web = folder / f"{Path(path).stem}-web.jpg"
        copy.save(web, quality=70)
        words = Path(path).stem.replace("-", " ").capitalize()
        yield f"property:{home}/photos", [path], UploadOptions(**keep)
        yield (
            f"property:{home}/photos",
            [str(web)],
            UploadOptions(alt_text=words, tags=("dusk", "model-home"), **keep),
        )


def willow(app: App) -> Target:
    """The community that is shown."""
    return app.library.target("community:CMY-456/photos")


def select(panel: Panel, count: int) -> None:
    """The first media of the grid, for the inspector."""
    grid = panel.findChild(GridView)
    model = grid.model()
    some = QItemSelection(model.index(0, 0), model.index(count - 1, 0))
    grid.selectionModel().select(some, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def is_done(window: MainWindow) -> bool:
    """Whether every file has come to its end."""
    return len(window.queue.items) >= len(sample_photos()) + 8 and all_final(window)


def all_final(window: MainWindow) -> bool:
    """Whether no file waits or is on its way."""
    return all(item.state.is_final for item in window.queue.items.values())


def take(app: App, window: MainWindow, mode: Mode, name: str) -> None:
    """Save the window in one theme once nothing is on its way any more."""
    theme().set_mode(mode)
    window.resize(1440, 900)
    for _ in range(2):  # small pictures are begun once a list has rested
        pause(800)
        wait(lambda: not app.runner.is_busy)
    for toast in range(20):
        if not window.toasts.dismiss_newest():
            break
        pause(10 + toast)
    pause(300)
    window.grab().save(str(PICTURES / name))
    print(PICTURES / name)


def wait(check: Callable[[], bool]) -> None:
    """Let events be handled until it is so."""
    while not check():
        pause(50)


def pause(milliseconds: int) -> None:
    """Let events be handled for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
