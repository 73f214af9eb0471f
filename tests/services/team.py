"""What a team shares: the platform's newest database on MariaDB and a bucket on a real S3 server.

Run it to try the application by hand: it prints the variables that lead there, and stays.

    python -m tests.services.team FOLDER [AGE]      writes FOLDER/.env
"""

import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from artitec_media_desktop.database import schema
from artitec_media_desktop.storage import S3Store

from . import mariadb, seaweedfs
from .mariadb import PASSWORD, Platform
from .seaweedfs import S3Server


@dataclass
class Team:
    """Both servers, as the platform's ``.env`` names them."""

    platform: Platform
    s3: S3Server
    bucket: str = "media"

    @property
    def environment(self):
        access, secret = self.s3.admin
        return {
            "DATABASE_URL": self.platform.server.url(self.platform.name),
            "STORAGE_TYPE": "s3",
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.s3.port}",
            "S3_BUCKET_NAME": self.bucket,
            "AWS_ACCESS_KEY_ID": access,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_REGION": "us-east-1",
            "S3_SECURE": "false",
        }

    @property
    def env(self):
        return "".join(f"{name}={value}\n" for name, value in self.environment.items())

    def store(self):
        return S3Store(self.s3.settings(self.bucket))


def prepare(team, migrated=True):
    """Bring the tables up to date, as ``migrate`` does, and open the bucket's entity folders."""
    if migrated:
        database = team.platform.open()
        schema.bring_up_to_date(database, "library")
        database.close()
    store = team.store()
    store.setup.set_up()
    store.close()
    return team


@pytest.fixture
def team(platform_of, s3_server):
    """A platform ready to be worked with; its bucket is empty."""
    made = prepare(Team(platform_of("newest"), s3_server))
    store = made.store()
    for each in list(store.list()):
        store.delete(each.key)
    store.close()
    return made


def main(folder, age="newest"):
    """Serve until it is stopped."""
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    with mariadb.mariadb(home) as server, seaweedfs.seaweedfs() as s3:
        team = prepare(Team(mariadb.make(server, age, "artitec"), s3), age == "newest")
        (home / ".env").write_text(team.env)
        print(f"{home}/.env; accounts ada.admin@artitec.example and others: {PASSWORD}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
