import pytest


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once():
    """What SQLAlchemy compiled is kept by engine and dialect, and each test opens its own files.

    All files get one of each here, as in a program that goes on with one library: compiling was
    up to half of the time of a test.
    """
    from sqlalchemy import URL, event
    from sqlalchemy.util import LRUCache

    from artitec_media_desktop.database import sqlite

    made_alone = sqlite.engine
    first = made_alone(URL.create("sqlite"))
    first.connect().close()  # a dialect learns of its server when it first connects
    first.dispose()
    compiled = LRUCache(1000)

    def engine(url):
        made = made_alone(url)
        made.dialect = first.dialect
        made.update_execution_options(compiled_cache=compiled)
        # As for all other files: see ``os.fsync`` in tests/conftest.py.
        event.listen(made, "connect", lambda db, _: db.execute("PRAGMA synchronous=OFF"))
        return made

    sqlite.engine = engine
    yield
    sqlite.engine = made_alone
