"""Visual review on the rows of every age of the platform's database."""

import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import reviews, schema
from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Conflict, MediaError
from artitec_media_desktop.domain.moderation import Look, Rule
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.storage import LocalStore
from tests.unit.services.moderation.people import (
    ADA,
    BEN,
    Person,
    S,
    looks,
    media,
    open_looks,
    records,
)
from tests.unit.services.rows import add

UMA = Account("USR-1", "Uma Uploader", Role.BUYER)
CID = Account("USR-903", "Cid Admin", Role.ADMIN)


@pytest.fixture
def library(platform, tmp_path):
    database = platform.open()
    schema.bring_up_to_date(database, "library")
    yield SimpleNamespace(database=database, store=LocalStore(tmp_path))
    database.close()


@pytest.fixture
def item(library):
    (made,) = add(library, 1, moderation_status=S.PENDING, is_approved=False)
    return made


def test_a_whole_life(library, item):
    ada, ben, uma = (Person(library, each) for each in (ADA, BEN, UMA))
    lease = ada.queue.claim(item).lease
    with pytest.raises(Conflict) as caught:
        ben.decide(item, S.REJECTED)
    assert caught.value.code == "held"
    ada.decide(item, S.REJECTED, seen=S.PENDING, lease=lease, note="Straße 🏡")
    uma.moderation.appeal(item, "Es ist mein Garten 🌳")
    answer = ben.decide(item, S.APPROVED, seen=S.REJECTED, lease=ben.queue.claim(item).lease)
    with pytest.raises(Conflict, match="was set to approved by USR-902 at") as caught:
        ada.decide(item, S.FLAGGED, seen=S.REJECTED)
    assert caught.value.code == "overtaken"
    undoing = ben.undoing.undo(answer.id)
    assert [each.asked for each in open_looks(library, item)] == ["Es ist mein Garten 🌳"]
    ben.undoing.redo(undoing.id, ChangeKind.MODERATED)
    one = media(library, item)
    assert (one.moderation_status, one.is_approved) == (S.APPROVED, True)
    assert [(e.after, e.look, e.rule, e.undone_at is None) for e in records(library, item)] == [
        (S.REJECTED, Look.FIRST, None, True),
        (S.APPROVED, Look.APPEAL, None, False),
        (S.REJECTED, Look.FIRST, Rule.UNDO, False),
        (S.APPROVED, Look.APPEAL, None, True),
    ]
    assert records(library, item)[0].note == "Straße 🏡"
    (look,) = looks(library, item)
    assert (look.answered_by, look.agreed) == (BEN.user_id, False)


def test_the_role_passes_with_decisions_and_comes_back(library):
    place = {"entity_type": "builder", "entity_field": "avatar"}
    old, new = add(library, 2, moderation_status=S.APPROVED, **place)
    with library.database.write() as tx:
        rows.change(tx, new, {"is_primary": True, "updated_at": datetime.now(UTC)})
    ada = Person(library, ADA)
    roles = lambda: [media(library, each).is_primary for each in (old, new)]  # noqa: E731
    if roles() != [False, True]:
        return  # this table has no such column
    rejection = ada.decide(new, S.REJECTED, reason="advertising")
    assert roles() == [True, False]
    with library.database.read() as tx:
        ((record,),) = reviews.of_changes(tx, [rejection.id]).values()
    assert (record.public_id, record.reason) == (new, "advertising")
    ada.undoing.undo(rejection.id)
    assert roles() == [False, True]
    ada.decide(new, S.FLAGGED)
    ada.decide(new, S.APPROVED)
    assert roles() == [False, True]


def test_two_agree_at_once_and_one_is_on_record(library, item):
    ada, people = Person(library, ADA), [Person(library, each) for each in (BEN, CID)]
    ada.lots = 0.0
    ada.decide(item, S.APPROVED)
    ready, said = threading.Barrier(2), []

    def agree(person):
        ready.wait()
        try:
            said.append(person.decide(item, S.APPROVED, seen=S.APPROVED))
        except MediaError as error:
            said.append(error)

    threads = [threading.Thread(target=agree, args=(each,)) for each in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(isinstance(each, MediaError) for each in said) == 1, said
    assert len(records(library, item)) == 2
