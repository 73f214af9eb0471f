"""``artitec-media profiles`` as a script runs it; what is secret is nowhere to be found after."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.journal import Dropped, Journal
from artitec_media_desktop.domain.uploads import UploadOptions

SECRET = "gehe1m-Schl8ssel"
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.fixture
def cli(media, monkeypatch):
    for name in [each for each in os.environ if each.startswith(("AWS_", "S3_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    for name, value in NO_KEYRING.items():
        monkeypatch.setenv(name, value)
    return media


@pytest.fixture
def env(team, tmp_path):
    """The team's ``.env``, its account with a password."""
    server = team.platform.server
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE USER app@'127.0.0.1' IDENTIFIED BY '{SECRET}'")
        cursor.execute(f"GRANT ALL ON {team.platform.name}.* TO app@'127.0.0.1'")
    url = f"mysql+aiomysql://app:{SECRET}@127.0.0.1:{server.port}/{team.platform.name}"
    values = team.environment | {"DATABASE_URL": url}
    file = tmp_path / "platform.env"
    file.write_text("".join(f"{name}='{value}'\n" for name, value in values.items()))
    return file, values


def secret_in(folder, *secrets):
    """Every file below a folder that holds one of the secrets."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(each.encode() in path.read_bytes() for each in secrets)
    ]


def test_the_embedded_library_is_always_there(cli):
    (found,) = cli("profiles")
    assert (found["name"], found["kind"], found["default"]) == ("embedded", "embedded", True)
    assert cli.status == 0
    assert cli("profiles", "test")["ok"] is True


def test_an_env_file_becomes_a_profile_without_a_secret_in_any_file(cli, env, monkeypatch, team):
    file, values = env
    added = cli("profiles", "add", "Team", "--env", str(file), "--database-tls", "offered")
    assert cli.status == 0
    assert added["secrets_kept"] is False
    assert "no keyring" in added["message"]
    listed = {each["name"]: each for each in cli("profiles", "list")}
    assert listed["Team"]["database"].startswith("mysql+aiomysql://app@127.0.0.1:")
    assert listed["embedded"]["default"] is True

    # Nobody is there to be asked, so what is secret is not known; said step by step.
    tested = cli("profiles", "test", "team")
    assert cli.status == 3
    failed = [each for each in tested["steps"] if each["state"] == "failed"]
    assert [each["name"] for each in failed] == ["sign-in", "bucket"]
    assert "Enter it again" in failed[0]["detail"]

    monkeypatch.setenv("ARTITEC_MEDIA_DATABASE_PASSWORD", SECRET)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, values[name])
    tested = cli("profiles", "test", "team")
    assert (cli.status, tested["ok"]) == (0, True)
    entities = cli("--profile", "Team", "--as", "ada.admin@artitec.example", "entities")
    assert cli.status == 3  # no password of the account
    monkeypatch.setenv("ARTITEC_MEDIA_PASSWORD", "correct horse")
    entities = cli("--profile", "Team", "--as", "ada.admin@artitec.example", "entities")
    assert cli.status == 0
    assert entities
    assert {each["name"]: each["default"] for each in cli("profiles")}["Team"] is True

    secret = values["AWS_SECRET_ACCESS_KEY"]
    assert secret_in(cli.home, SECRET, secret, "correct horse") == []
    assert SECRET not in cli.errors


@pytest.mark.parametrize("url", [
    f"mysql://app:{SECRET}@db/artitec",
    f"mysql://app@db/artitec?password={SECRET}",
    f"mysql+a-b://app:{SECRET}@db/artitec",
    f"app:{SECRET}@db/artitec",
    f"mysql://us/er:{SECRET}@db/artitec",
])  # fmt: skip
def test_a_password_in_an_argument_is_refused(cli, url):
    done = cli.raw("profiles", "add", "x", "--database-url", url, "--bucket", "b")
    assert done.returncode == 2
    assert SECRET not in done.stdout + done.stderr
    assert not cli.home.exists() or secret_in(cli.home, SECRET) == []


def test_why_a_password_in_an_argument_is_refused(cli):
    cli.raw("profiles", "add", "x", "--database-url", "mysql://a:b@db/artitec", "--bucket", "b")
    assert "list of processes" in cli.errors
    assert "ARTITEC_MEDIA_DATABASE_PASSWORD" in cli.errors


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("add",),
        ("add", "x"),
        ("add", "x", "--env", "a", "--from-environment"),
        ("add", "embedded", "--database-url", "mysql://a@db/c", "--bucket", "b"),
        ("add", "../x", "--database-url", "mysql://a@db/c", "--bucket", "b"),
        ("add", "x", "--database-url", "mysql://a@db/c"),
        ("add", "x", "--database-url", "db", "--bucket", "b"),
        ("add", "x", "--database-url", "mysql://a@db/c", "--bucket", "b",
         "--endpoint", "https://key:secret@storage"),
        ("add", "x", "--env", "/no/such/file"),
        ("remove",),
        ("remove", "embedded"),
    ],
)  # fmt: skip
def test_wrong_usage(cli, words):
    done = cli.raw("profiles", *words)
    assert done.returncode == 2, done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not (cli.home / "profiles.json").exists()


def test_arguments_alone_and_a_name_that_is_taken(cli, tmp_path):
    words = ("profiles", "add", "share", "--database-url", "mysql://app@db/artitec")
    cli.raw(*words, "--storage", "local", "--folder", "relative")
    assert cli.status == 0
    cli.raw(*words, "--folder", "other")
    assert cli.status == 2
    cli.raw(*words, "--folder", "other", "--replace")
    assert cli.status == 0
    (share,) = [each for each in cli("profiles") if each["name"] == "share"]
    assert os.path.isabs(share["storage"])
    assert share["storage"].endswith("other")
    cli.raw("--profile", "nobody", "profiles")
    assert cli.status == 3


def test_removing_asks_where_files_wait(cli, env, monkeypatch):
    file, _ = env
    cli("profiles", "add", "Team", "--env", str(file))
    home = Home(cli.home, "team")
    home.make()
    journal = Database.file(home.journal)
    schema.bring_up_to_date(journal, "journal")
    Journal(journal).add([Dropped("photo.jpg")], None, UploadOptions(), "USR-100")
    journal.close()
    cli.raw("profiles", "remove", "team")
    assert cli.status == 1
    assert "1 files wait" in cli.errors
    cli.raw("profiles", "remove", "team", "--force")
    assert cli.status == 0
    assert [each["name"] for each in cli("profiles")] == ["embedded"]
    assert home.journal.exists()


KEYRING = shutil.which("gnome-keyring-daemon")


def test_a_real_keyring_keeps_what_no_file_holds(cli, env, tmp_path, monkeypatch):
    if KEYRING is None or shutil.which("dbus-run-session") is None:
        reason = "there is no gnome-keyring or dbus-run-session"
        (pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip)(reason)
    file, values = env
    media = f"{sys.executable} -m artitec_media_desktop --home {cli.home}"
    script = tmp_path / "session.sh"
    script.write_text(
        textwrap.dedent(f"""
        set -e
        printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        {media} --json profiles add Team --env {file}
        {media} profiles test Team
        echo tested
        {media} profiles remove Team
        {media} profiles add Team --database-url 'mysql://app@127.0.0.1:1/artitec' --bucket media
        {media} profiles test Team || echo "status $?"
    """)
    )
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in (*NO_KEYRING, "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")
    } | {"XDG_RUNTIME_DIR": str(private), "XDG_DATA_HOME": str(private / "data"),
         "HOME": str(private)}  # fmt: skip
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", str(script)], env=variables, capture_output=True,
        text=True, timeout=180,
    )  # fmt: skip
    assert '"secrets_kept": true' in done.stdout, done.stdout + done.stderr
    assert "tested" in done.stdout, done.stdout + done.stderr
    # Removed with the profile: the next one of that name has to be told again.
    assert "is not known on this computer" in done.stdout
    assert "status 3" in done.stdout
    secret = values["AWS_SECRET_ACCESS_KEY"]
    assert secret_in(cli.home, SECRET, secret) == []
    assert SECRET not in done.stdout + done.stderr
    assert secret_in(private, SECRET, secret) == []  # the keyring's own files are encrypted
