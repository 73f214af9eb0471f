"""The main job in the real window: drag files from another program, see them, find their rows."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from artitec_media_desktop.processing.drawing import draw_room
from tests.services.desk import PATIENCE, need, wait_for

SOURCE = (1060, 100)
#: In the window of 1000 by 860 at the corner of the screen.
GRID = (700, 500)
COVER_CARD = (634, 96)
#: The third of the four places that a search for “juniper” finds: 8214 E Juniper Ct.
THIRD_PLACE = (277, 170)
FIRST_FOLDER = (1217, 115)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "Häuser am See"
    folder.mkdir()
    room = Image.open(BytesIO(draw_room(1200, 900))).convert("HSV")
    h, s, v = room.split()
    for number in range(3):
        hue = h.point(lambda p, n=number: (p + 60 * n) % 256)
        picture = Image.merge("HSV", (hue, s, v)).convert("RGB")
        picture.rotate(30 * number).save(folder / f"Küche {number}.jpg")
    return folder


@pytest.fixture
def drag_source(desk):
    def start(*paths):
        script = Path(__file__).with_name("drag_source.py")
        desk.start(sys.executable, str(script), *map(str, paths))
        window = desk.window("Drag source")
        desk.place(window, SOURCE[0] - 40, SOURCE[1] - 40, 200, 200)

    return start


def expect_clean(program, entity, names):
    listed = wait_for(
        lambda: (found := program.listed(entity))["total"] >= len(names) and found,
        what=f"{len(names)} rows of {entity}",
    )
    assert sorted(each["original_filename"] for each in listed["items"]) == sorted(names)
    store = program.home / "library" / "uploads"
    for media in listed["items"]:
        assert (store / media["storage_path"]).stat().st_size == media["file_size"]
    findings = program.command("check")
    assert not any(found for name, found in findings.items()), findings
    return listed["items"]


def test_files_dragged_onto_the_page_of_an_entity(desk, program, drag_source, photos):
    files = sorted(photos.iterdir())
    program.open()
    desk.open_place("willow")
    drag_source(*files)
    desk.drag((SOURCE[0] + 60, SOURCE[1] + 60), GRID)
    items = expect_clean(program, "community:CMY-456", [each.name for each in files])
    assert [each["original_filename"] for each in items] == [each.name for each in files]
    assert {each["entity_field"] for each in items} == {"gallery"}


def test_a_file_dragged_onto_a_slot(desk, program, drag_source, photos):
    file = photos / "Küche 1.jpg"
    program.open()
    desk.open_place("willow")
    drag_source(file)
    desk.drag((SOURCE[0] + 60, SOURCE[1] + 60), COVER_CARD)
    (item,) = expect_clean(program, "community:CMY-456", [file.name])
    assert item["entity_field"] == "cover"
    assert item["is_primary"] is True


def test_files_copied_elsewhere_are_pasted(desk, program, drag_source, photos):
    files = sorted(photos.iterdir())
    program.open()
    desk.open_place("copperline")
    drag_source(*files)
    desk.activate(program.window)
    desk.settle()
    desk.keys("ctrl+v")
    items = expect_clean(program, "builder:BLD-012", [each.name for each in files])
    assert {each["entity_field"] for each in items} == {"gallery"}


def test_a_folder_from_the_file_manager_onto_an_entity(desk, program, photos):
    need("pcmanfm", "dbus-run-session", "wmctrl")
    program.open()
    desk.open_place("juniper")
    folder = photos.parent / "shown"
    folder.mkdir()
    photos.rename(folder / photos.name)
    manager = desk.start("dbus-run-session", "--", "pcmanfm", "--no-desktop", str(folder))
    try:
        desk.place(desk.window(folder.name), 1010, 0, 420, 420)
        desk.settle()
        desk.drag(FIRST_FOLDER, THIRD_PLACE)
        names = [f"Küche {number}.jpg" for number in range(3)]
        items = expect_clean(program, "property:789", names)
        assert [each["original_filename"] for each in items] == names
    finally:
        desk.run("wmctrl", "-c", folder.name)
        manager.wait(PATIENCE)
