"""A query that nobody waits for any more ends soon."""

from tests.stopping import Work, stopped

ENDLESS = (
    "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) "
    "SELECT count(*) FROM more"
)


def test_a_search_in_a_file_is_stopped(library):
    assert stopped(library, ENDLESS) < 2
    with library.read() as tx:
        assert tx.exec_driver_sql("SELECT 1").scalar() == 1


def test_what_is_not_cancelled_is_let_be(library):
    with library.read(Work()) as tx:
        counted = ENDLESS.replace("FROM more)", "FROM more WHERE n < 300000)")
        assert tx.exec_driver_sql(counted).scalar() == 300_000
