"""What needs no server: addresses, what faults mean, and what a table really has."""

import pymysql
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search, mysql, mysql_faults, shape
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.mysql import Tls
from artitec_media_desktop.database.shape import Actual
from artitec_media_desktop.domain.errors import Conflict, Transient, Unusable
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import parse


@pytest.mark.parametrize(
    ("url", "tls"),
    [
        ("mysql://u:p@h/d", None),
        ("mariadb://u:p@h:3306/d", None),
        ("mysql+aiomysql://u:p@h/d?charset=utf8mb4&autocommit=true", None),
        ("mysql+mysqlconnector://u:p@h/d?ssl_ca=/ca.pem", Tls("/ca.pem")),
        ("mysql://u:p@h/d?ssl_verify_cert=false", Tls(None, verify=False)),
        ("mysql://u:p@h/d?ssl_verify_identity=true", Tls()),
    ],
)
def test_every_spelling_is_the_same_server(url, tls):
    read, asked = mysql.address(url)
    assert (read.drivername, read.host, read.database) == ("mysql+pymysql", "h", "d")
    assert read.password == "p"
    assert dict(read.query) == {}
    assert asked == tls
    assert mysql.place(read) == "“d” on h"


def fault(number, message="", lost=False):
    original = pymysql.err.OperationalError(number, message)
    return mysql_faults.fault(
        DBAPIError("SELECT 1", {}, original, connection_invalidated=lost), "x"
    )


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (2006, Transient, "database_gone"),
        (2013, Transient, "database_gone"),
        (1927, Transient, "database_gone"),
        (1053, Transient, "database_gone"),
        (1213, Transient, "database_deadlock"),
        (1205, Transient, "database_locked"),
        (1040, Transient, "database_full_house"),
        (1290, Transient, "database_read_only"),
        (1114, Transient, "disk_full"),
        (1045, Unusable, "database_sign_in"),
        (1049, Unusable, "database_unknown"),
        (3159, Unusable, "database_tls"),
        (1146, Unusable, "database_not_ready"),
        (1142, Unusable, "database_rights"),
        (1062, Conflict, "database_conflict"),
    ],
)
def test_faults(number, kind, code):
    found = fault(number)
    assert (type(found), found.code) == (kind, code)
    assert found.message.endswith(".")


def test_a_fault_of_ours_is_not_explained_away():
    assert fault(1064, "You have an error in your SQL syntax") is None
    assert fault(9999, lost=True).code == "database_gone"


def test_values_and_accounts_of_the_server_are_not_repeated():
    said = fault(1142, "INSERT command denied to user 'ada'@'10.0.0.7' for table 'media'").message
    assert "ada" not in said
    assert "INSERT" in said
    said = fault(1366, r"Incorrect string value: '\xF0\x9F' for column `a`.`media`.`b` at row 1")
    assert "xF0" not in said.message
    assert "b" in said.message


def test_the_members_of_an_enum():
    actual = Actual("a", "ENUM('LOCAL','it''s','a,b')", nullable=False)
    assert actual.members == ("LOCAL", "it's", "a,b")
    assert actual.empty() == "LOCAL"
    assert Actual("a", "varchar(20)", nullable=False).members == ()
    assert Actual("a", "tinyint(1)", nullable=False).empty() == 0
    assert Actual("a", "text", nullable=False).empty() == ""


def test_a_file_with_an_older_table_is_read_too(tmp_path):
    database = Database.file(tmp_path / "old.db")
    with database.write() as tx:
        tx.execute(
            text(
                "CREATE TABLE media (id INTEGER PRIMARY KEY, public_id TEXT, filename TEXT, "
                "original_filename TEXT, media_type TEXT, content_type TEXT, file_size INTEGER, "
                "storage_path TEXT, original_url TEXT, entity_type TEXT, entity_id INTEGER, "
                "entity_field TEXT, sort_order INTEGER, created_at TIMESTAMP, theirs TEXT)"
            )
        )
        tx.execute(text("INSERT INTO media (id, public_id) VALUES (1, 'MED-1')"))
    with database.write() as tx:
        one = rows.by_public_id(tx, "MED-1")
        assert (one.storage_type, one.is_primary) == (None, False)
        assert list(media_search.ids(tx, MediaQuery(search=parse("status:approved")))) == [1]
        assert rows.own_values(tx, 1) == {}
        tx.execute(text("UPDATE media SET theirs = 'kept'"))
        assert rows.own_values(tx, 1) == {"theirs": "kept"}
        rows.remove(tx, [1])
        rows.add(tx, one, {"theirs": "kept"})
        assert tx.execute(text("SELECT theirs FROM media")).scalar() == "kept"
        assert not shape.media(tx).has("tags")
    database.close()
