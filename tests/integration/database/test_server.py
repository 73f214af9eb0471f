"""Faults of a server: said plainly, retried where that is safe, nothing half written."""

import logging
import socket
import threading
from functools import partial
from io import BytesIO

import pytest
from sqlalchemy import URL, text

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search, schema
from artitec_media_desktop.database.engine import Database, Tls
from artitec_media_desktop.domain import right_of_way
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import Permanent, Transient, Unusable
from artitec_media_desktop.domain.listing import MediaQuery
from tests.integration.database.interleaving import patiently
from tests.services.mariadb import Server
from tests.stopping import stopped

from .test_shapes import AT, media

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
SECRET = "gehe1m@/:ß🔑"


def code_of(database):
    with pytest.raises((Permanent, Transient)) as caught, database.read() as tx:
        tx.execute(text("SELECT 1"))
    database.close()
    return type(caught.value), caught.value.code


def test_the_session_is_as_promised(newest):
    with newest.read() as tx:
        values = tx.execute(
            text("SELECT @@tx_isolation, @@time_zone, @@character_set_client, @@sql_mode")
        ).one()
    assert values[:3] == ("READ-COMMITTED", "+00:00", "utf8mb4")
    with newest.read() as tx:
        patience = text("SELECT @@wait_timeout, @@idle_write_transaction_timeout")
        assert tx.execute(patience).one() == (300, 30)
    assert "STRICT_TRANS_TABLES" in values[3]


def test_before_each_row_of_an_answer_the_window_may_go_first(newest, monkeypatch):
    given = []
    numbers = text("SELECT 1 AS id UNION ALL SELECT 2 UNION ALL SELECT 3")
    with newest.read() as tx:
        monkeypatch.setattr(right_of_way, "give", lambda: given.append(1))
        assert tx.execute(numbers).scalars().all() == [1, 2, 3]
    assert len(given) > 3  # and once before the query


def test_what_is_wrong_is_said(server, platform_of):
    platform = platform_of("newest")
    platform.query("CREATE OR REPLACE USER 'app'@'127.0.0.1' IDENTIFIED BY 'right'")
    url = server.url(platform.name, "app:wrong")
    assert code_of(Database.server(url)) == (Unusable, "database_sign_in")
    url = server.url(platform.name, "app:right")
    assert code_of(Database.server(url)) == (Unusable, "database_unknown")
    assert code_of(Database.server(server.url("nowhere"))) == (Unusable, "database_unknown")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"mysql://root@127.0.0.1:{port}/artitec"
    assert code_of(Database.server(url)) == (Transient, "database_gone")
    insisting = Database.server(server.url(platform.name), Tls(verify=False))
    assert code_of(insisting) == (Unusable, "database_tls")


def test_a_server_that_hangs_is_waited_for_no_longer_than_said():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"mysql://root@127.0.0.1:{silent.getsockname()[1]}/artitec"
        database = Database.server(url, answer_within=0.2)
        assert code_of(database) == (Transient, "database_gone")


def test_a_missing_companion_asks_for_migrate(platform_of):
    database = platform_of("newest").open()
    with pytest.raises(Permanent, match="migrate") as caught, database.read() as tx:
        tx.execute(text("SELECT * FROM media_trash"))
    assert caught.value.code == "database_not_ready"
    database.close()


@pytest.mark.parametrize(
    "url",
    ["", "mysql://", "mysql://host", "postgresql://u:p@h/d", "mysql://u:gehe1m@h:x/d", "d", "://"],
)
def test_a_bad_address_is_refused_without_being_repeated(url):
    with pytest.raises(Permanent) as caught:
        Database.server(url)
    assert caught.value.code == "bad_database_url"
    assert "gehe1m" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_bad_ca_is_said():
    with pytest.raises(Permanent, match=r"nowhere\.pem"):
        Database.server("mysql://u@h/d", Tls("nowhere.pem"))
    with pytest.raises(Permanent, match=r"nowhere\.pem"):
        Database.server("mysql://u@h/d?ssl_ca=nowhere.pem")


def test_a_password_of_any_letters_signs_in_and_shows_up_nowhere(platform_of, caplog):
    platform = platform_of("newest")
    platform.query("CREATE OR REPLACE USER 'app'@'127.0.0.1' IDENTIFIED BY %s", SECRET)
    platform.query(f"GRANT ALL ON {platform.name}.* TO 'app'@'127.0.0.1'")
    url = URL.create("mysql", "app", SECRET, "127.0.0.1", platform.server.port, platform.name)
    caplog.set_level(logging.DEBUG)
    database = Database.server(url)
    with database.read() as tx:
        assert media_search.count(tx, MediaQuery()) == 3
    platform.query("SET PASSWORD FOR 'app'@'127.0.0.1' = PASSWORD('another')")
    database.close()
    with pytest.raises(Permanent) as caught, database.read() as tx:
        tx.execute(text("SELECT 1"))
    database.close()
    error, said = caught.value, [caplog.text, repr(database.engine), database.name]
    while error is not None:
        said += [str(error), repr(error)]
        error = error.__cause__ or error.__context__
    assert not [each for each in said if "gehe1m" in each]


@pytest.fixture
def own_server(tmp_path_factory, server):
    """A server of the test's own, to be stopped and started."""
    own = Server(tmp_path_factory.mktemp("own"))
    own.install()
    own.start()
    yield own
    own.stop(hard=True)


def test_a_restart_in_the_middle(own_server):
    connection = own_server.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE artitec")
        cursor.execute("CREATE TABLE artitec.t (id INT PRIMARY KEY)")
    database = Database.server(own_server.url("artitec"))
    insert = text("INSERT INTO t VALUES (:id)")
    with database.write() as tx:
        tx.execute(insert, {"id": 1})
    with pytest.raises(Transient), database.write() as tx:
        tx.execute(insert, {"id": 2})
        own_server.stop(hard=True)
        tx.execute(insert, {"id": 3})
    with pytest.raises(Transient) as caught, database.read() as tx:
        tx.execute(text("SELECT 1"))
    assert caught.value.code == "database_gone"
    own_server.start()
    with database.read() as tx:
        assert list(tx.execute(text("SELECT id FROM t")).scalars()) == [1]
    # Connections that lay idle over a restart are not used.
    own_server.stop()
    own_server.start()
    seen = []

    def save(tx):
        seen.append(1)
        tx.execute(insert, {"id": 4})

    database.retrying(save)
    with database.read() as tx:
        assert list(tx.execute(text("SELECT id FROM t")).scalars()) == [1, 4]
    database.close()


def test_an_idle_connection_that_was_dropped_is_not_used(platform_of, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.database.mysql._PING_AFTER", 0)
    platform = platform_of("newest")
    database = platform.open()
    with database.read() as tx:
        number = tx.execute(text("SELECT CONNECTION_ID()")).scalar()
    platform.query(f"KILL {number}")
    with database.read() as tx:
        assert tx.execute(text("SELECT CONNECTION_ID()")).scalar() != number
    database.close()


def test_what_failed_leaves_nothing_open(newest):
    with pytest.raises(ZeroDivisionError), newest.write() as tx:
        rows.add(tx, media())
        raise ZeroDivisionError
    with newest.read() as tx:
        assert tx.execute(text("SELECT @@in_transaction")).scalar() == 0
        assert rows.by_public_id(tx, media().public_id) is None


def test_a_deadlock_is_done_again(newest):
    meet = threading.Barrier(2, timeout=60)
    tries = {1: 0, 2: 0}
    faults = []

    def caption(tx, number):
        sql = text("UPDATE media SET caption = CONCAT(COALESCE(caption, ''), 'x') WHERE id = :n")
        tx.execute(sql, {"n": number})

    def run(first, second):
        def save(tx):
            tries[first] += 1
            caption(tx, first)
            if tries[first] == 1:
                meet.wait()
            caption(tx, second)

        try:
            newest.retrying(save)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=each) for each in ((1, 2), (2, 1))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert sorted(tries.values()) == [1, 2]
    with newest.read() as tx:
        assert [rows.by_id(tx, each).caption for each in (1, 2)] == ["xx", "xx"]


def test_a_lock_that_is_held_for_long_is_said(newest):
    with newest.write() as holder:
        rows.change(holder, "MED-1700000000-AAAAAA", {"caption": "held"})
        with pytest.raises(Transient) as caught, newest.write() as tx:
            tx.execute(text("SET SESSION innodb_lock_wait_timeout = 1"))
            rows.change(tx, "MED-1700000000-AAAAAA", {"caption": "late"})
    assert caught.value.code == "database_locked"
    with newest.read() as tx:
        assert rows.by_id(tx, 1).caption == "held"


def test_a_lost_answer_to_commit_is_not_guessed(newest):
    ran = []

    def save(tx):
        ran.append(1)
        rows.add(tx, media())
        # Not the socket's end: what a quick server has answered by then would still be read.
        tx.connection.dbapi_connection._rfile = BytesIO()

    with pytest.raises(Transient) as caught:
        newest.retrying(save)
    assert caught.value.code == "commit_unknown"
    assert len(ran) == 1


def test_a_connection_lost_before_commit_is_done_again(newest):
    ran = []

    def save(tx):
        ran.append(1)
        rows.add(tx, media())
        if len(ran) == 1:
            tx.connection.dbapi_connection._sock.shutdown(socket.SHUT_RDWR)
            tx.execute(text("SELECT 1"))

    newest.retrying(save)
    assert len(ran) == 2
    with newest.read() as tx:
        assert media_search.count(tx, MediaQuery(WILLOW)) == 3


def test_a_server_that_hangs_is_not_asked_four_times(newest, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.database.engine._RETRY_SECONDS", 0.1)
    ran = []

    def save(tx):
        ran.append(1)
        tx.execute(text("SELECT SLEEP(0.2)"))
        tx.connection.dbapi_connection._sock.shutdown(socket.SHUT_RDWR)
        tx.execute(text("SELECT 1"))

    with pytest.raises(Transient):
        newest.retrying(save)
    assert len(ran) == 1


def test_what_lasts_is_not_tried_for_ever(newest):
    ran = []

    def save(tx):
        ran.append(1)
        tx.connection.dbapi_connection._sock.shutdown(socket.SHUT_RDWR)
        tx.execute(text("SELECT 1"))

    with pytest.raises(Transient):
        newest.retrying(save)
    assert len(ran) == 4


@pytest.mark.parametrize("age", ["newest", "enhanced"])
def test_many_at_once_keep_one_primary(platform_of, age):
    platform = platform_of(age)
    databases = [platform.open() for _ in range(2)]
    schema.bring_up_to_date(databases[0], "library")
    meet = threading.Barrier(4, timeout=60)
    faults = []

    def run(number):
        def save(tx, turn):
            rows.demote(tx, WILLOW, "gallery", AT)
            rows.add(tx, media(public_id=f"MED-1800000000-{number}-{turn}"))

        try:
            meet.wait()
            for turn in range(8):
                patiently(databases[number % 2].retrying, partial(save, turn=turn))
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(each,)) for each in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert platform.query("SELECT COUNT(*) FROM media WHERE public_id LIKE 'MED-18%'") == ((32,),)
    primary = "SELECT COUNT(*) FROM media WHERE is_primary AND entity_field = 'gallery'"
    assert platform.query(primary) == ((1,),)
    for each in databases:
        each.close()


def test_a_look_costs_a_round_trip_a_query_and_a_change_two_more(newest):
    with newest.read() as tx:
        media_search.count(tx, MediaQuery())

    def asked():
        with newest.read() as tx:
            return int(tx.execute(text("SHOW SESSION STATUS LIKE 'Questions'")).one()[1])

    start = asked()
    with newest.read() as tx:
        rows.by_id(tx, 1)
    looked = asked()
    with newest.write() as tx:
        rows.change(tx, "MED-1700000000-AAAAAA", {"caption": "x"})
    changed = asked()
    # Each asking is a question of its own.
    assert (looked - start - 1, changed - looked - 1) == (1, 3)


def test_more_callers_than_connections_wait_their_turn(newest):
    done = []

    def run():
        with newest.read() as tx:
            tx.execute(text("SELECT SLEEP(0.05)"))
            done.append(1)

    threads = [threading.Thread(target=run) for _ in range(30)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(done) == 30


def test_statements_are_logged_without_their_values(newest, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Permanent) as caught, newest.write() as tx:
        rows.add(tx, media(filename="s3cret" * 100))
    assert caught.value.code == "database_too_narrow"
    assert "s3cret" not in caplog.text + str(caught.value) + str(caught.value.__cause__)


def test_a_query_that_nobody_waits_for_is_stopped(newest):
    assert stopped(newest, "SELECT SLEEP(20) FROM media") < 20  # there are three
    for _ in range(10):  # whoever gets that connection next is left alone
        with newest.read() as tx:
            assert tx.exec_driver_sql("SELECT SLEEP(0.01)").scalar() == 0
