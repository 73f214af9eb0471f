"""The command line's contract: names, keys and exit statuses that people script against."""

import json

import pytest

from artitec_media_desktop.processing.drawing import draw_room

MEDIA_KEYS = set(
    """id public_id filename original_filename media_type content_type file_size width height
    duration image_hash storage_type bucket_name storage_path original_url thumbnail_url
    small_url medium_url large_url video_processed_url entity_type entity_id entity_public_id
    entity_field alt_text caption tags sort_order is_primary uploaded_by is_public
    moderation_status metadata created_at updated_at""".split()  # noqa: SIM905
)
PHOTOS = ("--to", "community:CMY-456/photos")


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "room.jpg"
    path.write_bytes(draw_room(1000, 750))
    return str(path)


def test_entities(media):
    found = media("entities")
    assert media.status == 0
    assert len(found) == 24
    assert set(found[0]) == {"type", "id", "public_id", "name", "media_count"}
    (home,) = media("entities", "property", "--search", "PROP-789")
    assert home == {
        "type": "property", "id": 789, "public_id": "PROP-789", "name": "8214 E Juniper Ct",
        "media_count": 0,
    }  # fmt: skip
    assert [each["type"] for each in media("entities", "sales-rep")] == ["sales-rep"] * 3
    assert media("entities", "--search", "nowhere") == []


def test_the_life_of_a_media(media, photo):
    result = media(
        "upload", photo, *PHOTOS, "--alt-text", "A room", "--caption", "c", "--tags", "a, b",
        "--primary",
    )  # fmt: skip
    assert media.status == 0
    assert set(result) >= {
        "uploaded", "uploaded_count", "duplicates", "failed", "failed_count", "skipped_count",
        "message",
    }  # fmt: skip
    (added,) = result["uploaded"]
    assert set(added) >= MEDIA_KEYS
    assert added["entity_public_id"] == "CMY-456"
    assert (added["tags"], added["is_primary"]) == (["a", "b"], True)
    assert added["created_at"].endswith("Z")
    public_id = added["public_id"]

    listed = media("list", "--entity", "community:CMY-456", "--field", "photos", "--tag", "a")
    assert (listed["total"], listed["next"]) == (1, None)
    assert listed["items"] == [added]
    assert media("list", "--entity", "property:789")["items"] == []

    shown = media("show", public_id)
    assert {each["name"] for each in shown["variants"]} == {"thumb", "small", "medium"}
    assert [each["kind"] for each in shown["history"]] == ["uploaded"]
    assert "exif" in shown
    assert media("show", str(added["id"]))["public_id"] == public_id

    assert media("queue")[0]["state"] == "done"
    assert set(media("queue", "list")[0]) >= {"id", "file", "target", "state", "attempts", "error"}

    assert media("delete", public_id)["deleted"] == [public_id]
    assert media("list")["total"] == 0
    media("show", public_id)
    assert media.status == 1
    assert media("restore", public_id)["restored"] == [public_id]
    assert media("show", public_id)["id"] == added["id"]
    assert media("queue", "clear") == []


def test_duplicates_by_option(media, photo):
    first = media("upload", photo, *PHOTOS)["uploaded"][0]["public_id"]
    again = media("upload", photo, *PHOTOS)
    assert media.status == 0
    assert (again["uploaded_count"], again["skipped_count"]) == (0, 1)
    assert again["duplicates"] == [{"file": photo, "of": first, "distance": 0, "uploaded": False}]
    kept = media("upload", photo, *PHOTOS, "--on-duplicate", "keep")
    assert kept["uploaded_count"] == 1
    assert kept["duplicates"][0]["uploaded"] is True
    elsewhere = media("upload", photo, "--to", "property:789/photos", "--on-duplicate", "skip")
    assert elsewhere["uploaded_count"] == 0


def test_pages(media, tmp_path):
    folder = tmp_path / "rooms"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.jpg").write_bytes(draw_room(600 + 60 * number, 400))
    media("upload", str(folder), *PHOTOS, "--on-duplicate", "keep", "--concurrency", "3")
    names, after = [], []
    while True:
        page = media("list", "--entity", "community:1", "--limit", "2", *after)
        assert page["total"] == 5
        names += [each["original_filename"] for each in page["items"]]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert names == [f"{number}.jpg" for number in range(5)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["upload", "x.jpg"], 2),
        (["upload", "x.jpg", "--to", "castle:1/photos"], 2),
        (["upload", "x.jpg", "--to", "community:CMY-456"], 2),
        (["upload", "x.jpg", "--to", "community:CMY-456/attic"], 2),
        (["upload", "x.jpg", "--to", "community:CMY-999/photos"], 2),
        (["frobnicate"], 2),
        (["list", "--limit", "0"], 2),
        (["list", "--after", "rubbish"], 2),
        (["show", "MED-1-AAAAAA"], 1),
        (["delete", "MED-1-AAAAAA"], 1),
        (["--profile", "other", "list"], 3),
        (["--as", "nobody@example.com", "list"], 3),
    ],
)
def test_exit_statuses(media, words, status):
    done = media.raw(*words)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip() or done.stdout.strip()


def test_what_one_may_not_do(media, photo):
    added = media("upload", photo, *PHOTOS)["uploaded"][0]["public_id"]
    media("--as", "marcus.lee@artitec.example", "upload", photo, *PHOTOS)
    assert media.status == 4
    assert "admin of the community" in media.errors
    media("--as", "marcus.lee@artitec.example", "delete", added)
    assert media.status == 4
    media("--as", "dana.reyes@artitec.example", "delete", added)
    assert media.status == 0


def test_options_may_stand_before_or_after(media, tmp_path):
    home = str(tmp_path / "other")
    done = media.raw("entities", "user", "--home", home, "--json")
    assert len(json.loads(done.stdout)) == 4
    assert (tmp_path / "other" / "library" / "library.db").exists()


def test_self_test(media):
    result = media("self-test")
    assert media.status == 0
    assert result["ok"] is True
    assert [each["name"] for each in result["steps"]][-7:] == [
        "pictures", "videos", "database_driver", "storage_client", "certificates", "keyring",
        "window_system",
    ]  # fmt: skip


def test_a_home_that_cannot_be(media, tmp_path):
    (tmp_path / "file").write_text("x")
    done = media.raw("--home", str(tmp_path / "file" / "home"), "list")
    assert done.returncode == 3
    assert "--home" in done.stderr


def test_words_for_people(media, photo):
    media.raw("upload", photo, *PHOTOS)
    assert "1 added" in media.raw("upload", photo, "--to", "property:789/photos").stdout
    assert "room.jpg" in media.raw("list").stdout
    assert "Every row" in media.raw("check").stdout
    assert "Willow Creek" in media.raw("entities").stdout
