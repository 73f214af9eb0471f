"""Two computers that add to the same place of the team's library at the same time."""

import json
import os
import subprocess
import sys

import pytest

from artitec_media_desktop.processing.drawing import draw_room
from tests.services.mariadb import PASSWORD

EMAIL = "ada.admin@artitec.example"
FILES = 8


class Machine:
    """A home of its own, on the team's servers."""

    def __init__(self, root, team):
        self.root = root
        self.photos = root / "photos"
        self.photos.mkdir(parents=True)
        self.environment = (
            os.environ | team.environment | {"ARTITEC_MEDIA_PASSWORD": PASSWORD, "TZ": "UTC"}
        )

    def draw(self, count, width):
        for number in range(count):
            (self.photos / f"{self.root.name}{number}.jpg").write_bytes(
                draw_room(width + 40 * number, 300)
            )

    def start(self, *words):
        program = (sys.executable, "-m", "artitec_media_desktop", "--home", str(self.root / "home"))
        return subprocess.Popen(
            [*program, "--as", EMAIL, *words, "--json"],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words):
        return answer(self.start(*words))


def answer(process):
    with process.stdout:
        said = process.stdout.read()
    assert process.wait(180) == 0, said
    return json.loads(said)


@pytest.fixture
def machines(team, tmp_path):
    team.platform.query("DELETE FROM media")
    made = [Machine(tmp_path / name, team) for name in "ab"]
    for width, each in zip((300, 700), made, strict=True):
        each.draw(FILES, width)
    return made


def upload_at_once(machines, *options):
    words = ("--on-duplicate", "keep", *options)
    started = [each.start("upload", str(each.photos), *words) for each in machines]
    return [answer(each) for each in started]


def test_both_keep_their_order_and_no_two_have_the_same_place(machines, team):
    results = upload_at_once(machines, "--to", "community:CMY-456/photos", "--primary")
    assert [each["uploaded_count"] for each in results] == [FILES, FILES]
    rows = team.platform.query(
        "SELECT public_id, storage_path, sort_order, original_filename, is_primary"
        " FROM media ORDER BY sort_order"
    )
    assert len(rows) == 2 * FILES
    for column in range(3):
        assert len({row[column] for row in rows}) == 2 * FILES, rows
    names = [row[3] for row in rows]
    for name in "ab":
        mine = [each for each in names if each.startswith(name)]
        assert mine == [f"{name}{number}.jpg" for number in range(FILES)]
    assert sum(row[4] for row in rows) == 1
    assert machines[0].run("check")["orphan_objects"] == []


def test_a_place_for_one_file_has_one_primary(machines, team):
    upload_at_once(machines, "--to", "community:CMY-456/cover")
    rows = team.platform.query("SELECT is_primary, storage_path FROM media")
    assert len({row[1] for row in rows}) == len(rows) == 2 * FILES
    assert sum(row[0] for row in rows) == 1
