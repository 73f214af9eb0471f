"""A clean-up session by keys: three groups, accepted, told apart, and taken back."""

import random

import pytest
from PIL import Image, ImageDraw

from tests.services.desk import wait_for

PLACE = "community:CMY-456"


def scene(seed):
    """A picture like no other one."""
    chance = random.Random(seed)
    image = Image.new("RGB", (1600, 1200), tuple(chance.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(1500), chance.randrange(1100)
        wide, high = chance.randrange(60, 500), chance.randrange(60, 400)
        color = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle((x, y, x + wide, y + high), fill=color)
    return image


@pytest.fixture
def photos(tmp_path):
    """Three pictures as they came from the camera, and as they were put on the web."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, width in ((1, 1200), (2, 900), (3, 600)):
        image = scene(number)
        image.save(folder / f"camera-{number}.jpg", quality=92)
        image.resize((width, width * 3 // 4)).save(folder / f"web-{number}.jpg", quality=70)
    return folder


def names(program):
    return {each["original_filename"]: each for each in program.listed(PLACE)["items"]}


def test_three_groups_are_decided_by_keys(desk, program, photos):
    program.command("entities")
    program.command("upload", str(photos), "--to", f"{PLACE}/photos", "--on-duplicate", "keep")
    web = names(program)["web-1.jpg"]
    program.command("edit", web["public_id"], "--alt-text", "The front door", "--tags", "door")
    program.open()
    desk.keys("ctrl+3")
    desk.settle()
    desk.keys("Return")
    wait_for(lambda: "web-1.jpg" not in names(program), what="the first group to be merged")
    kept = names(program)["camera-1.jpg"]
    assert (kept["alt_text"], kept["tags"]) == ("The front door", ["door"])
    desk.keys("n", "z")
    desk.settle()
    assert {"camera-2.jpg", "web-2.jpg"} <= set(names(program))
    desk.keys("Return")
    wait_for(lambda: "web-2.jpg" not in names(program), what="the group that came back")
    desk.keys("n")
    desk.settle()
    assert set(names(program)) == {"camera-1.jpg", "camera-2.jpg", "camera-3.jpg", "web-3.jpg"}
    desk.keys("z", "z")
    wait_for(lambda: "web-2.jpg" in names(program), what="the merge to be taken back")
