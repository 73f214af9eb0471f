"""The library's daily work in the real window, held against the rows of the database."""

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from tests.services.desk import wait_for

WILLOW = "community:CMY-456/photos"
#: The window is 1000 by 860, so narrow that the inspector gives way; four cells in a line.
FIRST_CELL = (500, 240)
#: In the second cell.
SECOND_CELL = (640, 240)
#: In the gap behind the third cell.
BEHIND_THIRD = (852, 240)
#: With the line of the search above it.
FIRST_FOUND = (500, 280)
#: Beside the window, where the other program is.
OUTSIDE = (1160, 220)


@pytest.fixture
def willow(program, tmp_path):
    """Five pictures of which no two look alike, 0.jpg to 4.jpg."""
    chance = random.Random(5)
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(5):
        picture = Image.frombytes("RGB", (8, 8), chance.randbytes(192))
        picture.resize((900, 600)).save(photos / f"{number}.jpg")
    program.command("upload", "--to", WILLOW, str(photos))
    return program


def rows(program, what="original_filename"):
    """Of each media of the place, in the platform's order."""
    library = program.home / "library" / "library.db"
    order = "sort_order, created_at DESC, id DESC"
    query = f"SELECT {what} FROM media WHERE entity_field = 'gallery' ORDER BY {order}"
    with closing(sqlite3.connect(library)) as db:
        found = db.execute(query).fetchall()
    return [each[0] for each in found]


def becomes(program, expected, what="original_filename"):
    wait_for(lambda: rows(program, what) == expected, f"{what}: {expected}")


def test_order_by_drag_alt_text_in_place_a_search_and_an_undone_deletion(desk, willow):
    willow.open()
    desk.open_place("willow")
    before = rows(willow, "id")

    desk.drag(FIRST_CELL, BEHIND_THIRD)
    becomes(willow, ["1.jpg", "2.jpg", "0.jpg", "3.jpg", "4.jpg"])

    desk.keys("Home", "F2")
    desk.type("A garden in June")
    desk.keys("Tab")
    desk.type("Kitchen, from the door")
    desk.keys("Return")
    written = ["A garden in June", "Kitchen, from the door"]
    becomes(willow, [*written, None, None, None], "alt_text")

    desk.keys("slash")
    desk.type("missing:alt")
    desk.keys("Return")
    desk.settle()
    desk.click(*FIRST_FOUND)
    desk.keys("ctrl+a", "Delete")
    becomes(willow, ["1.jpg", "2.jpg"])
    desk.settle()
    desk.keys("ctrl+z")
    becomes(willow, ["1.jpg", "2.jpg", "0.jpg", "3.jpg", "4.jpg"])

    assert rows(willow, "alt_text") == [*written, None, None, None]
    assert rows(willow, "id") == [before[at] for at in (1, 2, 0, 3, 4)]
    findings = willow.command("check")
    assert not any(found for found in findings.values()), findings


@pytest.fixture
def target(desk, tmp_path):
    """A folder into which another program puts what is dropped on it at ``OUTSIDE``."""
    folder = tmp_path / "taken"
    folder.mkdir()
    script = Path(__file__).with_name("drop_target.py")
    desk.start(sys.executable, str(script), str(folder))
    desk.place(desk.window("Drop target"), 1060, 100, 200, 200)
    return folder


def test_what_is_dragged_out_is_the_original_file(desk, willow, target, tmp_path):
    willow.open()
    desk.open_place("willow")
    desk.click(*FIRST_CELL)
    desk.x("keydown", "shift", "mousemove", *SECOND_CELL, "click", 1, "keyup", "shift")
    desk.settle()
    desk.drag(FIRST_CELL, OUTSIDE)
    taken = wait_for(lambda: len(found := sorted(target.iterdir())) == 2 and found, what="the drop")
    assert [each.name for each in taken] == ["0.jpg", "1.jpg"]
    for each in taken:
        assert each.read_bytes() == (tmp_path / "photos" / each.name).read_bytes()
    assert rows(willow) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"]
