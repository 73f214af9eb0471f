"""The platform's variables, as a profile."""

import pytest

from artitec_media_desktop.config.environment import (
    profile_of,
    read_env,
    read_env_file,
    without_password,
)
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.profiles import Secret

S3 = {
    "DATABASE_URL": "mysql+aiomysql://app:p%40ss@db:3307/artitec?charset=utf8",
    "STORAGE_TYPE": "s3",
    "S3_ENDPOINT_URL": "storage.example.com:9000",
    "AWS_ACCESS_KEY_ID": "AKIA",
    "AWS_SECRET_ACCESS_KEY": "sEcReT",
    "S3_BUCKET_NAME": "media",
    "AWS_REGION": "eu-central-1",
    "S3_PUBLIC_BASE_URL": "https://media.example.com",
    "S3_SECURE": "False",
    "CDN_URL": "https://cdn.example.com",
}


def test_every_variable_of_the_platform():
    profile, secrets = profile_of(S3, "team")
    assert profile.database_url == "mysql+aiomysql://app@db:3307/artitec?charset=utf8"
    assert (profile.storage, profile.bucket, profile.secure) == (StorageType.S3, "media", False)
    assert (profile.endpoint, profile.region) == ("storage.example.com:9000", "eu-central-1")
    assert (profile.public_url, profile.cdn_url) == (S3["S3_PUBLIC_BASE_URL"], S3["CDN_URL"])
    assert secrets == {
        Secret.DATABASE_PASSWORD: "p@ss",
        Secret.ACCESS_KEY: "AKIA",
        Secret.SECRET_KEY: "sEcReT",
    }
    assert not any(value in repr(profile) for value in ("p@ss", "p%40ss", "AKIA", "sEcReT"))


def test_a_shared_folder_has_no_keys():
    values = {**S3, "STORAGE_TYPE": "LOCAL", "UPLOAD_DIR": "/srv", "BASE_URL": "https://x"}
    profile, secrets = profile_of(values, "team")
    assert (profile.storage, profile.folder, profile.base_url) == (
        StorageType.LOCAL, "/srv", "https://x",
    )  # fmt: skip
    assert list(secrets) == [Secret.DATABASE_PASSWORD]


def test_without_a_password_there_is_none_unless_it_has_a_variable_of_its_own():
    values = {**S3, "DATABASE_URL": "mysql://root@db/artitec"}
    assert profile_of(values, "x")[1][Secret.DATABASE_PASSWORD] == ""
    values["ARTITEC_MEDIA_DATABASE_PASSWORD"] = "own"
    assert profile_of(values, "x")[1][Secret.DATABASE_PASSWORD] == "own"


def test_keys_that_are_not_there_are_not_known():
    values = {key: value for key, value in S3.items() if not key.startswith("AWS_")}
    assert list(profile_of(values, "x")[1]) == [Secret.DATABASE_PASSWORD]


@pytest.mark.parametrize(
    ("url", "bare", "password"),
    [
        ("mysql://u:p@h/d", "mysql://u@h/d", "p"),
        ("mysql://u:p@ss:w@rd@h/d", "mysql://u@h/d", "p@ss:w@rd"),
        ("mysql://u:p/w@h/d", "mysql://u@h/d", "p/w"),
        ("mysql://u:p%2Fw@h/d?charset=utf8", "mysql://u@h/d?charset=utf8", "p/w"),
        ("mysql+a-b.c://u:p@h/d", "mysql+a-b.c://u@h/d", "p"),
        ("mysql://u:a\nb@h/d", "mysql://u@h/d", "a\nb"),
        ("mysql://u@h/d?passwd=p&charset=utf8", "mysql://u@h/d?charset=utf8", ""),
        ("mysql://u@h/d", "mysql://u@h/d", ""),
        ("mysql:///d?unix_socket=/s", "mysql:///d?unix_socket=/s", ""),
        ("", "", ""),
    ],
)
def test_no_part_of_a_password_stays_in_the_address(url, bare, password):
    assert without_password(url) == (bare, password)


@pytest.mark.parametrize("url", ["u:secret@h/d", "mysql://us/er:secret@h/d", "//u:secret@h"])
def test_where_it_cannot_be_told_what_is_the_password_nothing_is_repeated(url):
    with pytest.raises(Permanent) as error:
        without_password(url)
    assert error.value.code == "bad_database_url"
    assert "secret" not in error.value.message


def test_another_kind_of_storage():
    with pytest.raises(Permanent, match="STORAGE_TYPE"):
        profile_of({**S3, "STORAGE_TYPE": "azure"}, "team")


def test_an_env_file_is_read_as_it_stands(tmp_path, monkeypatch):
    monkeypatch.setenv("HOST", "elsewhere")
    file = tmp_path / ".env"
    file.write_text(
        "\ufeff# of the server\nexport DATABASE_URL='mysql://u:${HOST}@h/d'\n"
        'CDN_URL="https://x" # comment\nEMPTY=\nALONE\n',
        "utf-8",
    )
    values = read_env_file(file)
    assert values["DATABASE_URL"] == "mysql://u:${HOST}@h/d"
    assert values["CDN_URL"] == "https://x"
    assert "ALONE" not in values


def test_what_is_no_env_file(tmp_path):
    with pytest.raises(Permanent, match="DATABASE_URL"):
        read_env("A=b\n")
    large, binary = tmp_path / "large", tmp_path / "binary"
    large.write_text("A=b\n" * 30_000)
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (large, binary, tmp_path / "none", tmp_path):
        with pytest.raises(Permanent) as error:
            read_env_file(path)
        assert error.value.code == "bad_env"
