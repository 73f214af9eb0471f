"""Clean-up sessions on a real server: what races, and what is read of every age of the table."""

import itertools
import threading
from datetime import UTC, datetime
from functools import partial

import pytest

from artitec_media_desktop.database import fingerprints
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.duplicates import Scope
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import Conflict, MediaError, Transient
from artitec_media_desktop.domain.hashes import Fingerprint
from artitec_media_desktop.services import relocating
from artitec_media_desktop.services.duplicates import DuplicateService
from tests.integration.database.interleaving import before_look
from tests.integration.database.test_edits import Client as Editor
from tests.integration.database.test_edits import fill
from tests.integration.database.test_edits import store as store

SUM = "ab" * 32


class Client(Editor):
    """Who cleans up too."""

    def __init__(self, database, store, name="Ada"):
        super().__init__(database, store, name)
        self.duplicates = DuplicateService(database, self.access, self.relocating)


def copies(database, store, count):
    """As many media with the same bytes."""
    ids = fill(database, store, count)
    with database.write() as tx:
        for public_id in ids:
            one = rows.by_public_id(tx, public_id)
            fingerprints.add(tx, one.id, Fingerprint(SUM, None, "0f" * 8), datetime.now(UTC))
    return ids


def live(database, ids):
    with database.read() as tx:
        return [each for each in ids if rows.by_public_id(tx, each) is not None]


def test_every_age_is_compared_merged_and_undone(library, store):
    ids = copies(library, store, 3)
    client = Client(library, store)
    client.editing.edit([ids[1]], MediaEdit(alt_text="A room"))
    grouping = client.duplicates.compare(Scope()).grouped(5)
    merge = client.duplicates.preview(grouping.group(0))
    client.duplicates.accept(merge)
    assert live(library, ids) == [merge.keeper.public_id]
    # By a client that was started anew.
    undone = Client(library, store).undoing.undo()
    assert undone.failed == ()
    assert live(library, ids) == ids
    assert client.duplicates.compare(Scope()).grouped(5).count == 1


@pytest.mark.parametrize("count", [2, 3])
def test_whoever_merges_the_other_way_between_two_looks_is_told(
    newest, other_client, store, monkeypatch, count
):
    """One look after another: whoever comes second is told who was faster, and in favour of what.

    Of three, both would move the third: once the first has begun, the second has to wait.
    """
    monkeypatch.setattr(relocating, "_PAUSES", ())
    ids = copies(newest, store, count)
    ada, ben = Client(newest, store), Client(other_client, store, "Ben")
    group = ada.duplicates.compare(Scope()).grouped(0).group(0)
    for number in itertools.count():
        merges = {ada: ada.duplicates.preview(group, group.ids[0])}
        merges[ben] = ben.duplicates.preview(group, group.ids[1])
        done, told = [], []

        def accept(client, merges=merges, done=done, told=told):
            try:
                client.duplicates.accept(merges[client])
                done.append(client)
            except Conflict as error:
                told.append(error.message)
            except Transient as error:
                assert error.code == "moving"

        with before_look(newest, number, partial(accept, ben)) as looks:
            accept(ada)
        if len(looks) <= number:
            break
        if not told:
            accept(ben)  # who had to wait
        assert len(live(newest, ids)) == 1
        [first], [words] = done, told
        assert f"was merged into “p.jpg” by USR-{first.access.account.name}" in words, looks[number]
        assert first.undoing.undo().failed == ()
    assert number > 10


@pytest.mark.parametrize("attempt", range(6))
def test_opposite_keepers_at_the_same_moment_leave_exactly_one(newest, store, attempt):
    ids = copies(newest, store, 2 + attempt % 2)
    clients = [Client(newest, store, name) for name in ("Ada", "Ben")]
    group = clients[0].duplicates.compare(Scope()).grouped(0).group(0)
    merges = [clients[n].duplicates.preview(group, group.ids[n]) for n in (0, 1)]
    together = threading.Barrier(2)
    faults = []

    def accept(client, merge):
        together.wait()
        try:
            client.duplicates.accept(merge)
        except MediaError as error:
            faults.append(error)

    threads = [
        threading.Thread(target=accept, args=each) for each in zip(clients, merges, strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(live(newest, ids)) == 1
    [fault] = faults
    # That is how they are told wherever they meet; one that others keep waiting for long says so.
    assert "was merged into" in fault.message or isinstance(fault, Transient)
    left = live(newest, ids)[0]
    assert {each.key for each in store.list() if "private/" not in each.key} == {
        row.storage_path for row in [_row(newest, left)]
    }
    kinds = [each.kind for each in _history(newest, left)]
    assert [each.value for each in kinds] == ["merged"]


def test_who_says_they_are_none_and_who_merges_at_once(newest, store):
    ids = copies(newest, store, 2)
    ada, ben = Client(newest, store), Client(newest, store, "Ben")
    group = ada.duplicates.compare(Scope()).grouped(0).group(0)
    merge = ada.duplicates.preview(group)
    ben.duplicates.keep_both(group.ids)
    with pytest.raises(Conflict, match=r"USR-Ben decided that .* both stay"):
        ada.duplicates.accept(merge)
    assert live(newest, ids) == ids


def _row(database, public_id):
    with database.read() as tx:
        return rows.by_public_id(tx, public_id)


def _history(database, public_id):
    from artitec_media_desktop.database import changes

    with database.read() as tx:
        return changes.history(tx, public_id)
