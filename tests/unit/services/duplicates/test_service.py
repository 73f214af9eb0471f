"""The whole way over real files: compare, group, merge, undo."""

from dataclasses import replace
from datetime import timedelta

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.duplicates import (
    DEFAULT_RULES,
    Likeness,
    Outcome,
    Rule,
    Scope,
    rules_of,
)
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import Conflict, Forbidden, NotFound, Permanent
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.services.duplicates import accepting, service
from artitec_media_desktop.services.relocating import STEPS

OTHER = "property:789/photos"


def media(library, public_id):
    return library.library.media(public_id)


def only(library, scope=Scope(), threshold=5):  # noqa: B008
    grouping = library.duplicates.compare(scope).grouped(threshold)
    assert grouping.count == 1
    return grouping.group(0)


def merge_of(library, **choice):
    return library.duplicates.preview(only(library), **choice)


def test_copies_become_one_and_come_back(library, add):
    first, second = add(), add()
    library.editing.edit([second], MediaEdit(alt_text="A room", add_tags=["pool"]))
    library.editing.edit([first], MediaEdit(caption="Mine", add_tags=["oak"], is_primary=True))
    library.editing.edit([second], MediaEdit(sort_order=-5))
    before = {each: media(library, each) for each in (first, second)}
    group = only(library)
    assert (group.kind, group.freed, group.distance) == (
        Likeness.EXACT, before[second].file_size, 0,
    )  # fmt: skip
    merge = library.duplicates.preview(group)
    assert merge.keeper.public_id == first
    assert [each.public_id for each in merge.trashed] == [second]
    assert (merge.tags, merge.alt_text, merge.alt_text_from) == (("pool",), "A room", second)
    assert (merge.caption, merge.sort_order, merge.becomes_primary) == (None, -5, False)
    assert [each.rule for each in merge.why] == [Rule.PRIMARY]
    change = library.duplicates.accept(merge)
    assert change.kind is ChangeKind.MERGED
    after = media(library, first)
    assert after == replace(
        before[first], tags=("oak", "pool"), alt_text="A room", sort_order=-5,
        updated_at=after.updated_at,
    )  # fmt: skip
    with pytest.raises(NotFound):
        media(library, second)
    assert library.check.run().is_clean
    assert library.duplicates.compare(Scope()).grouped(5).count == 0
    undone = library.undoing.undo()
    assert (undone.kind, undone.failed) == (ChangeKind.UNDONE, ())
    for public_id, row in before.items():
        now = media(library, public_id)
        assert now == replace(row, updated_at=now.updated_at)
    assert library.check.run().is_clean
    assert only(library).ids == group.ids


@pytest.mark.parametrize("all_of_them", [True, False])
def test_what_comes_back_is_in_its_group_again(library, add, all_of_them):
    add(), add()
    comparison = library.duplicates.compare(Scope())
    group = comparison.grouped().group(0)
    touched = None if all_of_them else group.ids
    library.duplicates.accept(library.duplicates.preview(group))
    after = library.duplicates.refreshed(comparison, touched)
    assert after.grouped().count == 0
    library.undoing.undo()
    again = library.duplicates.refreshed(after, touched).grouped()
    assert [again.group(each) for each in range(again.count)] == [group]


def test_the_primary_role_passes_to_the_keeper_and_back(library, add):
    old, new = add(), add()
    library.editing.edit([new], MediaEdit(is_primary=True))
    merge = merge_of(library, keeper_id=media(library, old).id)
    assert merge.becomes_primary
    library.duplicates.accept(merge)
    assert media(library, old).is_primary
    library.undoing.undo()
    assert media(library, new).is_primary
    assert not media(library, old).is_primary


def test_on_another_entity_it_stays_unless_it_is_chosen(library, add):
    here, there, spare = add(), add(to=OTHER), add(name="b.jpg", to=OTHER, seed=2)
    group = only(library)
    assert (group.freed, group.entities) == (0, 2)
    merge = library.duplicates.preview(group)
    assert merge.is_nothing
    with pytest.raises(Permanent):
        library.duplicates.accept(merge)
    library.editing.edit([there], MediaEdit(is_primary=True))
    ids = {media(library, each).id for each in (here, there)}
    keeper = media(library, here).id
    merge = library.duplicates.preview(group, keeper, ids)
    assert [each.public_id for each in merge.heirs] == [spare]
    assert not merge.becomes_primary
    library.duplicates.accept(merge)
    assert media(library, spare).is_primary
    library.undoing.undo()
    assert media(library, there).is_primary
    assert not media(library, spare).is_primary


def test_the_last_of_an_entity_is_never_trashed(library, add):
    here, there = add(), add(to=OTHER)
    group = only(library)
    other = media(library, there)
    merge = library.duplicates.preview(group, media(library, here).id, {other.id})
    assert merge.is_nothing
    assert merge.last == {there}


def test_a_cover_passes_its_slot_on(library, add):
    cover = add(to="community:CMY-456/cover")
    here = add()
    spare = add(name="b.jpg", seed=2)
    group = only(library)
    assert library.duplicates.preview(group).is_nothing
    merge = library.duplicates.preview(group, media(library, here).id, [media(library, cover).id])
    assert (merge.slot, merge.becomes_primary) == ("cover", True)
    library.duplicates.accept(merge)
    now = media(library, here)
    assert (now.entity_field, now.is_primary) == ("cover", True)
    assert media(library, spare).entity_field == "gallery"
    library.undoing.undo()
    assert (media(library, here).entity_field, media(library, here).is_primary) == (
        "gallery", False,
    )  # fmt: skip
    assert media(library, cover).is_primary


def test_the_second_to_decide_is_told_who_was_first(library, add):
    one, two = add(), add()
    first, second = (merge_of(library, keeper_id=media(library, e).id) for e in (one, two))
    library.duplicates.accept(first)
    with pytest.raises(Conflict, match=r"a\.jpg” was merged into “a\.jpg” by .*meanwhile"):
        library.duplicates.accept(second)
    assert media(library, one)


def test_what_changed_since_it_was_shown_is_not_merged(library, add):
    one, two = add(), add()
    merge = merge_of(library)
    library.editing.edit([merge.trashed[0].public_id], MediaEdit(alt_text="Later"))
    with pytest.raises(Conflict):
        library.duplicates.accept(merge)
    assert media(library, one)
    assert media(library, two)


def test_no_duplicates_are_left_alone_until_it_is_undone(library, add):
    add()
    near = add(name="b.jpg", quality=60)
    group = only(library)
    assert group.kind is Likeness.NEAR
    merge = library.duplicates.preview(group)
    change = library.duplicates.not_duplicates(group.ids)
    assert (change.kind, near in change.public_ids) == (ChangeKind.COMPARED, True)
    assert library.duplicates.compare(Scope()).grouped(5).count == 0
    with pytest.raises(Conflict, match=r"decided that .* are not duplicates"):
        library.duplicates.accept(merge)
    library.undoing.undo()
    assert only(library).ids == group.ids


def test_what_is_merged_is_distinct_as_well(library, add):
    one, two = add(), add(name="b.jpg", quality=60)
    three = add(name="c.jpg", quality=40)
    ids = {each: media(library, each).id for each in (one, two, three)}
    library.duplicates.not_duplicates([ids[two], ids[three]])
    merge = library.duplicates.preview(only(library), ids[one], [ids[two]])
    library.duplicates.accept(merge)
    # One is two, and two is not three.
    assert library.duplicates.compare(Scope()).grouped(10).count == 0
    # Nor is the same file when it comes again.
    again = add(name="b.jpg", quality=60)
    grouping = library.duplicates.compare(Scope()).grouped(10)
    groups = [set(grouping.group(each).ids) for each in range(grouping.count)]
    assert groups == [{ids[one], media(library, again).id}]


def test_kept_copies_are_not_shown_again_but_a_third_one_is(library, add):
    one, two = add(), add()
    library.duplicates.keep_both([media(library, each).id for each in (one, two)])
    assert library.duplicates.compare(Scope()).grouped(5).count == 0
    three = media(library, add()).id
    assert set(only(library).ids) == {media(library, one).id, three}


def test_within_entities_and_of_a_type(library, add):
    one, two, _ = add(), add(), add(to=OTHER)
    ids = {media(library, each).id for each in (one, two)}
    assert set(only(library, Scope(within=True)).ids) == ids
    assert len(only(library, Scope.parse("community")).ids) == 2
    found = library.duplicates.compare(Scope()).grouped(5)
    assert [found.group(each).entities for each in range(found.count)] == [1, 2]
    assert library.duplicates.compare(Scope.parse("builder")).grouped(5).count == 0


def test_who_may_not_delete_may_not_decide(library, add):
    add(), add()
    group = only(library)
    merge = library.duplicates.preview(group)
    library.account = replace(library.account, role=Role.BUYER, user_id="USR-9")
    with pytest.raises(Forbidden):
        library.duplicates.accept(merge)
    with pytest.raises(Forbidden):
        library.duplicates.not_duplicates(group.ids)


def test_all_at_once_is_one_change_and_a_dry_run_none(library, add):
    for seed in (1, 2):
        add(seed=seed), add(seed=seed)
    add(seed=2, to=OTHER)
    comparison = library.duplicates.compare(Scope())
    grouping = comparison.grouped(0)
    assert [grouping.group(each).entities for each in range(3)] == [1, 1, 2]
    said = library.duplicates.accept_all(grouping, dry_run=True)
    assert (said.resolved, said.trashed, said.change) == (2, 2, None)
    assert said.freed_bytes == grouping.freed
    done = library.duplicates.accept_all(grouping)
    assert (done.resolved, done.trashed, done.failed) == (2, 2, ())
    assert done.freed_bytes == said.freed_bytes
    assert library.duplicates.refreshed(comparison).grouped(0).freed == 0
    assert library.undoing.undo().failed == ()
    again = library.duplicates.refreshed(comparison).grouped(0)
    assert [again.group(each) for each in range(3)] == [grouping.group(each) for each in range(3)]


def test_a_merge_is_done_again_and_what_is_distinct_stays_so(library, add):
    one, two = add(), add()
    merge = merge_of(library)
    library.duplicates.accept(merge)
    undone = library.undoing.undo()
    again = library.undoing.redo(undone.id, ChangeKind.MERGED)
    assert (again.failed, again.kind) == ((), ChangeKind.MERGED)
    with pytest.raises(NotFound):
        media(library, merge.trashed[0].public_id)
    library.undoing.undo(again.id)
    assert {media(library, each).id for each in (one, two)} == set(only(library).ids)


def test_a_merge_is_not_done_again_without_its_keeper(library, add):
    add(), add()
    merge = merge_of(library)
    library.duplicates.accept(merge)
    undone = library.undoing.undo()
    library.trash.delete([merge.keeper.public_id])
    with pytest.raises(Conflict, match="was deleted since"):
        library.undoing.redo(undone.id, ChangeKind.MERGED)
    assert media(library, merge.trashed[0].public_id)


def test_a_decision_is_made_again(library, add):
    add(), add()
    change = library.duplicates.keep_both(only(library).ids)
    undone = library.undoing.undo(change.id)
    library.undoing.redo(undone.id, ChangeKind.COMPARED)
    assert library.duplicates.compare(Scope()).grouped(5).count == 0
    library.undoing.undo()
    assert only(library)


def test_what_is_no_duplicate_is_not_asked_about_at_the_door(library, add, upload, tmp_path):
    one, two = add(), add(name="b.jpg", quality=60)
    path = [str(tmp_path / "b.jpg")]
    skip = UploadOptions(on_duplicate=OnDuplicate.SKIP)
    library.trash.delete([two])
    assert upload(path, options=skip)[0].duplicate_of == one
    library.undoing.undo()
    library.duplicates.not_duplicates([media(library, each).id for each in (one, two)])
    library.trash.delete([two])
    again = upload(path, options=skip)[0]
    assert (again.state, again.duplicate_of) == (UploadState.DONE, None)


def test_more_than_go_at_once_are_one_change(library, add, monkeypatch):
    monkeypatch.setattr(service, "_AT_ONCE", 2)
    ids = [add() for _ in range(4)]
    library.editing.edit([ids[3]], MediaEdit(caption="Said"))
    merge = merge_of(library)
    change = library.duplicates.accept(merge)
    assert set(change.public_ids) == set(ids)
    assert media(library, merge.keeper.public_id).caption == "Said"
    assert library.undoing.undo().failed == ()
    assert set(only(library).ids) == {media(library, each).id for each in ids}


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_in_the_middle_loses_nothing(library, add, step):
    ids = [add(), add(), add()]
    merge = merge_of(library)

    def crash(name):
        if name == step:
            raise KeyboardInterrupt

    library.step = crash
    with pytest.raises(KeyboardInterrupt):
        library.duplicates.accept(merge)
    library.step = lambda _name: None
    library.relocating.recover(timedelta(0))
    done = step in ("saved", "removed")
    there = {each.public_id for each in library.library.media_by_ids(range(9)).values()}
    assert there == ({merge.keeper.public_id} if done else set(ids))
    assert library.check.run().is_clean


def test_what_goes_right_after_the_check_is_said_to_be_gone_as_well(library, add, monkeypatch):
    add(), add()
    merge = merge_of(library)
    library.trash.delete([each.public_id for each in merge.trashed])
    monkeypatch.setattr(accepting.Merging, "check", lambda self, tx: None)  # they were there still
    with pytest.raises(Conflict, match="meanwhile"):
        library.duplicates.accept(merge)


def test_the_table_says_which_is_better(library, add):
    add(), add(name="b.jpg", size=(800, 600))
    group = only(library)
    both = [library.library.media_by_ids(group.ids)[each] for each in group.ids]
    rows = {each.key: each for each in library.duplicates.differences(both)}
    assert rows["pixels"].values == ("800 × 600", "640 × 480")
    assert rows["pixels"].better == 0
    assert rows["type"].is_same
    assert rows["older"].better in (0, 1, None)
    assert [(each.rule, each.better, each.against) for each in library.duplicates.why(both)] == [
        (Rule.PIXELS, "480000", "307200")
    ]


def test_all_at_once_keeps_what_the_order_of_rules_says(library, add):
    older, larger = add(), add(name="b.jpg", size=(800, 600))
    rules = rules_of(["older"])
    comparison = library.duplicates.compare(Scope())
    kept = {}
    for order in (DEFAULT_RULES, rules):
        report = library.duplicates.accept_all(comparison.grouped(5, order), dry_run=True)
        kept[order] = next(e.media for e in report.lines if e.outcome is Outcome.KEPT).public_id
    assert kept == {DEFAULT_RULES: larger, rules: older}
