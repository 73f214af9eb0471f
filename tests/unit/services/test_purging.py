"""The trash is emptied for good: no object without a row is left, after a crash too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import trash
from artitec_media_desktop.database.tables import TRASH
from artitec_media_desktop.domain.errors import Conflict, Forbidden, NotFound
from artitec_media_desktop.domain.permissions import Account, Role
from tests.unit.services.conftest import objects


class Crash(BaseException):
    """What a killed process does: nothing more."""


@pytest.fixture
def trashed(library, upload, photo):
    public_id = upload([photo("a.jpg")])[0].media_public_id
    library.trash.delete([public_id])
    return public_id


def test_what_lies_there_long_enough_goes_for_good(library, trashed):
    assert library.purging.purge().media == ()
    change = library.purging.purge(older_than_days=0)
    assert change.public_ids == (trashed,)
    assert objects(library) == {}
    with pytest.raises(NotFound):
        library.trash.restore([trashed])
    with pytest.raises(Conflict) as info:
        library.undoing.undo(change.id)
    assert info.value.code == "for_good"
    with pytest.raises(Conflict, match="was deleted by Local Admin since"):
        library.undoing.undo()  # the deletion


def test_only_an_admin_may(library, trashed):
    library.account = Account("USR-9", "Bob", Role.BUYER)
    with pytest.raises(Forbidden):
        library.purging.purge(public_ids=[trashed])
    assert len(objects(library)) > 0


def test_a_crash_leaves_an_intent_that_recovery_ends(library, trashed, monkeypatch):
    def crash(_key):
        raise Crash

    monkeypatch.setattr(library.store, "delete", crash)
    with pytest.raises(Crash):
        library.purging.purge(public_ids=[trashed])
    monkeypatch.undo()
    assert len(objects(library)) > 0
    assert library.check.run().orphan_objects == []  # known: they are on their way out
    assert library.relocating.recover(timedelta(0)) == 1
    assert objects(library) == {}


def test_a_file_of_two_rows_stays(library, upload, photo):
    public_id = upload([photo("a.jpg")])[0].media_public_id
    one = library.library.media(public_id)
    library.trash.delete([public_id])
    with library.database.read() as tx:
        kept = trash.get(tx, public_id).media
    with library.database.write() as tx:
        rows.add(tx, replace(kept, id=0, public_id="MED-9-TWINXX", is_public=False))
    library.purging.purge(public_ids=[public_id])
    assert f"private/{one.storage_path}" in objects(library)


def _aged(library, days):
    with library.database.write() as tx:
        at = datetime.now(UTC) - timedelta(days=days)
        tx.execute(TRASH.update().values(deleted_at=at))


def test_by_itself_only_what_is_due_goes(library, upload, photo):
    (item,) = upload([photo("a.jpg")])
    library.trash.delete([item.media_public_id])
    _aged(library, 29.9)
    assert library.purge_due() is None
    _aged(library, 30.1)
    assert library.purge_due().public_ids == (item.media_public_id,)
    assert objects(library) == {}


def test_by_itself_only_for_who_may_and_some_at_a_time(library, upload, photo, monkeypatch):
    rows = upload([photo(f"{number}.jpg", hue=40 * number + 1) for number in range(3)])
    library.trash.delete([each.media_public_id for each in rows])
    _aged(library, 31)
    account, library.account = library.account, replace(library.account, role=Role.BUILDER)
    assert library.purge_due() is None
    library.account = account
    monkeypatch.setattr("artitec_media_desktop.bootstrap.library._PURGED_AT_A_TIME", 2)
    assert len(library.purge_due().public_ids) == 2
    assert len(library.purge_due().public_ids) == 1
    assert library.purge_due() is None
