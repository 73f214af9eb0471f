"""The command line where the way to the library is wrong: one sentence, and nothing is lost."""

import json
import os
import subprocess
import sys

import pytest
from PIL import Image

from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.storage import S3Store
from tests.services.mariadb import PASSWORD
from tests.services.team import Team

EMAIL = "ada.admin@artitec.example"
PHOTOS = ("--to", "community:CMY-456/photos")
#: Seconds after which what did not happen is a fault, on a machine that is busy.
SOON = 120


class Place:
    """The command line on a home of its own, with the team's variables in its environment."""

    def __init__(self, home, team):
        self.home = home
        self.environment = os.environ | team.environment | {"ARTITEC_MEDIA_PASSWORD": PASSWORD}

    def __call__(self, *words, **changes):
        """The exit status, what was answered, and what was said to the person."""
        done = subprocess.run(
            [sys.executable, "-m", "artitec_media_desktop", "--home", str(self.home),
             "--as", EMAIL, *words, "--json"],
            env=self.environment | changes, capture_output=True, text=True, timeout=SOON,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout), done.stderr

    def states(self, **changes):
        return {each["state"] for each in self("queue", **changes)[1]}


@pytest.fixture
def place(team, tmp_path):
    team.platform.query("DELETE FROM media")
    return Place(tmp_path / "home", team)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(draw_room(400 + 50 * number, 300))
    return str(folder)


def test_what_keeps_one_from_the_database(place, team):
    url = team.environment["DATABASE_URL"]
    team.platform.query("CREATE OR REPLACE USER 'app'@'127.0.0.1' IDENTIFIED BY 'right'")
    for changes, word in (
        ({"DATABASE_URL": url.replace("root@", "app:wr0ng@")}, "password"),
        ({"DATABASE_URL": url.replace(str(team.platform.server.port), "1")}, "does not answer"),
        ({"ARTITEC_MEDIA_PASSWORD": "wr0ng"}, "password"),
    ):
        status, answer, said = place("list", **changes)
        assert status == 3
        assert word in said
        assert "wr0ng" not in said + str(answer)
        assert answer["error"]["message"] in said


def test_a_bucket_that_comes_to_be_later_and_a_key_that_gets_its_rights(place, team, photos):
    later = {"S3_BUCKET_NAME": "later"}
    status, answer, _ = place("upload", photos, *PHOTOS, **later)
    assert status == 3
    assert {each["code"] for each in answer["failed"]} == {"no_bucket"}
    assert "“later”" in answer["failed"][0]["message"]
    assert place.states(**later) == {"queued"}

    store = S3Store(team.s3.settings("later"))
    store.setup.set_up()
    access, secret = team.s3.writer
    key = {"AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret}
    status, items, _ = place("queue", "resume", **later, **key)
    assert status == 4
    assert {(each["state"], each["error"]["code"]) for each in items} == {
        ("queued", "storage_denied")
    }

    status, items, _ = place("queue", "resume", **later)
    assert (status, {each["state"] for each in items}) == (0, {"done"}), items
    assert place("check", **later)[0] == 0
    for each in list(store.list()):
        store.delete(each.key)
    store.close()


def test_a_table_that_was_migrated_by_half(platform_of, team, tmp_path, photos):
    """Some of the columns and one of our tables are there: somebody pulled the plug."""
    platform = platform_of("oldest")
    platform.query("ALTER TABLE media ADD COLUMN tags JSON NULL, ADD COLUMN is_primary BOOL NULL")
    platform.query(f"CREATE TABLE media_fields LIKE {team.platform.name}.media_fields")
    place = Place(tmp_path / "home", Team(platform, team.s3, team.bucket))
    status, listed, _ = place("list")
    assert status == 0
    there = listed["total"]
    status, _, said = place("upload", photos, *PHOTOS)
    assert status == 4
    assert "artitec-media migrate" in said
    assert place("migrate")[0] == 0
    status, answer, _ = place("upload", photos, *PHOTOS)
    assert (status, answer["uploaded_count"]) == (0, 3)
    assert place("list")[1]["total"] == there + 3


#: No file may grow beyond 300 KB until one has met that; by then it has two more tries.
FULL_DISK = """
import resource, sqlite3, sys, threading, time
from contextlib import closing

def met(journal):
    query = "SELECT COUNT(*) FROM uploads WHERE error_code IS NOT NULL"
    try:
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # it is still to be made

def get_room(journal):
    while not met(journal):
        time.sleep(0.02)
    limit(resource.RLIM_INFINITY)

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

limit(300_000)
threading.Thread(target=get_room, args=(sys.argv.pop(1),), daemon=True).start()
from artitec_media_desktop.__main__ import main
sys.exit(main())
"""


def test_a_full_disk_that_gets_room(media, tmp_path):
    """What is larger waits, then is added."""
    media("entities")
    folder = tmp_path / "noise"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        Image.effect_noise((1500, 1000), 90).convert("RGB").save(folder / name, quality=90)
        assert (folder / name).stat().st_size > 300_000
    (folder / "c.jpg").write_bytes(draw_room(400, 300))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(media.home / "uploads.db"),
         "--home", str(media.home), "upload", str(folder), *PHOTOS, "--json"],
        stdout=subprocess.PIPE, text=True, timeout=SOON,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["uploaded_count"] == 3
    assert media("check") and media.status == 0
