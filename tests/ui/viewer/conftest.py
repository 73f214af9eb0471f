"""Rows in memory, a library that draws pictures of any size, and a runner to be held."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QAbstractListModel, QBuffer, QIODevice, QModelIndex, QObject, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.domain.errors import Cancelled, MediaError, NotFound, Permanent
from artitec_media_desktop.domain.media import EMBED_CONTENT_TYPE, Media, MediaType
from artitec_media_desktop.ui.viewer import Viewer

COLORS = ("#c03030", "#30c030", "#3030c0", "#c0c030", "#30c0c0", "#c030c0")


def picture(width=800, height=600, color="#808080"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def media(key, **facts):
    values = {
        "id": key, "public_id": f"MED-1-{key:06}", "filename": f"{key}.jpg",
        "original_filename": f"IMG_{key:04}.jpg", "media_type": MediaType.IMAGE,
        "content_type": "image/jpeg", "file_size": 2 << 20, "entity_type": "community",
        "entity_id": 1, "entity_field": "gallery", "storage_path": f"{key}.jpg",
        "original_url": f"{key}.jpg", "width": 3200, "height": 2400,
    }  # fmt: skip
    return Media(**values | facts)


def video(key, **facts):
    kind = {"media_type": MediaType.VIDEO, "content_type": "video/mp4", "duration": 42}
    return media(key, **kind | facts)


def link(key):
    address = "https://tour.example/willow"
    return video(key, content_type=EMBED_CONTENT_TYPE, source_url=address, width=None)


class Task:
    def __init__(self):
        self.cancelled = False

    def cancel(self):
        self.cancelled = True

    def check_cancelled(self):
        if self.cancelled:
            raise Cancelled


class Runner:
    """Work is done at once, or, while ``held``, in any order that a test likes."""

    def __init__(self):
        self.held = False
        self.jobs = []

    def run(self, fn, on_done=None, on_error=None, on_progress=None, on_cancelled=None, **_):
        task = Task()

        def job(late=False):
            try:
                if not late:
                    task.check_cancelled()
                result = fn(Task() if late else task)
            except Cancelled:
                return
            except MediaError as error:
                on_error(error)
            else:
                on_done(result)

        if self.held:
            self.jobs.append(job)
        else:
            job()
        return task

    def release(self, late=False):
        """``late``: work that was cancelled too late gives its answer all the same."""
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job(late)


class Library:
    def __init__(self):
        self.asked = []
        self.missing = set()
        self.fault = None
        self.url = "file:///tmp/video.mp4"

    def _check(self, row):
        if self.fault is not None:
            raise self.fault
        if row.id in self.missing:
            text = f"The file of “{row.original_filename}” is not in the storage."
            raise NotFound("not_in_storage", text)

    def picture(self, row, pixels):
        self.asked.append(("picture", row.id))
        self._check(row)
        return picture(400, 300, COLORS[row.id % 6])

    def original(self, row):
        self.asked.append(("original", row.id))
        self._check(row)
        return picture(row.width, row.height, COLORS[row.id % 6])

    def playable(self, row):
        self.asked.append(("playable", row.id))
        self._check(row)
        return self.url


class Rows(QAbstractListModel):
    rows_changed = Signal()

    def __init__(self, items):
        super().__init__()
        self.items = {each.id: each for each in items}
        self.keys = list(self.items)
        self.needed = set()

    def rowCount(self, parent=None):
        return len(self.keys)

    def data(self, index, role=0):
        return None

    def key_at(self, row):
        return self.keys[row]

    def row_of(self, key):
        return self.keys.index(key) if key in self.keys else None

    def item(self, key):
        return self.items.get(key)

    def need_keys(self, keys):
        self.needed.update(keys)

    def come(self, row):
        self.items[row.id] = row
        index = self.index(self.keys.index(row.id))
        self.dataChanged.emit(index, index)

    def remove(self, key):
        at = self.keys.index(key)
        self.beginRemoveRows(QModelIndex(), at, at)
        self.keys.remove(key)
        self.items.pop(key, None)
        self.endRemoveRows()
        self.rows_changed.emit()


class Player(QObject):
    framed = Signal(object)
    moved = Signal(int, int)
    played = Signal(bool)
    failed = Signal()

    def __init__(self, parent=None):
        super().__init__(parent)
        self.calls = []
        self.is_playing = False
        self.is_muted = True

    def open(self, url):
        self.calls.append(url)

    def play(self):
        self.is_playing = True
        self.played.emit(True)

    def pause(self):
        self.is_playing = False
        self.played.emit(False)

    def seek(self, position):
        self.calls.append(position)

    def set_muted(self, muted):
        self.is_muted = muted

    def close(self):
        self.is_playing = False
        self.calls.append("close")


class Settings(dict):
    def set(self, key, value):
        self[key] = value


@pytest.fixture
def app():
    return SimpleNamespace(runner=Runner(), library=Library(), settings=Settings())


@pytest.fixture
def make():
    return SimpleNamespace(media=media, video=video, link=link, picture=picture)


@pytest.fixture
def players():
    return []


@pytest.fixture
def view(app, qtbot, light, players):
    """Opens the viewer over a window of 1000 × 700."""

    def open_one(items, key=None, selected=(), make_player=None):
        def player(parent):
            players.append(Player(parent))
            return players[-1]

        window = QWidget()
        qtbot.addWidget(window)
        window.resize(1000, 700)
        rows = Rows(items)
        viewer = Viewer(app, window, rows, "Willow Creek, Photos", selected, make_player or player)
        viewer.rows = rows
        viewer.window_below = window
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        viewer.open(items[0].id if key is None else key)
        return viewer

    return open_one


@pytest.fixture
def no_player():
    def fail(_parent):
        raise Permanent("no_player", "QtMultimedia is missing.")

    return fail
