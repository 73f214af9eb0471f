"""``moderate`` as scripts use it."""

import csv
from functools import partial

import pytest

from artitec_media_desktop.cli.commands import NOT_ALLOWED
from artitec_media_desktop.processing.drawing import draw_room
from tests.services.mariadb import PASSWORD

ADA, PRIYA = "ada.admin@artitec.example", "priya@artitec.example"
DANA = "dana.reyes@artitec.example"


@pytest.fixture
def photos(tmp_path):
    """Three files that look different enough."""
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(draw_room(420 + 60 * number, 300))
    return [str(tmp_path / f"{number}.jpg") for number in range(3)]


@pytest.fixture
def three(media, photos):
    """Photos of a post, which wait."""
    added = media("upload", *photos, "--to", "post:1/media", "--on-duplicate", "keep")["uploaded"]
    return [each["public_id"] for each in added]


def test_decisions_are_one_change_and_undone_as_one(media, three):
    a, b, c = three
    number = str(media("show", b)["id"])
    done = media("moderate", a, number, "MED-1-GONEXX", "--reject", "--reason", "other",
                 "--note", "a banner")  # fmt: skip
    assert media.status == 1
    assert (done["rejected"], done["rejected_count"]) == ([a, b], 2)
    (failed,) = done["failed"]
    assert (failed["media"], failed["code"]) == ("MED-1-GONEXX", "no_media")
    shown = media("show", a)
    assert (shown["moderation_status"], shown["history"][-1]["note"]) == ("rejected", "a banner")
    assert shown["storage_path"].startswith("private/")
    assert media("moderate", a, "--reject", "--reason", "unsafe")["failed"][0]["code"] == "no_move"
    assert media.status == 1
    assert sorted(media("undo")["undone"]) == sorted([a, b])
    assert media("show", b)["moderation_status"] == "pending"
    assert media("moderate", a, b, c, "--approve")["approved"] == three
    assert media.status == 0
    assert not media("show", c)["storage_path"].startswith("private/")


def test_wrong_usage_names_the_reasons(media):
    for words in (("--reject",), ("--flag", "--reason", "nope")):
        said = media("moderate", "MED-1-AAAAAA", *words)["error"]
        assert (media.status, said["code"]) == (2, "bad_ruling")
        assert "off_topic, no_consent, advertising" in said["message"]
    assert media("moderate", "--queue", "--note", "x")["error"]["code"] == "bad_usage"
    assert media.status == 2


def test_the_queue_and_claims_of_it(media, three):
    queue = media("moderate", "--queue", "--limit", "2")
    assert set(queue) == {"items", "total", "oldest", "buckets", "held_by_others"}
    assert (len(queue["items"]), queue["total"], queue["buckets"]["hour"]) == (2, 3, 3)
    first = queue["items"][0]
    assert queue["oldest"][:19] == first["since"][:19]
    assert (first["look"], first["held_by"], first["entity_public_id"]) == ("first", None, "PST-1")
    assert 0 <= first["waited_seconds"] < 60
    assert set(first) == set(media("list")["items"][0]) | {
        "look", "since", "waited_seconds", "score", "held_by", "held_until", "asked", "decided_by",
    }  # fmt: skip

    claimed = media("moderate", "--claim", "2")
    a, b = (each["public_id"] for each in claimed["items"])
    token = claimed["items"][0]["token"]
    assert claimed["claimed_count"] == 2
    assert [each["held_by"] is not None for each in media("moderate", "--queue")["items"]] == [
        True, True, False,
    ]  # fmt: skip
    assert "token" not in media("moderate", "--queue")["items"][0]
    lost = media("moderate", a, "--approve", "--token", "0" * 32)["failed"][0]
    assert (media.status, lost["code"]) == (1, "lease_lost")
    assert media("moderate", a, "--approve", "--token", token)["approved"] == [a]
    assert media("moderate", b, "--release", "--token", token)["released"] == [b]
    assert media("moderate", b, "--release", "--token", token)["failed"][0]["code"] == "lease_lost"
    assert media.status == 1


def test_records_figures_and_policy(media, three, tmp_path):
    media("moderate", three[0], "--flag", "--reason", "unsafe")
    stats = media("moderate", "--stats", "--since", "2024-01-01")
    assert (stats["decided"], stats["since"], stats["until"]) == (1, "2024-01-01", None)
    assert stats["by_reason"] == [{"reason": "unsafe", "count": 1}]
    assert media("moderate", "--stats", "--until", "2024-01-01")["decided"] == 0
    path = tmp_path / "records.csv"
    assert media("moderate", "--export", str(path))["file_size"] == path.stat().st_size
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["public_id"], row["after"], row["reason"]) == (three[0], "flagged", "unsafe")
    path.write_text("mine")
    assert media("moderate", "--export", str(path))["error"]["code"] == "bad_export"
    assert (media.status, path.read_text()) == (2, "mine")
    media("moderate", "--export", str(path), "--force", "--until", "2024-01-01")
    assert path.read_text(encoding="utf-8-sig").count("\n") == 1

    changed = media("moderate", "--policy", "--set", "sample=0.5", "--set", "waiting=sales-rep")
    assert changed == media("moderate", "--policy")
    assert (changed["sample"], changed["waiting"]) == (0.5, ["sales_rep"])
    assert media("moderate", "--policy", "--set", "sample=2")["error"]["code"] == "bad_policy"
    assert media.status == 2
    media("moderate", "--policy", "--set", "sample=1", "--as", "priya.shah@artitec.example")
    assert media.status == NOT_ALLOWED


@pytest.fixture
def people(team, media, monkeypatch):
    """Ada and Priya, admins, and Dana, who moderates her community, where all uploads wait."""
    team.platform.query("UPDATE users SET role = 'admin' WHERE user_id = 'USR-124'")
    team.platform.query("DELETE FROM media")
    for name, value in (team.environment | {"ARTITEC_MEDIA_PASSWORD": PASSWORD}).items():
        monkeypatch.setenv(name, value)
    made = [partial(media, "--as", email) for email in (ADA, PRIYA, DANA)]
    made[0]("moderate", "--policy", "--set", "waiting=community", "--set", "sample=1")
    return made


def test_several_people(media, people, photos):
    ada, priya, dana = people
    place = ("--to", "community:CMY-456/photos", "--on-duplicate", "keep")
    own = dana("upload", photos[0], *place)["uploaded"][0]["public_id"]
    added = ada("upload", *photos[1:], *place)["uploaded"]
    a, b = (each["public_id"] for each in added)
    assert dana("moderate", own, "--approve")["failed"][0]["code"] == "own_upload"
    assert media.status == NOT_ALLOWED
    assert {each["public_id"] for each in dana("moderate", "--queue")["items"]} == {a, b}

    claimed = ada("moderate", "--claim", "9", "--search", "uploader:me")
    assert claimed["claimed_count"] == 2
    queue = dana("moderate", "--queue")
    assert [each["held_by"] for each in queue["items"]] == ["USR-100"] * 2
    assert queue["held_by_others"] == 2
    token = claimed["items"][0]["token"]
    ada("moderate", b, "--release", "--token", token)
    done = dana("moderate", a, b, "--approve")
    assert (media.status, done["approved"], done["failed"][0]["code"]) == (1, [b], "held")
    assert "Ada Admin" in done["failed"][0]["message"]
    ada("moderate", own, "--reject", "--reason", "unsafe")

    assert dana("moderate", "--queue", "--search", "look:sample")["items"] == []
    (sample,) = priya("moderate", "--queue", "--search", "look:sample")["items"]
    assert (sample["public_id"], sample["decided_by"]) == (b, "USR-123")
    assert dana("moderate", b, "--approve")["failed"][0]["code"] == "own_decision"
    assert priya("moderate", b, "--approve")["approved"] == [b]

    assert dana("moderate", own, "--appeal", "--note", "It is the pool")["appealed"] == [own]
    assert dana("moderate", own, "--appeal", "--note", "x")["failed"][0]["code"] == (
        "appealed_already"
    )
    assert ada("moderate", "--queue", "--search", "look:appeal")["items"] == []
    (asked,) = priya("moderate", "--queue", "--search", "look:appeal")["items"]
    assert (asked["asked"], asked["moderation_status"]) == ("It is the pool", "rejected")
    assert priya("moderate", own, "--approve")["approved"] == [own]
    assert dana("moderate", "--stats")["second_looks"] == {
        "appeal": {"answered": 1, "changed": 1}, "sample": {"answered": 1, "changed": 0},
    }  # fmt: skip
    dana("moderate", "--export", "records.json")
    assert media.status == NOT_ALLOWED
