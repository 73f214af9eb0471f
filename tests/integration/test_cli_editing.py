"""``edit``, ``undo``, ``purge`` and ``analytics`` as scripts use them."""

import pytest

from artitec_media_desktop.processing.drawing import draw_room

PHOTOS = ("--to", "community:CMY-456/photos")


@pytest.fixture
def two(media, tmp_path):
    """Two photos; the second has another size."""
    for number in (1, 2):
        (tmp_path / f"{number}.jpg").write_bytes(draw_room(400 + 60 * number, 300))
    paths = [str(tmp_path / f"{number}.jpg") for number in (1, 2)]
    added = media("upload", *paths, *PHOTOS, "--on-duplicate", "keep")["uploaded"]
    return [each["public_id"] for each in added]


def test_an_edit_is_one_change_that_is_undone_as_one(media, two):
    a, b = two
    number = str(media("show", b)["id"])
    done = media("edit", a, number, "MED-1-GONEXX", "--alt-text", "A room", "--tags", "x, y",
                 "--sort-order", "7", "--public", "no")  # fmt: skip
    assert media.status == 1
    assert (done["edited"], done["edited_count"]) == ([a, b], 2)
    assert [(each["media"], each["code"]) for each in done["failed"]] == [
        ("MED-1-GONEXX", "no_media")
    ]
    shown = media("show", b)
    assert (shown["alt_text"], shown["tags"], shown["sort_order"]) == ("A room", ["x", "y"], 7)
    assert shown["is_public"] is False
    assert shown["history"][-1]["kind"] == "edited"
    undone = media("undo")
    assert (media.status, sorted(undone["undone"])) == (0, sorted(two))
    shown = media("show", a)
    assert (shown["alt_text"], shown["tags"], shown["is_public"]) == (None, [], True)
    media("undo", str(done["change"]))
    assert media.status == 1
    assert media("check")["orphan_objects"] == []


def test_primary_slot_and_place(media, two):
    a, b = two
    media("edit", a, "--primary")
    media("edit", b, "--primary")
    assert (media("show", a)["is_primary"], media("show", b)["is_primary"]) == (False, True)
    media("edit", b, "--field", "cover")
    assert media("show", b)["entity_field"] == "cover"
    assert media("show", a)["is_primary"] is True
    media("edit", b, "--to", "property:789/photos")
    assert media("show", b)["storage_path"].startswith("properties/photos/PROP-789/")
    failed = media("edit", b, "--field", "video")["failed"]
    assert (media.status, failed[0]["code"]) == (1, "bad_target")
    for _ in range(3):
        media("undo")
    assert media("show", a)["is_primary"] is True
    assert media("show", b)["entity_field"] == "gallery"


@pytest.mark.parametrize(
    "words", [(), ("--sort-order", "99999999999"), ("--to", "moon:1/photos"), ("--public", "maybe"),
              ("--alt-text", "x" * 501)],
)  # fmt: skip
def test_wrong_usage(media, words):
    media.raw("edit", "MED-1-AAAAAA", *words, "--json")
    assert media.status == 2


def test_undo_has_nothing_to_do(media):
    assert media("undo")["error"]["code"] == "nothing_to_undo"
    assert media.status == 1


def test_deleting_is_one_change_and_purging_is_for_good(media, two):
    assert media("delete", *two)["deleted"] == two
    assert sorted(media("undo")["undone"]) == sorted(two)
    media("delete", *two)
    assert media("purge")["purged"] == []
    media("purge", "--older-than", "0", "--as", "priya.shah@artitec.example")
    assert media.status == 4
    assert sorted(media("purge", "--older-than", "0")["purged"]) == sorted(two)
    assert media("restore", two[0])["failed"][0]["code"] == "no_media"
    assert media("check")["orphan_objects"] == []
    assert list((media.home / "library" / "uploads").rglob("*.jpg")) == []


def test_analytics(media, two):
    assert two
    found = media("analytics")
    assert set(found) == {
        "total_files", "total_size_bytes", "by_entity_and_type", "by_month", "by_status",
    }  # fmt: skip
    assert found["total_files"] == 2
    (group,) = found["by_entity_and_type"]
    assert group == {
        "entity_type": "community", "media_type": "IMAGE", "count": 2,
        "total_size_bytes": found["total_size_bytes"],
    }  # fmt: skip
    (month,) = found["by_month"]
    assert (len(month["month"]), month["count"]) == (7, 2)
    assert found["by_status"][0]["status"] == "approved"
    assert media("analytics", "--entity-type", "property")["total_files"] == 0
