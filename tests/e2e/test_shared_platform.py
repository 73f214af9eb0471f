"""The real window on a real platform: MariaDB and an S3 server, by keyboard."""

import sys

import pytest
from PIL import Image

from tests.services.desk import wait_for
from tests.services.mariadb import PASSWORD
from tests.services.mariadb import platform_of as platform_of
from tests.services.mariadb import server as server
from tests.services.seaweedfs import s3_server as s3_server
from tests.services.team import team as team

from .test_main_job import drag_source as drag_source
from .test_main_job import photos as photos

DANA = "dana.reyes@artitec.example"
#: In the window of 1000 by 860 at the corner of the screen.
DOT = (26, 755)
IMPORT, TEST = (691, 355), (728, 510)
#: The marks of a test's steps stand below each other; so many are in view.
MARKS, STEPS = (202, 490, 830), 6
GREEN, AMBER, RED = (0x1A, 0x75, 0x44), (0x8A, 0x57, 0x00), (0xB9, 0x2C, 0x2C)


@pytest.fixture
def shared(program, team):
    """The program in an environment that names the team's servers; it asks who signs in."""
    program.desk.env |= team.environment
    program.desk.env["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    program.open(ready=lambda: asks(program))
    return program


def asks(program):
    """The log begins long before: a busy machine takes seconds from there to the question."""
    log = program.home / "logs" / "media.log"
    return log.exists() and "not open: no_account" in log.read_text()


def sign_in(program, email=DANA):
    desk = program.desk
    desk.type(email)
    desk.keys("Tab")
    desk.type(PASSWORD)
    desk.keys("Return")
    log = program.home / "logs" / "media.log"
    wait_for(lambda: "opened environment" in log.read_text(), what="signing in")
    desk.settle()


def color(desk, path, at):
    desk.screenshot(path)
    with Image.open(path) as picture:
        return picture.convert("RGB").getpixel(at)


def rows(team):
    return team.platform.query(
        "SELECT original_filename, storage_path, entity_type, uploaded_by FROM media "
        "WHERE original_filename LIKE 'Küche%%' ORDER BY sort_order"
    )


def test_signed_in_by_keyboard_files_are_pasted_for_the_team(shared, team, drag_source, photos):
    files = sorted(photos.iterdir())
    sign_in(shared)
    shared.desk.open_place("willow")
    drag_source(*files)
    shared.desk.activate(shared.window)
    shared.desk.settle()
    shared.desk.keys("ctrl+v")
    found = wait_for(lambda: len(found := rows(team)) == len(files) and found, what="the rows")
    assert [name for name, *_ in found] == [each.name for each in files]
    store = team.store()
    for name, path, entity_type, _ in found:
        assert entity_type == "community"
        assert store.info(path) is not None, name
    store.close()


def test_what_one_may_not_add_to_takes_nothing(shared, team, drag_source, photos):
    sign_in(shared, "priya@artitec.example")
    shared.desk.open_place("willow")
    drag_source(*sorted(photos.iterdir()))
    shared.desk.activate(shared.window)
    shared.desk.settle()
    shared.desk.keys("ctrl+v")
    shared.desk.settle()
    assert rows(team) == ()


def is_near(one, other):
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def test_the_server_goes_and_comes_back_and_the_window_says_so(shared, team, tmp_path):
    sign_in(shared)
    desk, picture = shared.desk, tmp_path / "dot.png"
    wait_for(lambda: is_near(color(desk, picture, DOT), GREEN), what="the green dot")
    team.platform.server.stop()
    try:
        desk.keys("F5")
        wait_for(lambda: is_near(color(desk, picture, DOT), AMBER), what="the amber dot")
        wait_for(lambda: is_near(color(desk, picture, DOT), RED), what="the red dot")
    finally:
        team.platform.server.start()
    wait_for(lambda: is_near(color(desk, picture, DOT), GREEN), what="the green dot again")


def marks(desk, path):
    """How many marks are green; none may be red."""
    x, top, bottom = MARKS
    desk.screenshot(path)
    with Image.open(path) as picture:
        column = [picture.convert("RGB").getpixel((x, y)) for y in range(top, bottom)]
    assert not any(is_near(each, RED) for each in column)
    green = [is_near(each, GREEN) for each in column]
    return sum(now and not before for before, now in zip([False, *green], green, strict=False))


def test_an_env_is_imported_and_tried(shared, team, tmp_path):
    desk = shared.desk
    copied, clipboard = tmp_path / "copied.txt", tmp_path / "clipboard"
    copied.write_text(team.env)
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]); "
        "a.clipboard().setText(open(sys.argv[1]).read()); open(sys.argv[2], 'w').close(); a.exec()"
    )
    desk.start(sys.executable, "-c", script, str(copied), str(clipboard))
    wait_for(clipboard.exists, what="the clipboard")
    desk.keys("ctrl+comma")
    desk.settle()
    desk.click(*IMPORT)
    desk.settle()
    desk.keys("ctrl+v")
    desk.settle()
    desk.keys("Tab", "Tab", "Tab", "Return")
    desk.settle()
    desk.keys("Return")  # it is named already: Enter saves
    kept = shared.home / "profiles.json"
    wait_for(kept.exists, what="the profile")
    assert team.bucket in kept.read_text()
    assert team.s3.admin[1] not in kept.read_text()
    desk.settle()
    desk.click(*TEST)
    wait_for(lambda: marks(desk, tmp_path / "steps.png") >= STEPS, what="the test")
