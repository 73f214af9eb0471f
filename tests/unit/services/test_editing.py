"""Bulk edits: only what is touched is written, and what somebody else wrote is never lost."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_edits, moves
from artitec_media_desktop.domain.changes import ChangeKind, Stopped
from artitec_media_desktop.domain.edits import MediaEdit, Overtaken
from artitec_media_desktop.domain.errors import Cancelled, Conflict, Forbidden, Permanent
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.ordering import rearranged
from artitec_media_desktop.domain.permissions import Account, Role
from tests.rulings import ruled
from tests.unit.services.conftest import objects
from tests.unit.services.rows import WILLOW, add


def get(library, public_id):
    return library.library.media(public_id)


def values(library, public_id):
    with library.database.read() as tx:
        return media_edits.rows(tx, [public_id])[public_id].values


def test_only_what_is_touched_is_written(library):
    a, b = add(library, 2, caption="as it was", tags=("x", "y"))
    change = library.editing.edit([a, b], MediaEdit(alt_text="A kitchen", add_tags=("z", "x")))
    assert (change.kind, change.public_ids, change.failed) == (ChangeKind.EDITED, (a, b), ())
    now = get(library, a)
    assert (now.alt_text, now.caption, now.tags) == ("A kitchen", "as it was", ("x", "y", "z"))
    assert set(change.media[0].after) == {"alt_text", "tags"}
    library.editing.edit([a], MediaEdit(remove_tags=("x", "z"), alt_text=""))
    assert (get(library, a).alt_text, get(library, a).tags) == (None, ("y",))
    assert library.editing.edit([a], MediaEdit(caption="as it was")).id is None


def test_an_edit_that_was_overtaken_tells_both_values_and_writes_nothing(library):
    a, b = add(library, 2)
    seen = {each: get(library, each) for each in (a, b)}
    library.account = replace(library.account, user_id="USR-9", name="Mia")
    library.editing.edit([a], MediaEdit(caption="theirs", sort_order=9))
    change = library.editing.edit([a, b], MediaEdit(caption="mine", alt_text="mine"), seen)
    (failure,) = change.failed
    assert failure.public_id == a
    assert isinstance(failure.error, Overtaken)
    assert (failure.error.theirs, failure.error.mine) == (
        {"caption": "theirs"},
        {"caption": "mine"},
    )
    assert (get(library, a).caption, get(library, a).alt_text) == ("theirs", None)
    assert get(library, b).caption == "mine"
    # What the other one wrote elsewhere, or as I wish it, is no conflict.
    assert library.editing.edit([a], MediaEdit(alt_text="mine"), seen).failed == ()
    assert library.editing.edit([a], MediaEdit(caption="theirs"), seen).failed == ()


def test_one_that_is_gone_or_forbidden_does_not_stop_the_rest(library):
    (a,) = add(library, 1)
    (b,) = add(library, 1, tail="BBBBBB", entity_type="event")
    change = library.editing.edit([a, "MED-1-GONEXX", b], MediaEdit(caption="c"))
    assert change.public_ids == (a, b)
    assert [each.error.code for each in change.failed] == ["no_media"]
    library.account = Account("USR-9", "Bob", Role.BUYER)
    with pytest.raises(Forbidden):
        library.editing.edit([a, b], MediaEdit(caption="d"))


@pytest.mark.parametrize(
    "edit", [{"alt_text": "x" * 501}, {"caption": "é" * 40_000}, {"sort_order": 2**31},
             {"tags": ("a\0",)}, {"caption": "\udcff"}],
)  # fmt: skip
def test_what_no_row_could_hold_is_refused(edit):
    with pytest.raises(Permanent) as info:
        MediaEdit(**edit)
    assert info.value.code == "bad_edit"


def test_ten_thousand_rows_report_and_can_be_stopped(library):
    ids = add(library, 1_000)

    class Work:
        seen = 0

        def progress(self, done, total, text=""):
            self.seen = (done, total)

        def check_cancelled(self):
            if self.seen and self.seen[0] >= 500:
                raise Cancelled

    work = Work()
    with pytest.raises(Stopped) as stopped:
        library.editing.edit(ids, MediaEdit(caption="new"), work=work)
    assert work.seen == (500, 1_000)
    assert (len(stopped.value.change.public_ids), stopped.value.total) == (750, 1_000)
    assert stopped.value.change.id == library.undoing.last().id

    def captions():
        with library.database.read() as tx:
            return Counter(tx.scalars(text("SELECT caption FROM media")))

    assert captions() == {"new": 750, None: 250}
    library.undoing.undo()
    assert captions() == {None: 1_000}


# ---- the primary role


def primaries(library, field="gallery"):
    with library.database.read() as tx:
        return [each.public_id for each in media_edits.primaries(tx, WILLOW, field)]


def test_whoever_becomes_primary_takes_the_role_and_undo_gives_it_back(library):
    a, b, c = add(library, 3)
    library.editing.edit([a], MediaEdit(is_primary=True))
    change = library.editing.edit([b], MediaEdit(is_primary=True))
    assert (change.public_ids, {each.public_id for each in change.media}) == ((b,), {a, b})
    assert primaries(library) == [b]
    library.undoing.undo()
    assert primaries(library) == [a]
    change = library.editing.edit([b], MediaEdit(is_primary=True))
    library.editing.edit([c], MediaEdit(is_primary=True))
    with pytest.raises(Conflict):
        library.undoing.undo(change.id)
    assert primaries(library) == [c]
    change = library.editing.edit([a, b], MediaEdit(is_primary=True))
    assert [each.error.code for each in change.failed] == ["one_primary"]
    assert primaries(library) == [a]


def test_deleting_the_primary_one_says_so_and_passes_the_role_on(library):
    a, b, c = add(library, 3)
    library.editing.edit([b], MediaEdit(is_primary=True))
    assert library.trash.consequences([c]) == []
    (said,) = library.trash.consequences([b])
    assert (said.entity, said.field, said.empties, said.primary, said.heir) == (
        WILLOW, "gallery", False, b, a,
    )  # fmt: skip
    change = library.trash.delete([b])
    assert change.public_ids == (b,)
    assert primaries(library) == [a]
    library.trash.restore([b])
    assert primaries(library) == [b]
    library.undoing.undo()
    assert primaries(library) == [a]
    library.undoing.undo()
    assert primaries(library) == [b]
    (said,) = library.trash.consequences([a, b, c])
    assert (said.empties, said.heir) == (True, None)
    library.trash.delete([a, b, c])
    library.undoing.undo()
    assert primaries(library) == [b]


def test_what_everybody_may_see_inherits_before_what_is_private_or_waits(library):
    a, b, c, d = add(library, 4)
    library.editing.edit([d], MediaEdit(is_primary=True))
    library.editing.edit([a], MediaEdit(is_public=False))
    library.moderation.decide([b], ruled(ModerationStatus.FLAGGED))
    library.trash.delete([d])
    assert primaries(library) == [c]
    library.trash.delete([c])
    assert primaries(library) == [a]


def test_the_role_stays_with_whom_it_was_given_to_since(library):
    a, _b, c = add(library, 3)
    library.editing.edit([a], MediaEdit(is_primary=True))
    library.trash.delete([a])
    library.editing.edit([c], MediaEdit(is_primary=True))
    library.trash.restore([a])
    assert primaries(library) == [c]


# ---- order


@given(
    st.lists(st.integers(-3, 6), min_size=1, max_size=9).flatmap(
        lambda orders: st.tuples(st.just(orders), st.permutations(range(len(orders))))
    )
)
def test_a_new_order_is_the_one_asked_for_with_the_fewest_writes(drawn):
    orders, ages = drawn
    new = rearranged(orders, ages)
    got = [new.get(place, order) for place, order in enumerate(orders)]
    assert sorted(range(len(orders)), key=lambda p: (got[p], ages[p])) == list(range(len(orders)))

    def possible(kept):
        steps = [0]
        for left, right in itertools.pairwise(ages):
            steps.append(steps[-1] + (right < left))
        pairs = itertools.pairwise(kept)
        return all(orders[j] - orders[i] >= steps[j] - steps[i] for i, j in pairs)

    size = len(orders)
    subsets = ([p for p in range(size) if mask >> p & 1] for mask in range(2**size))
    assert len(new) == size - max(len(each) for each in subsets if possible(each))


def shown(library):
    with library.database.read() as tx:
        by_age = media_edits.by_age(tx, WILLOW, "gallery")
    return [each.public_id for each in sorted(by_age, key=lambda e: e.values["sort_order"] or 0)]


def test_one_that_is_moved_is_written_alone(library):
    ids = add(library, 6, sort_order=0)
    order = shown(library)
    change = library.editing.reorder(WILLOW, "gallery", [order[-1]], order[0])
    assert (change.kind, len(change.media)) == (ChangeKind.ORDERED, 1)
    assert shown(library) == [order[-1], *order[:-1]]
    library.editing.reorder(WILLOW, "gallery", [order[0], order[2]], None)
    assert shown(library) == [order[-1], order[1], *order[3:-1], order[0], order[2]]
    library.undoing.undo()
    library.undoing.undo()
    assert shown(library) == order
    assert library.editing.reorder(WILLOW, "gallery", [order[1]], order[2]).id is None
    with pytest.raises(Conflict):
        library.editing.reorder(WILLOW, "gallery", [ids[0]], "MED-1-GONEXX")


# ---- another place


def test_to_another_entity_with_its_objects_and_back(library, photo_id):
    before, content = get(library, photo_id), objects(library)
    place = library.library.target("property:789/photos")
    change = library.editing.edit([photo_id], MediaEdit(place=place))
    now = get(library, photo_id)
    assert {str(each) for each in change.entities} == {"community:1", "property:789"}
    assert (now.entity_type, now.entity_id, now.entity_field) == ("property", 789, "gallery")
    assert now.storage_path.startswith("properties/photos/PROP-789/")
    assert now.filename == now.storage_path.rpartition("/")[2]
    assert library.check.run().is_clean
    assert sorted(objects(library).values()) == sorted(content.values())
    library.undoing.undo()
    assert objects(library) == content
    assert replace(get(library, photo_id), updated_at=before.updated_at) == before


def test_what_somebody_else_moves_meanwhile_goes_on_from_there(library, photo_id, monkeypatch):
    """The objects follow from where they are then."""
    property_photos = library.library.target("property:789/photos")
    with library.database.write() as tx:
        theirs = moves.begin(tx, moves.Move(photo_id, (("a", "b"),), "USR-Ben"))

    def they_come_to_an_end(_seconds):
        monkeypatch.setattr("time.sleep", lambda _seconds: None)
        with library.database.write() as tx:
            moves.end(tx, theirs)
        library.editing.edit([photo_id], MediaEdit(place=property_photos))

    monkeypatch.setattr("time.sleep", they_come_to_an_end)
    library.editing.edit([photo_id], MediaEdit(place=library.library.target("builder:1/portfolio")))
    assert get(library, photo_id).storage_path.startswith("builders/photos/")
    assert {each.partition("/")[0] for each in objects(library)} == {"builders"}
    assert library.check.run().is_clean


def test_into_a_one_file_slot_takes_the_role_and_leaves_it_behind(library, upload, photo):
    a, b = (upload([photo(f"{n}.jpg", hue=n * 40)])[0].media_public_id for n in (1, 2))
    cover = upload([photo("c.jpg", hue=120)], "community:CMY-456/cover")[0].media_public_id
    library.editing.edit([a], MediaEdit(is_primary=True))
    library.editing.edit([a], MediaEdit(slot="cover"))
    assert (primaries(library), primaries(library, "cover")) == ([b], [a])
    assert get(library, a).storage_path.startswith("communities/covers/CMY-456/")
    library.undoing.undo()
    assert (primaries(library), primaries(library, "cover")) == ([a], [cover])
    assert library.check.run().is_clean


def test_a_slot_takes_what_it_takes(library, photo_id):
    with pytest.raises(Permanent) as info:
        library.editing.edit([photo_id], MediaEdit(slot="video"))
    assert info.value.code == "not_accepted"
    with pytest.raises(Permanent) as info:
        library.editing.edit([photo_id], MediaEdit(slot="nowhere"))
    assert info.value.code == "bad_target"
    (small,) = add(library, 1, width=60, height=60)
    with pytest.raises(Permanent, match="60 × 60 pixels"):
        library.editing.edit([small], MediaEdit(slot="logo") and MediaEdit(
            place=library.library.target("user:USR-123/avatar")))  # fmt: skip


def test_both_places_have_to_be_ones_own(library, photo_id):
    place = library.library.target("property:789/photos")
    library.account = Account("USR-456", "Cora", Role.COMMUNITY_ADMIN)
    held = library.access.decide
    with pytest.raises(Forbidden):
        library.editing.edit([photo_id], MediaEdit(place=place))
    assert held is not None
    assert get(library, photo_id).entity_type == "community"


def test_into_a_post_it_waits_for_moderation(library, photo_id):
    library.editing.edit([photo_id], MediaEdit(place=library.library.target("post:PST-1/media")))
    now = get(library, photo_id)
    assert now.moderation_status is ModerationStatus.PENDING
    assert now.storage_path.startswith("private/posts/photos/PST-1/")
    assert library.check.run().is_clean
    library.undoing.undo()
    assert get(library, photo_id).moderation_status is ModerationStatus.APPROVED


def test_a_file_of_two_rows_stays_for_the_other_one(library, photo_id):
    one = get(library, photo_id)
    twin = replace(one, id=0, public_id="MED-9-TWINXX")
    with library.database.write() as tx:
        rows.add(tx, twin)
    content = objects(library)
    library.editing.edit([photo_id], MediaEdit(place=library.library.target("property:789/photos")))
    assert set(content) <= set(objects(library))
    assert library.check.run().is_clean


def test_visibility_goes_with_words_as_one_change(library, photo_id):
    change = library.editing.edit([photo_id], MediaEdit(is_public=False, caption="not yet"))
    assert get(library, photo_id).storage_path.startswith("private/")
    assert set(change.media[0].after) == {"is_public", "caption"}
    library.undoing.undo()
    assert (get(library, photo_id).caption, get(library, photo_id).is_public) == (None, True)
    assert library.check.run().is_clean


# ---- odd rows


def test_odd_rows_are_edited_and_come_back_as_odd_as_they_were(library):
    (a,) = add(library, 1)
    with library.database.write() as tx:
        tx.execute(text(
            "UPDATE media SET tags = '[broken', alt_text = '', caption = NULL,"
            " moderation_status = 'unheard_of' WHERE public_id = :a"
        ), {"a": a})  # fmt: skip
    before = values(library, a)
    library.editing.edit([a], MediaEdit(add_tags=("x",), alt_text="new", caption="new"))
    assert get(library, a).tags == ("x",)
    library.undoing.undo()
    assert values(library, a) == before
    with library.database.read() as tx:
        raw = tx.execute(text("SELECT tags, moderation_status FROM media")).one()
    assert tuple(raw) == ("[broken", "unheard_of")


def test_a_media_of_no_known_place_can_have_words_but_no_role(library):
    (a,) = add(library, 1, entity_field=None)
    library.editing.edit([a], MediaEdit(caption="c"))
    with pytest.raises(Permanent) as info:
        library.editing.edit([a], MediaEdit(is_primary=True))
    assert info.value.code == "no_place"
