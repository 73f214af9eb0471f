"""“Test connection” against real servers, each of them wrong in one way."""

from dataclasses import replace
from datetime import timedelta

import botocore.auth
import pytest

from artitec_media_desktop.config.environment import profile_of
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.domain.profiles import Encryption, Profile, Secret
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services import trying_database, trying_storage
from artitec_media_desktop.services.connection_test import ConnectionTest, StepState
from tests.services.certificates import DAY, authority
from tests.services.fault_proxy import fault_proxy
from tests.services.mariadb import Server, make
from tests.services.moto_server import moto

OK, FAILED, SKIPPED = StepState.OK, StepState.FAILED, StepState.SKIPPED
DATABASE = ("name", "port", "tls", "sign-in", "database", "tables")
STORAGE = ("bucket", "put", "get", "public read", "delete")


class Tried:
    """A profile of the team, with what is wrong about it."""

    def __init__(self, team):
        self.team = team
        self.profile, self.known = profile_of(team.environment, "team")

    def __call__(self, known=None, **changes):
        secrets = Secrets()
        for which, value in (self.known | (known or {})).items():
            secrets.put("team", which, value, keep=False)
        steps = ConnectionTest(replace(self.profile, **changes), secrets).run(Unwatched())
        return {each.name: each for each in steps}


@pytest.fixture
def tried(team):
    yield Tried(team)
    store = team.store()
    assert not [each.key for each in store.list() if "connection-test" in each.key]
    store.close()


def states(steps, names):
    return [steps[name].state for name in names]


def first_failed(steps, names, *words):
    """The steps before it are ok, those after it are skipped; its sentence says why."""
    failed = [name for name in names if steps[name].state is FAILED]
    assert len(failed) == 1, {name: (steps[name].state, steps[name].detail) for name in names}
    at = names.index(failed[0])
    assert states(steps, names) == [OK] * at + [FAILED] + [SKIPPED] * (len(names) - at - 1)
    for word in words:
        assert word in steps[failed[0]].detail
    return failed[0]


def test_all_is_well(tried):
    steps = tried()
    assert list(steps) == [*DATABASE, *STORAGE]
    assert states(steps, steps) == [OK] * len(steps)
    assert "Not encrypted" in steps["tls"].detail


@pytest.mark.parametrize(
    ("url", "step", "words"),
    [
        ("mysql://root@no-such-host.invalid/artitec", "name", ("no-such-host.invalid", "Check")),
        ("mysql://root@127.0.0.1:1/artitec", "port", ("127.0.0.1:1", "Check the port")),
        (
            "mysql://root@127.0.0.1:{s3}/artitec",
            "port",
            ("no MySQL or MariaDB server", "Check the host"),
        ),
        ("mysql://nobody@127.0.0.1:{db}/{name}", "sign-in", ("account or its password",)),
        ("mysql://root@127.0.0.1:{db}/elsewhere", "database", ("elsewhere", "Check the name")),
        ("postgresql://root@127.0.0.1/artitec", "name", ("mysql://",)),
        ("mysql://root@127.0.0.1:{db}/mysql", "tables", ("media",)),
    ],
)
def test_what_is_wrong_with_the_database(tried, url, step, words):
    server = tried.team.platform.server
    url = url.format(s3=tried.team.s3.port, db=server.port, name=tried.team.platform.name)
    steps = tried(database_url=url)
    assert first_failed(steps, DATABASE, *words) == step
    assert states(steps, STORAGE) == [OK] * len(STORAGE)


def test_a_wrong_password_is_not_repeated(tried):
    steps = tried({Secret.DATABASE_PASSWORD: "hunter2"})
    assert first_failed(steps, DATABASE) == "sign-in"
    assert not any("hunter2" in each.detail for each in steps.values())


def test_tables_that_were_not_migrated(tried, platform_of):
    old = platform_of("oldest")
    steps = tried(database_url=old.server.url(old.name))
    assert first_failed(steps, DATABASE, "artitec-media migrate") == "tables"


def test_a_server_that_cannot_encrypt_where_it_is_required(tried):
    steps = tried(database_encryption=Encryption.REQUIRED)
    assert first_failed(steps, DATABASE, "can't encrypt") == "tls"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return authority(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize(
    ("begin", "address", "word"),
    [
        (-DAY, "127.0.0.1", None),
        (-3 * DAY, "127.0.0.1", "expired"),
        (-DAY, "10.0.0.9", "mismatch"),
    ],
)
def test_certificates_of_the_database(tried, certificates, tmp_path, begin, address, word):
    ca, issue = certificates
    name = f"server-{word}"
    certificate, key = issue(name, address, begin, begin + 2 * DAY)
    server = Server(tmp_path)
    server.install()
    server.start(f"--ssl-cert={certificate}", f"--ssl-key={key}")
    try:
        platform = make(server, "newest", "artitec")
        url = server.url(platform.name)
        verified = {"database_encryption": Encryption.VERIFIED, "database_url": url}
        steps = tried(database_ca=str(ca), **verified)
        if word is None:
            assert "the certificate and its name are right" in steps["tls"].detail
            assert states(steps, DATABASE[:5]) == [OK] * 5
            assert first_failed(tried(**verified), DATABASE, "not trusted") == "tls"
            wrong = tried(database_ca=str(tmp_path / "none.pem"), **verified)
            assert first_failed(wrong, DATABASE, "none.pem") == "tls"
        else:
            assert first_failed(steps, DATABASE, word) == "tls"
        unchecked = tried(database_url=url, database_encryption=Encryption.REQUIRED)
        assert "was not checked" in unchecked["tls"].detail
    finally:
        server.stop(hard=True)


@pytest.mark.parametrize("after", [0, 40])
def test_a_database_that_hangs_is_given_up_on(tried, monkeypatch, after):
    monkeypatch.setattr(trying_database, "_SECONDS", 1.0)
    server = tried.team.platform.server
    with fault_proxy(server.port) as proxy:
        proxy.arm("hang", "response", after=after, times=9)
        url = f"mysql://root@127.0.0.1:{proxy.port}/{tried.team.platform.name}"
        steps = tried(database_url=url)
    assert first_failed(steps, DATABASE, "did not answer within 1 seconds") == "port"
    assert states(steps, STORAGE) == [OK] * len(STORAGE)


def test_a_database_that_hangs_while_signing_in_is_given_up_on(tried, monkeypatch):
    monkeypatch.setattr(trying_database, "_SECONDS", 3.0)
    server = tried.team.platform.server
    with fault_proxy(server.port) as proxy:
        proxy.arm("hang", "response", after=0, times=9, once=b"mysql_native_password")
        url = f"mysql://root@127.0.0.1:{proxy.port}/{tried.team.platform.name}"
        steps = tried(database_url=url)
    assert first_failed(steps, DATABASE, "does not answer") == "sign-in"


@pytest.mark.parametrize(
    ("changes", "known", "words"),
    [
        ({"bucket": "elsewhere"}, {}, ("no bucket “elsewhere”",)),
        ({"endpoint": "http://127.0.0.1:1"}, {}, ("127.0.0.1:1", "is it running")),
        ({"endpoint": "http://no-such-host.invalid"}, {}, ("no-such-host.invalid",)),
        ({}, {Secret.SECRET_KEY: "hunter2"}, ("secret key",)),
        ({}, {Secret.ACCESS_KEY: "nobody"}, ("access key",)),
    ],
)
def test_what_is_wrong_with_the_bucket(tried, changes, known, words):
    steps = tried(known, **changes)
    assert first_failed(steps, STORAGE, *words) == "bucket"
    assert "hunter2" not in steps["bucket"].detail
    assert states(steps, DATABASE) == [OK] * len(DATABASE)


def test_a_key_without_rights(tried):
    access, secret = tried.team.s3.writer
    steps = tried({Secret.ACCESS_KEY: access, Secret.SECRET_KEY: secret})
    assert first_failed(steps, STORAGE, "may not do that", "Ask") == "bucket"


def test_a_clock_that_is_off_by_an_hour(tried, monkeypatch):
    now = botocore.auth.get_current_datetime
    monkeypatch.setattr(
        botocore.auth, "get_current_datetime", lambda *a, **k: now(*a, **k) - timedelta(hours=1)
    )
    assert first_failed(tried(), STORAGE, "clock") == "bucket"


def test_a_bucket_that_hangs_is_given_up_on(tried, monkeypatch):
    monkeypatch.setattr(trying_storage, "_ANSWER_SECONDS", 1.0)
    with fault_proxy(tried.team.s3.port) as proxy:
        proxy.arm("hang", "response", times=9)
        steps = tried(endpoint=f"http://127.0.0.1:{proxy.port}")
    assert first_failed(steps, STORAGE, "did not answer within 1 seconds") == "bucket"


def test_a_put_that_breaks_leaves_nothing(tried):
    with fault_proxy(tried.team.s3.port) as proxy:
        proxy.arm("cut", "request", times=2, once=b"PUT /media/private/")
        steps = tried(endpoint=f"http://127.0.0.1:{proxy.port}")
    assert first_failed(steps, STORAGE) == "put"


def test_a_certificate_of_the_storage(tried, certificates):
    ca, issue = certificates
    for name, begin, word in (("fresh", -DAY, None), ("stale", -3 * DAY, "expired")):
        with moto(issue(name, begin=begin, end=begin + 2 * DAY)) as server:
            endpoint = f"https://127.0.0.1:{server.port}"
            trusted = tried(endpoint=endpoint, storage_ca=str(ca))
            if word is None:
                assert first_failed(trusted, STORAGE, "no bucket") == "bucket"
                assert first_failed(tried(endpoint=endpoint), STORAGE, "trust") == "bucket"
            else:
                assert first_failed(trusted, STORAGE, word) == "bucket"


def test_media_that_the_public_cannot_read_and_a_private_area_that_it_can(tried):
    store = tried.team.store()
    client = store._client
    try:
        client.call("delete_bucket_policy")
        steps = tried()
        assert states(steps, STORAGE) == [OK, OK, OK, FAILED, OK]
        assert "artitec-media grants" in steps["public read"].detail
        client.call("put_bucket_policy", Policy=OPEN)
        steps = tried()
        assert states(steps, STORAGE) == [OK, OK, OK, FAILED, OK]
        assert "private area" in steps["public read"].detail
        # Where the lasting address is another one, the bucket's own must not be forgotten.
        port = tried.team.platform.server.port
        steps = tried(public_url=f"http://127.0.0.1:{port}/media")
        assert "can't be reached" in steps["public read"].detail
    finally:
        client.call("delete_bucket_policy")
        store.setup.set_up()
        store.close()


OPEN = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["*"]}, '
    '"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::media/*"]}]}'
)


def test_a_shared_folder(tried, tmp_path):
    shared = {"storage": StorageType.LOCAL, "folder": str(tmp_path / "share")}
    steps = tried(**shared)
    assert "Connect the share" in steps["folder"].detail
    assert [each.state for each in steps.values()][6:] == [FAILED, *[SKIPPED] * 4]
    (tmp_path / "share").mkdir()
    steps = tried(**shared)
    assert [each.state for each in steps.values()][6:] == [OK, OK, OK, SKIPPED, OK]
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_it_can_be_stopped_between_steps(tried):
    secrets = Secrets()
    for which, value in tried.known.items():
        secrets.put("team", which, value, keep=False)
    reported = []

    class Stopping(Unwatched):
        def check_cancelled(self):
            if reported and reported[-1].name == "put":
                raise Cancelled

    with pytest.raises(Cancelled):
        ConnectionTest(tried.profile, secrets).run(Stopping(), reported.append)
    assert [each.name for each in reported] == [*DATABASE, "bucket", "put"]


def test_the_embedded_library_needs_no_connection():
    assert ConnectionTest(Profile("embedded"), Secrets()).run(Unwatched()) == []
