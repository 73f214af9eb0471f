"""Which library is meant, and what is known of its secrets."""

from dataclasses import replace

import pytest

from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.errors import Conflict, NotFound, Permanent
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.profiles import Profile, Secret, check_name
from artitec_media_desktop.services.profiles import ProfileService, home_of

ENVIRONMENT = {
    "DATABASE_URL": "mysql://app:pw@db/artitec",
    "S3_BUCKET_NAME": "media",
    "AWS_ACCESS_KEY_ID": "AKIA",
    "AWS_SECRET_ACCESS_KEY": "key",
}
TEAM = Profile("Team", "mysql://app@db/artitec", storage=StorageType.S3, bucket="media")


@pytest.fixture
def service(tmp_path, monkeypatch):
    import keyring
    from keyring.backends import fail

    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)

    def make(environment=None):
        return ProfileService(Home(tmp_path), Secrets(), environment or {})

    return make


def test_without_a_word_the_embedded_library(service):
    assert service().find(None).name == "embedded"
    assert [each.name for each in service().all()] == ["embedded"]


def test_the_environment_comes_before_the_embedded_library_and_after_the_last_one(service):
    there = service(ENVIRONMENT)
    there.add(TEAM, {})
    assert [each.name for each in there.all()] == ["embedded", "environment", "Team"]
    assert there.find(None).name == "environment"
    assert there.find(None, "Team").name == "Team"
    assert there.find(None, "embedded").name == "embedded"
    assert there.find("environment", "Team").name == "environment"
    assert service().find(None, "environment").name == "embedded"
    assert service().find(None, "removed").name == "embedded"
    with pytest.raises(NotFound):
        service().find("environment")
    with pytest.raises(NotFound):
        service().find("removed")


def test_the_secrets_of_the_environment_are_known_for_the_session(service, tmp_path):
    there = service(ENVIRONMENT)
    there.find("environment")
    known = [there.secrets.get("environment", each) for each in Secret]
    assert known == ["pw", "AKIA", "key"]
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_a_kept_profile_takes_from_the_environment_what_nothing_else_knows(service):
    there = service(ENVIRONMENT | {"ARTITEC_MEDIA_DATABASE_PASSWORD": ""})
    there.add(TEAM, {Secret.ACCESS_KEY: "its own"})
    there.find("team")
    assert [there.secrets.get("Team", each) for each in Secret] == ["", "its own", "key"]


def test_an_environment_that_lacks_something_says_what(service):
    with pytest.raises(Permanent, match="UPLOAD_DIR"):
        service({"DATABASE_URL": "mysql://db/x"}).find(None)


def test_a_name_is_taken_once_in_any_case(service):
    there = service()
    assert there.add(TEAM, {Secret.ACCESS_KEY: "k"}) is False  # there is no keyring
    with pytest.raises(Conflict):
        there.add(Profile("TEAM", TEAM.database_url, folder="/srv"), {})
    there.add(Profile("TEAM", TEAM.database_url, folder="/srv"), {}, replace=True)
    assert there.find("team").folder == "/srv"


DATABASE, KEYS = {Secret.DATABASE_PASSWORD}, {Secret.ACCESS_KEY, Secret.SECRET_KEY}


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({"region": "eu-central-1", "cdn_url": "https://cdn.example"}, DATABASE | KEYS),
        ({"database_url": "mysql://app@elsewhere/artitec"}, KEYS),
        ({"database_url": "mysql://other@db/artitec"}, KEYS),
        ({"endpoint": "https://elsewhere"}, DATABASE),
        ({"bucket": "other"}, DATABASE),
        ({"storage": StorageType.LOCAL, "folder": "/srv"}, DATABASE),
        ({"name": "TEAM"}, set()),
    ],
)
def test_a_secret_goes_to_no_other_address(service, tmp_path, change, known):
    there, new = service(), replace(TEAM, **change)
    there.add(TEAM, dict.fromkeys(Secret, "secret"))
    there.remember("Team", "ada@x", "password")
    settings = Settings(Home(tmp_path).settings)
    settings.set("account/Team", "ada@x")
    settings.save()
    there.add(new, {}, replace=True)
    for name in ("Team", new.name):
        assert {each for each in Secret if there.secrets.get(name, each)} == known
    kept = there.password("Team", "ada@x")
    assert kept == ("password" if Secret.DATABASE_PASSWORD in known else None)
    there.add(new, {Secret.ACCESS_KEY: "new"}, replace=True)
    assert there.secrets.get(new.name, Secret.ACCESS_KEY) == "new"


@pytest.mark.parametrize("name", ["", "../x", "a/b", " x", "x ", "x.", "embedded", "Environment",
                                  "a" * 41, "ä", "a\nb"])  # fmt: skip
def test_what_cannot_be_a_name(name):
    with pytest.raises(Permanent):
        check_name(name)


@pytest.mark.parametrize("name", ["a", "Team 2", "north.west_1-b", "a" * 40])
def test_what_can_be_a_name(name):
    check_name(name)


def test_removing_takes_every_secret_along(service, tmp_path):
    there = service()
    there.add(TEAM, dict.fromkeys(Secret, "secret"))
    there.remember("Team", "ada@x", "password")
    settings = Settings(Home(tmp_path).settings)
    settings.set("account/Team", "ada@x")
    settings.save()
    there.remove("team")
    assert [there.secrets.get("Team", each) for each in Secret] == [None] * 3
    assert there.password("Team", "ada@x") is None
    for name in ("embedded", "Environment"):
        with pytest.raises(Permanent):
            there.remove(name)


def test_what_waits_for_one_platform_does_not_end_in_another(service, tmp_path):
    home = Home(tmp_path)
    one = service(ENVIRONMENT).find(None)
    other = service(ENVIRONMENT | {"S3_BUCKET_NAME": "other"}).find(None)
    again = service(ENVIRONMENT | {"AWS_SECRET_ACCESS_KEY": "new"}).find(None)
    assert home_of(home, one).journal != home_of(home, other).journal
    assert home_of(home, one).journal == home_of(home, again).journal
    assert home_of(home, TEAM).journal.parent == tmp_path / "profiles" / "team"
    assert home_of(home, Profile("embedded")) == home


def test_without_a_journal_nothing_waits(service):
    assert service().unfinished(TEAM) == 0
