from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.database import changes
from artitec_media_desktop.domain.activity import ActivityQuery
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import Forbidden
from artitec_media_desktop.domain.media import MediaType, ModerationStatus
from artitec_media_desktop.domain.moderation import Ruling
from artitec_media_desktop.domain.permissions import Account, Role
from tests.unit.services.moderation.people import ADA, BEN, Person, S

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def did(library):
    """Write a change: ``did(ChangeKind.EDITED, 3, {"alt_text": "x"})``; returns its number."""
    last = 0

    def write(kind, count=1, after=None, minutes=1, entity=WILLOW, by=None, **rest):
        nonlocal last
        parts = []
        for _ in range(count):
            last += 1
            parts.append(MediaChange(f"MED-1-{last:06}", entity, {}, after or {}))
        at = NOON + timedelta(minutes=last * minutes)
        change = Change(kind, tuple(parts), by or library.account.user_id, at)
        with library.database.write() as tx:
            return changes.add(tx, change).id

    return write


def page(library, *values, limit=200, before=None, **query):
    return library.activity.page(ActivityQuery(*values, **query), limit, before)


def numbers(found):
    return [each.changes[0] for each in found.items]


def test_pages_are_newest_first_and_join_without_a_gap(library, did):
    ids = [did(ChangeKind.UPLOADED) for _ in range(5)]
    first = page(library, limit=2)
    did(ChangeKind.UPLOADED)  # what happens meanwhile hides nothing
    second = page(library, limit=2, before=first.next)
    third = page(library, limit=2, before=second.next)
    assert numbers(first) + numbers(second) + numbers(third) == ids[::-1]
    assert third.next is None


def test_an_entry_says_who_what_and_where(library, did):
    did(ChangeKind.EDITED, 12, {"alt_text": "x", "tags": ["pool"]})
    (entry,) = page(library).items
    assert entry.by.name == library.account.name
    assert (entry.count, len(entry.media)) == (12, 3)
    assert entry.columns == {"alt_text", "tags"}
    assert [each.public_id for each in entry.places] == ["CMY-456"]
    assert entry.may_undo


def test_real_media_have_names_wherever_they_are(library, upload, photo, photo_id):
    library.editing.edit([photo_id], MediaEdit(alt_text="A pool"))
    library.trash.delete([photo_id])
    deleted, edited, added = page(library).items
    for each in (deleted, edited, added):
        assert each.media[0].name == "a.jpg"
        assert each.media[0].media_type is MediaType.IMAGE
        assert each.media[0].in_trash
        assert each.only_images
    assert library.activity.media(photo_id).public_id == photo_id
    library.trash.restore([photo_id])
    assert not page(library).items[0].media[0].in_trash
    assert library.activity.media(photo_id).public_id == photo_id


def test_who_got_the_role_of_a_deleted_one_is_not_counted(library, upload, photo):
    rows = upload([photo("a.jpg"), photo("b.jpg", hue=31)])
    library.editing.edit([rows[0].media_public_id], MediaEdit(is_primary=True))
    library.trash.delete([rows[0].media_public_id])
    deleted, marked = page(library).items[:2]
    assert (deleted.kind, deleted.count) == (ChangeKind.TRASHED, 1)
    assert [each.name for each in deleted.media] == ["a.jpg"]
    assert (marked.columns, marked.count) == ({"is_primary"}, 1)


def test_what_is_gone_for_good_keeps_the_name_of_its_upload(library, did):
    did(ChangeKind.UPLOADED, after={"filename": "old.jpg"}, entity=EntityRef(WILLOW.type, 999))
    (entry,) = page(library).items
    assert entry.media[0].name == "old.jpg"
    assert entry.media[0].media_type is None
    assert not entry.only_images
    assert (entry.places, entry.place_count) == ((), 1)


def test_a_move_names_both_places(library, did):
    did(ChangeKind.MOVED, 1, {"entity_type": "property", "entity_id": 789})
    (entry,) = page(library).items
    assert [each.ref.type for each in entry.places] == [EntityType.COMMUNITY, EntityType.PROPERTY]
    for place in entry.places:
        assert page(library, text=place.name).items == (entry,)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("added", {ChangeKind.UPLOADED}),
        ("edited", {ChangeKind.EDITED, ChangeKind.ORDERED}),
        ("deleted", {ChangeKind.TRASHED, ChangeKind.PURGED}),
        ("decided", {ChangeKind.MODERATED}),
        ("", set(ChangeKind)),
    ],
)
def test_a_kind_is_filtered_by(library, did, kind, found):
    for each in ChangeKind:
        did(each)
    assert {each.kind for each in page(library, kind=kind).items} == found


def test_mine_are_those_of_who_asks(library, did):
    mine = did(ChangeKind.EDITED)
    did(ChangeKind.EDITED, by="USR-elsewhere")
    assert numbers(page(library, mine=True)) == [mine]


@pytest.mark.parametrize(
    "text", ["a.jpg", "A.JP", "willow", "CMY-456", "{me}", "willow a.jpg", "{id}"]
)
def test_words_are_looked_for_in_names_and_places(library, upload, photo_id, text):
    text = text.format(me=library.account.name.split()[0], id=photo_id)
    assert len(page(library, text=text).items) == 1
    assert page(library, text=f"{text} nowhere").items == ()
    library.trash.delete([photo_id])
    assert len(page(library, text=text).items) == 2


def test_a_decision_says_which(library, did):
    did(ChangeKind.MODERATED, 2, {"moderation_status": "rejected"})
    assert page(library).items[0].status is ModerationStatus.REJECTED


def test_a_decision_says_why_as_far_as_everybody_may_know(library, photo_id):
    rejected = library.moderation.decide([photo_id], Ruling(S.REJECTED, "advertising", "Her phone"))
    undoing = library.undoing.undo(rejected.id)
    library.moderation.decide([photo_id], Ruling(S.FLAGGED, "other", "A watermark"))
    flagged, undone, first, _ = page(library).items
    assert (first.status, first.why, first.second_look) == (S.REJECTED, "Advertising", False)
    assert (undone.status, undone.why) == (S.APPROVED, "")
    assert (flagged.status, flagged.why) == (S.FLAGGED, "A watermark")
    assert library.activity.why(rejected.id) == "Advertising"
    assert library.activity.why(undoing.id) == ""


def test_a_second_look_and_the_undoing_of_something_else_say_so(library, upload, photo):
    files = [photo("p.jpg")]
    (item,) = upload(files, "property:789/photos")
    name = item.media_public_id
    ada, ben = (Person(library, each) for each in (ADA, BEN))
    ada.lots = 0.0
    ada.decide(name, S.REJECTED)
    ada.decide(name, S.APPROVED)
    ben.decide(name, S.APPROVED)
    again = page(library).items[0]
    assert (again.second_look, again.confirmed) == (True, True)
    post = library.library.target("post:PST-1/media")
    library.undoing.undo(library.editing.edit([name], MediaEdit(place=post)).id)
    undone = page(library).items[0]
    assert (undone.kind, undone.status) == (ChangeKind.UNDONE, None)


def test_undone_says_by_whom_and_may_not_be_undone_again(library, photo_id):
    change = library.editing.edit([photo_id], MediaEdit(alt_text="A pool"))
    later = library.editing.edit([photo_id], MediaEdit(alt_text="A pond"))
    library.undoing.undo(later.id)
    undoing, second, first, _ = page(library).items
    assert second.undone_by == library.account
    assert second.may_undo.reason == "This is undone already."
    assert (undoing.kind, bool(undoing.may_undo)) == (ChangeKind.UNDONE, False)
    assert first.undone_at is None and first.may_undo
    assert first.changes == (change.id,)


def test_another_one_may_undo_only_as_an_admin(library, did):
    did(ChangeKind.EDITED, by="USR-elsewhere")
    did(ChangeKind.PURGED)
    purged, edited = page(library).items
    assert "for good" in purged.may_undo.reason
    assert edited.may_undo and edited.by is None
    library.account = Account("USR-2", "Bo", Role.BUYER)
    assert "admin" in page(library).items[1].may_undo.reason
    library.account = Account("USR-2", "Bo", Role.BUYER, active=False)
    with pytest.raises(Forbidden):
        page(library)


def test_uploads_of_minutes_are_one_entry(library, did):
    for _ in range(4):
        did(ChangeKind.UPLOADED)
    did(ChangeKind.UPLOADED, minutes=10)
    far, *near = page(library).items
    assert not far.takes(near[0])
    assert near[0].takes(near[1])
    one = near[0].plus(near[1])
    assert (one.count, len(one.changes), one.since) == (2, 2, near[1].at)
    assert one.takes(near[2])
    assert one.before(one.changes[0]).changes == one.changes[1:]
    assert one.before(one.changes[-1]) is None
    other = EntityRef(EntityType.COMMUNITY, 2)
    did(ChangeKind.UPLOADED, entity=other)
    did(ChangeKind.UPLOADED, entity=other, by="USR-2")
    theirs, elsewhere = page(library).items[:2]
    assert not theirs.takes(elsewhere)


def test_uploads_are_undone_together(library, upload, photo):
    rows = upload([photo("a.jpg"), photo("b.jpg", hue=31), photo("c.jpg", hue=60)])
    ids = [each.changes[0] for each in page(library).items]
    undoing = library.undoing.undo_uploads(ids)
    assert undoing.kind is ChangeKind.UNDONE
    assert set(undoing.public_ids) == {each.media_public_id for each in rows}
    first, *uploads = page(library).items
    assert (first.changes[0], first.count) == (undoing.id, 3)
    assert all(each.undone_at for each in uploads)
    again = library.undoing.redo(undoing.id, ChangeKind.UPLOADED)
    assert len(again.public_ids) == 3


def test_of_uploads_what_others_worked_on_stays(library, upload, photo):
    rows = upload([photo("a.jpg"), photo("b.jpg", hue=31)])
    kept = rows[0].media_public_id
    ids = [each.changes[0] for each in page(library).items]
    admin = library.account
    library.account = Account("USR-2", "Bo", Role.ADMIN)
    library.editing.edit([kept], MediaEdit(alt_text="A pool"))
    library.account = admin
    undoing = library.undoing.undo_uploads(ids)
    assert [each.public_id for each in undoing.failed] == [kept]
    uploads = page(library, kind="added").items
    assert [each.undone_at is None for each in uploads] == [False, True]
