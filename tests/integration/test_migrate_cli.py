import sqlite3
from contextlib import closing


def tables(home):
    with closing(sqlite3.connect(home / "library" / "library.db")) as file:
        return {row[0] for row in file.execute("SELECT name FROM sqlite_master")}


def test_the_dry_run_prints_sql_that_does_it(media):
    done = media.raw("migrate", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "CREATE TABLE media (" in done.stdout
    assert tables(media.home) == set()
    with closing(sqlite3.connect(media.home / "library" / "library.db")) as file:
        file.executescript(done.stdout)
    assert media("migrate")["statements"] == []
    assert media.status == 0


def test_it_brings_the_library_up_to_date_once(media):
    planned = media("migrate", "--dry-run")
    done = media("migrate")
    assert done["statements"] == planned["statements"] != []
    assert done["statements_count"] == len(done["statements"])
    assert "media_trash" in tables(media.home)
    again = media("migrate")
    assert (again["statements"], again["message"]) == ([], "The tables are up to date.")
    assert media("list")["total"] == 0
