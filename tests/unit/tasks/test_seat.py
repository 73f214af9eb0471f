"""A window that is gone leaves its seat behind, and with it what it held in review."""

import subprocess
import sys

import pytest

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.errors import Forbidden
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.tasks.seat import Seat
from tests.unit.services.rows import add

ALL = QueueFilter()


class Queue:
    """Notes what it is told."""

    def __init__(self, error=None):
        self.seat, self.freed, self._error = "", [], error

    def free(self, seats):
        self.freed.append(seats)
        if self._error is not None:
            raise self._error


def leave(folder):
    """Sit down there in a process that ends without a word; the seat's name."""
    code = (
        "import os, sys; from pathlib import Path; from types import SimpleNamespace;"
        "from artitec_media_desktop.tasks.seat import Seat;"
        "seat, queue = Seat(), SimpleNamespace(free=lambda seats: None);"
        "seat.take(Path(sys.argv[1]), queue); print(queue.seat, flush=True); os._exit(9)"
    )
    words = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(words, capture_output=True, text=True, timeout=60).stdout.strip()


def test_only_who_is_gone_has_left_a_seat(tmp_path):
    first, second, third = Queue(), Queue(), Queue()
    seats = [Seat(), Seat(), Seat()]
    seats[0].take(tmp_path, first)
    gone = leave(tmp_path)
    seats[1].take(tmp_path, second)
    seats[2].take(tmp_path, third)
    assert len({first.seat, second.seat, third.seat, gone} - {""}) == 4
    assert [first.freed, second.freed, third.freed] == [[[]], [[gone]], [[]]]
    for each in (*seats, Seat()):
        each.release()
    assert not [*tmp_path.iterdir()]


def test_without_a_seat_one_works_all_the_same(tmp_path):
    (tmp_path / "seats").write_text("in the way")
    for folder, error in (("seats", None), ("other", Forbidden("read_only", "It is old."))):
        seat, queue = Seat(), Queue(error)
        seat.take(tmp_path / folder, queue)
        seat.release()
        assert bool(queue.seat) is bool(error)


def test_a_new_window_does_not_wait_for_one_that_is_gone(qapp, qtbot, tmp_path):
    app = App(Home(tmp_path))

    def opened():
        done = []
        app.open(lambda: done.append(True), pytest.fail)
        qtbot.waitUntil(lambda: bool(done))
        return app.review_queue

    queue = opened()
    ids = add(app.services, 2, moderation_status=ModerationStatus.PENDING)
    queue.seat = leave(app.services.home.seats)
    assert len(queue.take(ALL, 2)) == 2
    queue = opened()
    taken = queue.take(ALL, 2)
    assert [each.item.public_id for each in taken] == ids
    assert all(each.lease.token.startswith(queue.seat) for each in taken)
    app.close()
    assert not [*app.services.home.seats.iterdir()]
