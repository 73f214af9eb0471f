import threading
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QThread

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.uploads import ItemProgress, UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.tasks import pump
from artitec_media_desktop.tasks.pump import _Speed


class Heard:
    """Everything the pump says, and on which threads."""

    def __init__(self, pump):
        self.items, self.removed, self.changes, self.progress, self.idle = {}, [], [], [], 0
        self.threads = set()
        pump.items_changed.connect(self._items)
        pump.items_removed.connect(self.removed.extend)
        pump.added.connect(self.changes.extend)
        pump.progressed.connect(self.progress.extend)
        pump.idle.connect(self._idle)

    def _items(self, items):
        self.threads.add(QThread.currentThread())
        self.items |= {item.id: item for item in items}

    def _idle(self):
        self.idle += 1

    def states(self):
        return sorted(item.state.value for item in self.items.values())


@pytest.fixture
def app(qapp, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(pump, "_WATCH_MS", 100)
    app = App(Home(tmp_path / "home"))
    opened = []
    app.open(lambda: opened.append(True), pytest.fail)
    qtbot.waitUntil(lambda: bool(opened))
    yield app
    app.close()


@pytest.fixture
def target(app):
    return app.library.target("community:CMY-456/photos")


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.jpg").write_bytes(draw_room(400 + 100 * number, 400))
    return folder


def test_a_drop_is_journaled_and_worked_off(app, target, photos, qtbot):
    heard, batches = Heard(app.pump), []
    app.pump.drop([str(photos)], target, None, pytest.fail, batches.append)
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 4)
    assert batches == [1]
    assert heard.threads == {QThread.currentThread()}
    assert [each.kind for each in heard.changes] == [ChangeKind.UPLOADED] * 4
    qtbot.waitUntil(lambda: heard.idle > 0)
    app.pump.clear_finished()
    qtbot.waitUntil(lambda: len(heard.removed) == 4)
    assert app.uploads.items() == []


def test_cancel_all_ends_every_file(app, target, photos, qtbot, monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr(app.services, "step", lambda _name: gate.wait(60))
    heard = Heard(app.pump)
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: "working" in heard.states())
    app.pump.cancel()
    working = UploadState.WORKING
    qtbot.waitUntil(lambda: all(i.wish or i.state is not working for i in app.uploads.items()))
    gate.set()
    qtbot.waitUntil(lambda: heard.states() == ["skipped"] * 4)
    assert list(app.services.store.list()) == []


def test_who_may_not_is_told(app, target, photos, qtbot):
    app.services.account = app.services.account.__class__("USR-9", "Guest", "buyer")
    errors = []
    app.pump.drop([str(photos)], target, None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "not_allowed"


def test_a_second_window_watches_and_takes_over(app, target, photos, qtbot, tmp_path):
    second, opened = App(Home(tmp_path / "home")), []
    second.open(lambda: opened.append(True), pytest.fail)
    qtbot.waitUntil(lambda: bool(opened))
    qtbot.waitUntil(lambda: app.pump.is_owner)
    assert not second.pump.is_owner
    heard = Heard(second.pump)
    second.pump.drop([str(photos / "0.jpg")], target)
    qtbot.waitUntil(lambda: heard.states() == ["done"])
    # The first process did the work; the pages of the second hear of what came to be all the same.
    assert [each.entities for each in heard.changes] == [{target.entity}]
    app.pump.stop()
    app.runner.shutdown()
    app.pump.release()
    qtbot.waitUntil(lambda: second.pump.is_owner)
    second.pump.drop([str(photos / "1.jpg")], target)
    qtbot.waitUntil(lambda: heard.states() == ["done", "done"])
    second.close()


def test_closing_keeps_what_is_under_way_for_the_next_start(app, target, photos, qtbot, tmp_path):
    gate = threading.Event()
    app.services.step = lambda _name: gate.wait(60)
    heard = Heard(app.pump)
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: "working" in heard.states())
    threading.Timer(0.3, gate.set).start()
    app.close()
    again, opened = App(Home(tmp_path / "home")), []
    heard = Heard(again.pump)
    again.open(lambda: opened.append(True), pytest.fail)
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 4)
    assert {item.state for item in again.uploads.items()} == {UploadState.DONE}
    assert len(list(Path(again.home.objects).rglob("*.jpg"))) == sum(
        1 + len(media.metadata["variants"])
        for media in again.library.media_by_ids([1, 2, 3, 4, 5, 6, 7, 8]).values()
    )
    again.close()


def test_where_a_file_is_is_told_at_a_steady_pace(app, target, photos, qtbot, monkeypatch):
    gate, held, told, rounds = threading.Event(), [], [], []

    def step(name):
        if name == "planned":
            held.append(name)
            gate.wait(60)

    monkeypatch.setattr(app.services, "step", step)
    heard = Heard(app.pump)
    app.pump._watch.timeout.connect(lambda: rounds.append(True))
    app.pump.progressed.connect(told.append)

    def pass_rounds(count, meanwhile=lambda: None):
        seen = len(rounds)
        qtbot.waitUntil(lambda: (meanwhile(), len(rounds) >= seen + count)[1])

    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: len(held) == 4)
    pass_rounds(3)
    assert {each.item_id for each in heard.progress} == {1, 2, 3, 4}
    assert {each.stage for each in heard.progress} <= {"checking", "making"}
    count = len(told)
    pass_rounds(4)
    assert len(told) == count, "what does not move is not told again"
    began = len(rounds)
    pass_rounds(4, lambda: app.pump._keep(ItemProgress(1, "sending", 1, 9)))
    assert 0 < len(told) - count <= len(rounds) - began + 1, "what moves is told once a round"
    gate.set()
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 4)


def test_what_a_person_has_to_see_to_is_told_soon(app, target, photos, qtbot, monkeypatch):
    (photos / "0.jpg").write_bytes(b"no picture")
    gate = threading.Event()
    monkeypatch.setattr(app.services, "step", lambda name: name == "planned" and gate.wait(60))
    heard = Heard(app.pump)
    app.pump._watch.setInterval(600_000)
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: "failed" in heard.states())
    gate.set()
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 3 + ["failed"])


def test_progress_is_told_where_the_journal_is_slow(app, target, photos, qtbot, monkeypatch):
    gate, newer = threading.Event(), app.uploads.newer
    heard = Heard(app.pump)
    qtbot.wait(50)
    monkeypatch.setattr(app.uploads, "newer", lambda *a: gate.wait(60) and newer(*a))
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: len(heard.changes) == 4)
    assert heard.items == {}
    gate.set()
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 4)


def test_files_that_come_while_all_workers_end_are_taken(app, target, photos, qtbot):
    heard = Heard(app.pump)
    for turn in range(12):
        app.pump.drop([str(photos / f"{turn % 4}.jpg")], target)
        qtbot.wait(turn * 7)
    qtbot.waitUntil(lambda: len(heard.states()) == 12)
    qtbot.waitUntil(lambda: set(heard.states()) == {"done", "duplicate"})


def test_fewer_at_a_time_from_now_on(app, target, photos, qtbot, monkeypatch):
    lock, now, most = threading.Lock(), set(), []

    def step(name):
        with lock:
            (now.add if name == "claimed" else now.discard)(threading.get_ident())
            most.append(len(now))
        if name == "claimed":
            sleep(0.05)

    monkeypatch.setattr(app.services, "step", step)
    qtbot.waitUntil(lambda: app.pump.is_owner and not app.pump.is_working)
    app.pump.set_concurrency(1)
    heard = Heard(app.pump)
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: heard.states() == ["done"] * 4)
    assert max(most) == 1


def test_the_speed_is_that_of_the_stage():
    seen = []
    report = _Speed(seen.append)
    report(ItemProgress(1, "making", 0, 0))
    report(ItemProgress(1, "sending", 0, 1000))
    sleep(0.05)
    report(ItemProgress(1, "sending", 500, 1000))
    assert [each.bytes_per_second for each in seen[:2]] == [0, 0]
    assert 0 < seen[2].bytes_per_second <= 10_000


def test_a_lock_nobody_heard_of_yet_is_released_too(app, qtbot, tmp_path):
    qtbot.waitUntil(lambda: app.pump.is_owner)
    app.pump._owner = False  # as if the worker's answer were still on its way
    app.close()
    again, opened = App(Home(tmp_path / "home")), []
    again.open(lambda: opened.append(True), pytest.fail)
    qtbot.waitUntil(lambda: again.pump.is_owner)
    again.close()


def test_the_number_of_files_at_a_time_is_bounded_whatever_the_settings_say(qapp, tmp_path):
    home = Home(tmp_path / "home")
    for written, counts in ((5_000, 10), (-1, 1), (3, 3), ("many", 5)):
        settings = Settings(home.settings)
        settings.set("uploads.concurrency", written)
        settings.save()
        app = App(home)
        assert app.pump._concurrency == counts
        app.close()


def test_hurrying_tries_at_once_what_waits(app, target, photos, qtbot, monkeypatch):
    monkeypatch.setattr("random.uniform", lambda *_: 1000)  # half an hour to the next try
    heard = Heard(app.pump)
    app.services.step = _fail_once()
    app.pump.drop([str(photos / "0.jpg")], target)
    qtbot.waitUntil(lambda: any(item.error for item in heard.items.values()))
    app.pump.hurry()
    qtbot.waitUntil(lambda: heard.states() == ["done"])


def _fail_once():
    failed = []

    def step(_name):
        if not failed:
            failed.append(True)
            raise Transient("database_gone", "The database does not answer.")

    return step


def test_a_window_is_not_held_up_by_what_is_still_under_way(app, target, photos, qtbot):
    gate, went_on = threading.Event(), []
    app.services.step = lambda _name: gate.wait(60) and went_on.append(True)
    heard = Heard(app.pump)
    app.pump.drop([str(photos)], target)
    qtbot.waitUntil(lambda: "working" in heard.states())
    ended = []
    app.end(lambda: ended.append(True))
    assert not ended and not went_on
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
