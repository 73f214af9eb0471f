"""A throw-away MariaDB on a private port, and the platform's database in three ages."""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pymysql
import pytest

from artitec_media_desktop.database.engine import Database

from .ports import free_port

SQL = Path(__file__).parent / "platform"
AGES = ("oldest", "enhanced", "newest")
#: The password of every account that has one.
PASSWORD = "correct horse"


SMALL = ("--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M", "--innodb-use-native-aio=0")
#: Nothing waits for the disk: servers here are killed, but the machine's power is not cut.
UNSAFE = ("--innodb-flush-method=nosync", "--skip-sync-frm")


def as_root():
    return ["--user=root"] if os.geteuid() == 0 else []


@cache
def installed():
    """The data of a server that was just installed: once, since that takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="mariadb-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tmp").mkdir()
    done = subprocess.run(
        ["mariadb-install-db", "--no-defaults", *as_root(), f"--datadir={folder / 'data'}", *SMALL,
         f"--tmpdir={folder / 'tmp'}",  # one that starts elsewhere deletes temporary tables
         "--auth-root-authentication-method=normal", "--skip-test-db", "--force"],
        capture_output=True, text=True, check=False, env=os.environ | {"TMPDIR": f"{folder}/tmp"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "data"


class Server:
    """Started, stopped, started again on the same port and data."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self._process = None

    def install(self):
        shutil.copytree(installed(), self._data)

    def start(self, *options, niceness=0):
        self._tmp.mkdir(exist_ok=True)
        log = (self.folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                ["nice", "-n", str(niceness), "mariadbd", "--no-defaults", *as_root(),
                 f"--datadir={self._data}", f"--tmpdir={self._tmp}", f"--socket={self.folder}/s",
                 f"--pid-file={self.folder}/pid", f"--port={self.port}",
                 "--bind-address=127.0.0.1", *SMALL, *UNSAFE, *options],
                stdout=log, stderr=log,
            )  # fmt: skip
        for _ in range(1200):
            try:
                self.connect().close()
                return
            except pymysql.Error:
                assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def stop(self, hard=False):
        if self._process is not None:
            self._process.kill() if hard else self._process.terminate()
            self._process.wait(60)
            self._process = None

    def connect(self, database=None, user="root", password=""):
        return pymysql.connect(
            host="127.0.0.1", port=self.port, user=user, password=password, database=database,
            charset="utf8mb4", autocommit=True, ssl_disabled=True,
        )  # fmt: skip

    def url(self, database, account="root"):
        return f"mysql+aiomysql://{account}@127.0.0.1:{self.port}/{database}?charset=utf8"

    @property
    def _data(self):
        return self.folder / "data"

    @property
    def _tmp(self):
        """Its own: a server that starts deletes the temporary tables of others."""
        return self.folder / "tmp"


@dataclass
class Platform:
    """One age of the platform's database, as the platform itself sees it."""

    server: Server
    name: str
    age: str

    def query(self, sql, *values):
        connection = self.server.connect(self.name)
        with connection, connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall()

    def open(self, account="root", **options):
        return Database.server(self.server.url(self.name, account), **options)

    def snapshot(self, columns="*"):
        """Every row of every table that is the platform's."""
        tables = [row[0] for row in self.query("SHOW TABLES")]
        return {
            table: self.query(f"SELECT {columns if table == 'media' else '*'} FROM `{table}`")
            for table in tables
            if table == "media" or not table.startswith("media_")
        }


@contextmanager
def mariadb(folder):
    """Start a server whose data lies in ``folder``."""
    server = Server(folder)
    server.install()
    server.start()
    try:
        yield server
    finally:
        server.stop(hard=True)


def make(server, age, name):
    """An age of the platform's database, out of its SQL text."""
    connection = server.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        cursor.execute(f"USE {name}")
        # As the platform's servers are set: nothing strict.
        cursor.execute("SET sql_mode=''")
        for part in ("entities", age):
            for statement in (SQL / f"{part}.sql").read_text("utf-8").split(";\n"):
                if statement.strip():
                    cursor.execute(statement)
    return Platform(server, name, age)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A running server; skips without the program, and fails where REQUIRE_SERVICES is set."""
    if shutil.which("mariadbd") is None or shutil.which("mariadb-install-db") is None:
        reason = "there is no MariaDB; install mariadb-server-core and mariadb-client-core"
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with mariadb(tmp_path_factory.mktemp("mariadb")) as started:
        yield started


@pytest.fixture
def platform_of(server):
    """Makes an age of the platform's database."""
    made = []

    def one(age):
        made.append(f"artitec_{age}_{len(made)}")
        return make(server, age, made[-1])

    yield one
    connection = server.connect()
    with connection, connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
