"""The history as a list, on a real server: its pages, and which index they walk along."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.dialects import mysql

from artitec_media_desktop.database import activity, changes
from artitec_media_desktop.database.tables import CHANGES
from artitec_media_desktop.domain.activity import ActivityQuery
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.services.activity import ActivityService

from .test_edits import Client, fill, store  # noqa: F401  # a fixture

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WILLOW = EntityRef(EntityType.COMMUNITY, 1)
EVERYTHING = ActivityQuery()


@pytest.fixture
def history(newest):
    """A thousand changes; every second is of another account."""
    with newest.write() as tx:
        for number in range(1_000):
            part = MediaChange(f"MED-{number}-A", WILLOW, {}, {"filename": f"{number}.jpg"})
            at = NOON + timedelta(seconds=number)
            changes.add(tx, Change(ChangeKind.UPLOADED, (part,), f"USR-{number % 2}", at))
        tx.exec_driver_sql("ANALYZE TABLE media_changes, media_changed")
    return newest


def plan_of(tx, query, before=None):
    """The lines of EXPLAIN for ``media_changes``."""
    wanted = activity.wanted(tx, query, "USR-1")
    if before is not None:
        wanted = wanted.where(CHANGES.c.id < before)
    wanted = wanted.order_by(CHANGES.c.id.desc()).limit(201)
    text = wanted.compile(dialect=mysql.dialect(), compile_kwargs={"literal_binds": True})
    rows = tx.exec_driver_sql("EXPLAIN " + str(text).replace("%", "%%")).mappings()
    return next(row for row in rows if row["table"] == "media_changes")


@pytest.mark.parametrize("before", [None, 500])
@pytest.mark.parametrize(
    "query",
    [EVERYTHING, ActivityQuery(kind="added"), ActivityQuery(text="willow"),
     ActivityQuery(mine=True), ActivityQuery(mine=True, text="99.jpg")],
)  # fmt: skip
def test_a_page_walks_along_an_index(history, query, before):
    with history.read() as tx:
        plan = plan_of(tx, query, before)
    assert plan["key"] in {"PRIMARY", "idx_media_changes_account"}
    assert "filesort" not in (plan["Extra"] or "")


def test_pages_words_and_who_undid(history, store):  # noqa: F811
    one = Client(history, store)
    service = ActivityService(history, one.editing._access)
    first = service.page(EVERYTHING, 600)
    second = service.page(EVERYTHING, 600, first.next)
    assert (len(first.items), len(second.items), second.next) == (600, 400, None)
    assert first.items[0].media[0].name == "999.jpg"
    assert len(service.page(ActivityQuery(text="77.JPG")).items) == 10
    assert len(service.page(ActivityQuery(text="willow CREEK"), 5).items) == 5
    ids = fill(history, store, 2)
    deleted = one.trash.delete(ids)
    Client(history, store, "Bo").undoing.undo(deleted.id)
    undoing, trashed = service.page(EVERYTHING, 2).items
    assert (undoing.kind, trashed.kind) == (ChangeKind.UNDONE, ChangeKind.TRASHED)
    assert (trashed.count, trashed.undone_at is not None) == (2, True)
    with history.read() as tx:
        assert activity.undoers(tx, [deleted.id]) == {deleted.id: "USR-Bo"}
