"""A platform whose table holds what nobody should have written, in the program's own window."""

import pytest

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import schema, search_index
from artitec_media_desktop.database.mysql_faults import REFUSED
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.theme import theme
from tests.bad_rows import ROWS, WILLOW, Visit, write
from tests.services.mariadb import PASSWORD

BROKEN = ("broken json", "empty")
#: What only a table with columns that may be NULL takes.
NULLS = [
    dict.fromkeys(
        ("filename", "original_filename", "media_type", "content_type", "file_size", "storage_type",
         "storage_path", "original_url", "sort_order", "is_primary", "uploaded_by", "is_public",
         "is_approved", "moderation_status", "created_at", "updated_at")
    ),
]  # fmt: skip


@pytest.fixture
def platform(platform_of):
    """The newest age, where every column of ``media`` may be NULL and texts may be long."""
    made = platform_of("newest")
    for name, kind in made.query(
        "SELECT column_name, column_type FROM information_schema.columns "
        "WHERE table_schema = DATABASE() AND table_name = 'media' AND is_nullable = 'NO' "
        "AND column_name NOT IN ('id', 'public_id', 'entity_type', 'entity_id')"
    ):
        made.query(f"ALTER TABLE media MODIFY {name} {kind} NULL")
    made.query("ALTER TABLE media MODIFY caption LONGTEXT")
    made.query("DELETE FROM media")
    database = made.open()
    schema.bring_up_to_date(database, "library")
    database.close()
    return made


def fill(platform):
    connection = platform.server.connect(platform.name)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET sql_mode='', check_constraint_checks=0")
        return write(cursor.execute, "%s", NULLS)


@pytest.fixture(params=["table", "index"])
def visit(request, qapp, qtbot, platform, tmp_path, monkeypatch):
    theme().apply(qapp)
    number = fill(platform)
    if request.param == "index":
        monkeypatch.setattr(search_index, "_SMALL", 0)
        database = platform.open()
        search_index.catch_up(database)
        database.close()
    monkeypatch.setenv("DATABASE_URL", platform.server.url(platform.name))
    monkeypatch.setenv("STORAGE_TYPE", "local")
    monkeypatch.setenv("UPLOAD_DIR", str(tmp_path / "uploads"))
    (tmp_path / "uploads").mkdir()
    app = App(Home(tmp_path / "home"), email="ada.admin@artitec.example", password=PASSWORD)
    window = MainWindow(app)
    window.resize(1440, 900)
    made = Visit(window, qtbot)
    made.number = number
    yield made
    window.close()
    qtbot.waitUntil(lambda: not app.runner.is_busy)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_row_is_shown_and_none_is_a_failure(visit):
    assert visit.show(MediaQuery(WILLOW)) == visit.number
    visit.inspect_each()
    visit.view_each()
    assert visit.search() == visit.number
    edited, deleted, restored = visit.edit_and_delete()
    # The table's own rule forbids any writing of a row whose JSON is broken; the others are done.
    broken = [f"MED-1800000000-B{row:05}" for row, odd in enumerate(ROWS, 1) if odd in BROKEN]
    assert {each: error.code for each, error in edited.items()} == dict.fromkeys(broken, REFUSED)
    assert deleted == restored == {}
    assert visit.show(MediaQuery(WILLOW)) == visit.number
