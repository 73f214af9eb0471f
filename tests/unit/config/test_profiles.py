"""The file of profiles."""

import json
import os
from dataclasses import fields

import pytest

from artitec_media_desktop.config.profiles import ProfileFile
from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.profiles import Encryption, Profile

URL = "mysql://app@db/artitec"
TEAM = Profile("Team", URL, Encryption.VERIFIED, "/ca.pem", StorageType.S3, bucket="media")


@pytest.fixture
def file(tmp_path):
    return ProfileFile(tmp_path / "home" / "profiles.json")


def test_what_was_put_comes_back(file, tmp_path):
    assert file.all() == []
    file.put(TEAM)
    file.put(Profile("folder", URL, folder="/srv"))
    assert [each.name for each in ProfileFile(tmp_path / "home" / "profiles.json").all()] == [
        "folder",
        "Team",
    ]
    assert file.get("tEAM") == TEAM
    file.put(Profile("team", URL, folder="/srv"))
    assert [each.name for each in file.all()] == ["folder", "team"]
    file.remove("TEAM")
    with pytest.raises(NotFound):
        file.remove("team")


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_only_its_owner_may_read_it(file, tmp_path):
    file.put(TEAM)
    assert (tmp_path / "home" / "profiles.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"profiles": 1}', '{"profiles": [1]}', '{"profiles": ["name"]}',
     '{"profiles": [{}]}', '{"profiles": [{"name": 1}]}',
     '{"profiles": [{"name": "x", "storage": "azure"}]}', "\x00"],
)  # fmt: skip
def test_a_damaged_file_is_said_and_left_as_it_is(file, tmp_path, text):
    path = tmp_path / "home" / "profiles.json"
    path.parent.mkdir()
    path.write_text(text)
    for act in (file.all, lambda: file.get("x"), lambda: file.put(TEAM)):
        with pytest.raises(Permanent) as error:
            act()
        assert error.value.code == "bad_profiles"
    assert path.read_text() == text


def test_what_a_newer_version_wrote_is_read_as_far_as_it_is_known(file, tmp_path):
    file.put(TEAM)
    path = tmp_path / "home" / "profiles.json"
    values = json.loads(path.read_text())
    values["profiles"][0]["colour"] = "red"
    path.write_text(json.dumps(values))
    assert file.get("Team") == TEAM


@pytest.mark.parametrize(
    "changes",
    [
        {"database_url": "mysql://app:secret@db/artitec"},
        {"database_url": "mysql://app:se/cret@db/artitec"},
        {"database_url": "mysql://app@db/artitec?passwd=secret"},
        {"endpoint": "https://key:secret@storage"},
        {"cdn_url": "https://secret@cdn"},
        {"public_url": "https://key:secret@cdn"},
        {"base_url": "https://key:secret@cdn"},
    ],
)
def test_an_address_with_a_secret_is_not_written(file, tmp_path, changes):
    values = {each.name: getattr(TEAM, each.name) for each in fields(TEAM)} | changes
    with pytest.raises(Permanent) as error:
        file.put(Profile(**values))
    assert "secret" not in error.value.message
    assert not (tmp_path / "home" / "profiles.json").exists()


def test_a_home_that_cannot_be_written(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(Permanent) as error:
        ProfileFile(tmp_path / "home" / "profiles.json").put(TEAM)
    assert error.value.code == "profiles_not_saved"
