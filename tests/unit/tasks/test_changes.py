"""What others did is noticed, once, and what one did oneself is not."""

import pytest

from artitec_media_desktop.domain.changes import Change, ChangeKind
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.listing import Changed, Mark
from artitec_media_desktop.tasks.changes import Changes, ChangeWatch
from artitec_media_desktop.tasks.runner import Runner


class Library:
    """Writes down what it is asked; answers what was put into ``found``."""

    def __init__(self, whole=True):
        self.asked = []
        self.found = []
        self.error = None
        self.has_whole = whole

    def mark(self, *, whole=False):
        self.asked.append("whole mark" if whole else "mark")
        return Mark(frozenset(), 0, frozenset(), 0 if whole and self.has_whole else None)

    def changed_since(self, mark, shown=()):
        self.asked.append(mark)
        self.shown = shown
        if self.error is not None:
            raise self.error
        return self.found.pop(0) if self.found else Changed(mark)


@pytest.fixture
def runner(qapp):
    runner = Runner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def library():
    return Library()


@pytest.fixture
def watch(runner, library):
    made = ChangeWatch(runner, lambda: library, Changes(), active=5, behind=60_000)
    made.told = []
    made._changes.noticed.connect(made.told.append)
    yield made
    made.stop()


def found(*ids, changes=()):
    return Changed(Mark(frozenset(changes), 0), frozenset(ids))


def test_what_others_did_is_told_once(watch, library, qtbot):
    library.found = [found(7)]
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 5)
    assert [each.ids for each in watch.told] == [{7}]


def test_the_first_looks_tell_how_far_everything_was_seen(watch, library, qtbot):
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 3)
    assert library.asked[:2] == ["mark", "whole mark"]


def test_a_whole_look_is_rare(watch, library, qtbot, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.tasks.changes._SHARE", 1e9)
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 8)
    assert not any(each.is_whole for each in library.asked[2:])


def test_what_is_in_view_is_looked_at_every_time(watch, library, qtbot, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.tasks.changes._SHARE", 1e9)
    watch._changes.in_view = lambda: ["shown"]
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 5)
    assert library.shown == ["shown"]


def test_a_quick_one_is_enough_in_a_file(watch, library, qtbot):
    library.has_whole = False
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 8)
    assert library.asked.count("whole mark") == 1


def test_what_was_done_here_is_taken_as_seen(watch, library, qtbot, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.tasks.changes._SHARE", 1e9)
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 3)
    watch._changes.happened.emit(Change(ChangeKind.EDITED, (), "u", None, 42))
    qtbot.waitUntil(lambda: any(42 in each.changes for each in library.asked[2:]))
    watch.leave_out([Change(ChangeKind.UPLOADED, (), "u", None, each) for each in (43, 44)])
    qtbot.waitUntil(lambda: any({43, 44} <= {*each.changes} for each in library.asked[2:]))


def test_nobody_is_asked_while_nobody_answers(runner, library, qtbot):
    watch = ChangeWatch(runner, lambda: library, Changes(), lambda: False, active=1)
    watch.start()
    qtbot.wait(50)
    assert library.asked == []
    watch.stop()


def test_it_goes_on_after_a_fault(watch, library, qtbot):
    library.error = Transient("gone", "The database does not answer.")
    watch.start()
    qtbot.waitUntil(lambda: len(library.asked) > 4)
    library.error, library.found = None, [found(1)]
    qtbot.waitUntil(lambda: len(watch.told) == 1)


def test_behind_other_windows_it_is_slower(watch, library, qtbot):
    watch.set_active(False)
    watch.start()
    qtbot.waitUntil(lambda: library.asked == ["mark"])
    qtbot.wait(50)
    assert library.asked == ["mark"]
    watch.set_active(True)
    qtbot.waitUntil(lambda: len(library.asked) > 1)


def test_after_stop_nothing_is_told(watch, library, runner, qtbot):
    library.found = [found(7)]
    watch.start()
    watch.stop()
    qtbot.waitUntil(lambda: not runner.is_busy)
    qtbot.wait(20)
    assert watch.told == []
