"""A library into which somebody wrote rows by hand, in the program's own window."""

import sqlite3
from contextlib import closing

import pytest

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.ui.main_window import MainWindow
from tests.bad_rows import WILLOW, Visit, write

#: What only a file takes: its columns hold anything.
ANYTHING = [
    {"created_at": "yesterday", "updated_at": "2024-13-45"},
    {"created_at": 1700000000, "updated_at": 1.5},
    {"file_size": "big", "width": "wide", "sort_order": "first", "is_primary": "yes"},
]


@pytest.fixture
def visit(light, qtbot, tmp_path):
    home = Home(tmp_path / "home")
    Library.embedded(home).close()
    app = App(home, profile="embedded")
    window = MainWindow(app)
    window.resize(1440, 900)
    made = Visit(window, qtbot)
    made.home = home
    yield made
    window.close()
    qtbot.waitUntil(lambda: not app.runner.is_busy)


def test_every_row_is_shown_and_none_is_a_failure(visit):
    with closing(sqlite3.connect(visit.home.root / "library" / "library.db")) as db, db:
        number = write(db.execute, "?", ANYTHING)
        db.execute("UPDATE media SET alt_text = CAST(x'ff4b' AS TEXT) WHERE id = 1")
    assert visit.show(MediaQuery(WILLOW)) == number
    visit.inspect_each()
    visit.view_each()
    assert visit.search() == number
    for failed in visit.edit_and_delete():
        assert failed == {}
    assert visit.show(MediaQuery(WILLOW)) == number
