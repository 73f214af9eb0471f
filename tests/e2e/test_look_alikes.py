"""A file that looks like one that is here: it asks, both are shown, and R replaces."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from artitec_media_desktop.processing.drawing import draw_room
from tests.services.desk import wait_for

#: The button of the toast, in the window of 1000 by 860 at the corner of the screen.
COMPARE = (903, 788)


@pytest.fixture
def photos(tmp_path):
    """The same room twice: small as it was put on the web, and as it came from the camera."""
    room = Image.open(BytesIO(draw_room(1600, 1200)))
    small, large = tmp_path / "web.jpg", tmp_path / "camera.jpg"
    room.resize((800, 600)).save(small, quality=70)
    room.save(large, quality=92)
    return small, large


@pytest.fixture
def copied(desk):
    def copy(path):
        script = Path(__file__).with_name("drag_source.py")
        desk.start(sys.executable, str(script), str(path))
        desk.place(desk.window("Drag source"), 1020, 60, 200, 200)
        desk.settle()

    return copy


def test_it_asks_and_is_put_in_the_place_of_the_other(desk, program, copied, photos):
    small, large = photos
    program.command("entities")
    options = ("--alt-text", "The living room", "--primary")
    program.command("upload", str(small), "--to", "community:CMY-456/photos", *options)
    (before,) = program.listed("community:CMY-456")["items"]
    program.open()
    desk.open_place("willow")
    copied(large)
    desk.activate(program.window)
    desk.settle()
    desk.keys("ctrl+v")
    wait_for(
        lambda: [each["state"] for each in program.command("queue")].count("asking"),
        what="the question",
    )
    assert program.listed("community:CMY-456")["total"] == 1, "nothing is added unasked"
    desk.settle()
    desk.click(*COMPARE)
    desk.window("Already here")
    desk.settle()
    desk.keys("r")
    wait_for(
        lambda: {each["state"] for each in program.command("queue")} == {"done"},
        what="the replacement",
    )
    (after,) = program.listed("community:CMY-456")["items"]
    assert (after["original_filename"], after["width"]) == ("camera.jpg", 1600)
    assert after["is_primary"] and after["alt_text"] == "The living room"
    assert after["sort_order"] == before["sort_order"]
    assert after["public_id"] != before["public_id"]
