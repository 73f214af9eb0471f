"""Drops that are no plain files on a place: from a browser, and where no place is."""

import sys
from pathlib import Path

import pytest

from artitec_media_desktop.processing.drawing import draw_room
from tests.services.desk import wait_for

SOURCE = (1060, 100)
START = (SOURCE[0] + 60, SOURCE[1] + 60)
#: In the window of 1000 by 860 at the corner of the screen.
GRID = (700, 500)
RAIL = (30, 500)
ADDRESS = "https://artitec.example/homes/front%20door.jpg?width=900"


@pytest.fixture
def start(desk):
    def start(script, *arguments):
        path = Path(__file__).with_name(script)
        desk.start(sys.executable, str(path), *map(str, arguments))
        window = desk.window("Drag source")
        desk.place(window, SOURCE[0] - 40, SOURCE[1] - 40, 200, 200)

    return start


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "cached"
    path.write_bytes(draw_room(1200, 900))
    return path


def test_a_picture_dragged_from_a_browser_keeps_its_name(desk, program, start, photo):
    program.open()
    desk.open_place("willow")
    start("picture_source.py", ADDRESS, photo)
    desk.drag(START, GRID)
    listed = wait_for(
        lambda: (found := program.listed("community:CMY-456"))["total"] and found,
        what="the row of the picture",
    )
    assert [each["original_filename"] for each in listed["items"]] == ["front door.jpg"]
    assert (listed["items"][0]["width"], listed["items"][0]["height"]) == (1200, 900)
    saved = list((program.home / "pasted").rglob("front door.jpg"))
    assert [each.read_bytes() for each in saved] == [photo.read_bytes()]


def test_an_address_without_a_picture_is_not_taken(desk, program, start):
    program.open()
    desk.open_place("willow")
    start("picture_source.py", ADDRESS)
    desk.drag(START, GRID, RAIL)
    desk.settle()
    assert program.command("queue") == []


@pytest.mark.parametrize("where", ["rail", "alt"])
def test_files_without_a_place_wait_for_one(desk, program, start, photo, where):
    file = photo.rename(photo.with_name("front.jpg"))
    program.open()
    desk.open_place("willow")
    start("drag_source.py", file)
    if where == "alt":
        desk.drag(START, GRID, key="alt")
    else:
        desk.drag(START, RAIL)
    (item,) = wait_for(lambda: program.command("queue"), what="the row of the journal")
    assert item["state"] == "unplaced"
    assert program.listed("community:CMY-456")["total"] == 0
