"""Two windows of one home: one queue, whichever window is asked, and whichever goes first."""

import json
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from tests.services.desk import PATIENCE, turn_to, wait_for

COUNT = 20


@pytest.fixture
def photos(tmp_path):
    """Pictures of which no two look alike, large enough to take a while."""
    chance = random.Random(4)
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(2 * COUNT):
        picture = Image.frombytes("RGB", (8, 8), chance.randbytes(192))
        picture.resize((4800, 3200)).save(folder / f"{number:02}.jpg", quality=90)
    return sorted(folder.iterdir())


@pytest.fixture
def copied(desk):
    """Another program, which has copied files."""
    started = []

    def copy(paths):
        for process in started:
            process.terminate()
            process.wait(PATIENCE)
        script = Path(__file__).with_name("drag_source.py")
        started[:] = [desk.start(sys.executable, str(script), *map(str, paths))]
        desk.place(desk.window("Drag source"), 1020, 60, 200, 200)

    return copy


def paste(desk, copied, program, paths):
    copied(paths)
    turn_to(desk, program)
    desk.keys("ctrl+1")
    desk.settle()
    desk.keys("ctrl+v")


def states(program):
    """How many files of the journal are in which state; a command would take too long to start."""
    (journal,) = program.home.rglob("uploads.db")
    with closing(sqlite3.connect(journal)) as db:
        return dict(db.execute("SELECT state, COUNT(*) FROM uploads GROUP BY state"))


def test_the_second_joins_and_takes_over(desk, program, second, copied, photos):
    program.home.mkdir()
    (program.home / "settings.json").write_text(json.dumps({"uploads.concurrency": 1}))
    program.open()
    second.open()
    turn_to(desk, second)
    desk.open_place("willow")

    # What is dropped in the second is sent by the first, and rests when the second says so.
    paste(desk, copied, second, photos[:COUNT])
    desk.keys("ctrl+2")
    wait_for(lambda: "done" in states(program), what="the first file")
    desk.click(700, 500)  # a file: the list has the keyboard
    desk.keys("shift+space")
    paused = wait_for(
        lambda: (now := states(program)).keys() <= {"paused", "done"} and now, what="the pause"
    )
    assert paused.get("paused"), paused
    desk.settle()
    assert states(program) == paused
    desk.keys("shift+space")
    wait_for(lambda: states(program) == {"done": COUNT}, "all of the first batch")

    # The first asks before it goes; the second goes on with what it leaves.
    paste(desk, copied, second, photos[COUNT:])
    wait_for(lambda: "working" in states(program), what="the first file")
    turn_to(desk, program)
    desk.keys("ctrl+q")
    desk.window("^Quit$")
    assert program.process.poll() is None
    desk.keys("Return")
    assert program.process.wait(PATIENCE) == 0
    assert states(second).get("done", 0) < 2 * COUNT, "it waits for one file, not for all of them"
    wait_for(lambda: states(second) == {"done": 2 * COUNT}, "all of the second batch")
    listed = second.command("list", "--entity", "community:CMY-456", "--limit", "100")
    assert listed["total"] == 2 * COUNT
    findings = second.command("check")
    assert not any(found for name, found in findings.items()), findings


def test_open_with_goes_into_the_queue_of_the_window_that_is_there(program, second, photos):
    program.open()
    second.open(paths=photos[:2])
    wait_for(lambda: states(program) == {"unplaced": 2}, what="both in the journal")
    second.close()
    assert states(program) == {"unplaced": 2}
