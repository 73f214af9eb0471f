"""``duplicates`` as scripts use it."""

import pytest

from artitec_media_desktop.cli.parser import parser
from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.duplicates import RULES_SETTING
from artitec_media_desktop.processing.drawing import draw_room

PHOTOS = ("--to", "property:789/photos")


@pytest.fixture
def three(media, tmp_path):
    """A photo twice at one place, and once at another."""
    path = tmp_path / "room.jpg"
    path.write_bytes(draw_room(640, 480))
    added = []
    for place in ("property:789/photos", "property:789/photos", "community:CMY-456/photos"):
        done = media("upload", str(path), "--to", place, "--on-duplicate", "keep")
        added.append(done["uploaded"][0]["public_id"])
    return added


def test_groups_are_listed_resolved_and_undone(media, three):
    found = media("duplicates")
    [group] = found["groups"]
    assert (group["kind"], group["keep"], group["distance"]) == ("exact", three[0], 0)
    assert sorted(each["public_id"] for each in group["media"]) == sorted(three)
    assert (found["compared"], group["why"]) == (3, ["older"])
    [within] = media("duplicates", "--scope", "entity", "--threshold", "0")["groups"]
    assert [each["public_id"] for each in within["media"]] == three[:2]
    assert media("duplicates", "--scope", "builder")["groups"] == []
    said = media("duplicates", "resolve", "--dry-run")
    assert (said["resolved"], said["trashed"], said["change"]) == (1, 1, None)
    across = media("duplicates", "resolve", "--dry-run", "--across-entities")
    assert (across["resolved"], across["trashed"]) == (1, 1)  # the last of an entity stays
    assert media("list")["total"] == 3
    done = media("duplicates", "resolve")
    assert (media.status, done["resolved"], done["trashed"], done["failed"]) == (0, 1, 1, [])
    assert done["freed_bytes"] == said["freed_bytes"] == group["media"][0]["file_size"]
    assert media("list")["total"] == 2
    left = media("duplicates", "resolve")
    assert (left["resolved"], left["left"]) == (0, 1)
    undone = media("undo", str(done["change"]))
    assert (media.status, undone["undone"][-1]) == (0, three[1])
    assert media("list")["total"] == 3
    assert media("check")["orphan_objects"] == []


def test_the_order_of_rules_is_that_of_the_window(media, tmp_path):
    added = []
    for size in ((640, 480), (800, 600)):
        path = tmp_path / f"{size[0]}.jpg"
        path.write_bytes(draw_room(*size))
        done = media("upload", str(path), *PHOTOS, "--on-duplicate", "keep")
        added.append(done["uploaded"][0]["public_id"])
    assert media("duplicates")["groups"][0]["keep"] == added[1]
    settings = Settings(tmp_path / "home" / "settings.json")
    settings.set(RULES_SETTING, ["older"])
    settings.save()
    [group] = media("duplicates")["groups"]
    assert (group["keep"], group["why"]) == (added[0], ["older"])
    said = media("duplicates", "resolve", "--dry-run")["media"]
    assert [each["media"] for each in said if each["outcome"] == "kept"] == [added[0]]


@pytest.mark.parametrize("words", [("--threshold", "11"), ("--scope", "planet")])
def test_wrong_words_are_wrong_usage(words, capsys):
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(["duplicates", *words])
    assert caught.value.code == 2
    assert "must be" in capsys.readouterr().err
