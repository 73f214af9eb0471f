from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.database.journal import Dropped
from artitec_media_desktop.database.journal_requests import JournalRequests
from artitec_media_desktop.domain.uploads import (
    CANCELLED,
    WORTH_RETRYING,
    OnDuplicate,
    UploadOptions,
    UploadState,
)
from tests.places import photos

HERE, THERE = photos(1), photos(2, "CMY-457")
S = UploadState


@pytest.fixture
def requests(journal):
    return JournalRequests(journal._database)


def add(journal, *names, target=HERE):
    batch = journal.add([Dropped(name) for name in names], target, UploadOptions(), "USR-100")
    return [each.id for each in journal.items(batch)]


def states(journal):
    return {each.path: each.state for each in journal.items()}


def waiting(journal):
    """The paths in the order in which they are taken."""
    found = []
    while (item := journal.claim()) is not None:
        found.append(item.path)
    return found


def test_a_turn_leaves_what_is_worked_on_and_names_it(journal, requests):
    add(journal, "/1", "/2", "/3")
    working = journal.claim()
    stopped = ("cancelled", "It was cancelled.")
    assert requests.turn({S.QUEUED, S.WORKING}, S.SKIPPED, None, stopped) == (working.id,)
    assert states(journal) == {"/1": S.WORKING, "/2": S.SKIPPED, "/3": S.SKIPPED}
    skipped = journal.items()[1]
    assert (skipped.error, skipped.finished_at is not None) == (stopped, True)


def test_what_is_worked_on_is_told_only_what_concerns_it(journal, requests):
    add(journal, "/1", "/2")
    working = journal.claim()
    requests.turn({S.QUEUED}, S.PAUSED)
    assert journal.get(working.id).wish is None
    assert requests.turn({S.QUEUED, S.WORKING}, S.PAUSED) == (working.id,)
    assert journal.get(working.id).wish is S.PAUSED
    seen = journal.revision()
    assert requests.turn({S.QUEUED, S.WORKING}, S.PAUSED) == ()
    assert journal.revision() == seen
    assert requests.turn({S.PAUSED, S.WORKING}, S.QUEUED) == (working.id,)
    assert journal.get(working.id).wish is None
    requests.turn({S.WORKING}, S.SKIPPED)
    for state in (S.QUEUED, S.PAUSED):
        assert requests.turn({S.WORKING}, state) == ()
    assert journal.get(working.id).wish is S.SKIPPED


@pytest.mark.parametrize(
    ("wish", "state", "becomes"),
    [
        (S.SKIPPED, S.QUEUED, S.SKIPPED),
        (S.SKIPPED, S.ASKING, S.SKIPPED),
        (S.SKIPPED, S.DONE, S.DONE),
        (S.PAUSED, S.QUEUED, S.PAUSED),
        (S.PAUSED, S.ASKING, S.ASKING),
        (S.PAUSED, S.FAILED, S.FAILED),
    ],
)
def test_a_wish_outweighs_what_is_not_final(journal, requests, wish, state, becomes):
    add(journal, "/1")
    item = journal.claim()
    requests.turn({S.WORKING}, wish)
    error = ("busy", "It is busy.")
    moved = journal.move(item, state, error=error, note="…")
    assert (moved.state, moved.wish) == (becomes, None)
    assert (moved.error == error) is (becomes is state)
    assert (moved.finished_at is not None) is becomes.is_final
    assert becomes is not S.SKIPPED or moved.error[0] == "cancelled"


@pytest.mark.parametrize("wish", [S.SKIPPED, S.PAUSED, None])
def test_what_was_wished_of_it_counts_after_a_crash(journal, requests, wish):
    add(journal, "/1")
    journal.move(journal.claim(), S.QUEUED, error=("busy", "It is busy."))
    item = journal.claim()
    if wish is not None:
        requests.turn({S.WORKING}, wish)
    assert journal.recover() == 1
    after = journal.get(item.id)
    assert (after.state, after.wish) == (wish or S.QUEUED, None)
    assert after.error == (("busy", "It is busy.") if wish is None else
                           CANCELLED if wish is S.SKIPPED else None)  # fmt: skip
    assert (after.finished_at is not None) is (wish is S.SKIPPED)


def test_a_decision_is_about_those_that_were_asked_about(journal, requests):
    ids = add(journal, "/1", "/2", "/3")
    journal.move(journal.claim(), S.ASKING, duplicate_of="MED-1", distance=3)
    working = journal.claim()
    requests.decide(ids, OnDuplicate.REPLACE)
    first, second, third = (journal.get(each) for each in ids)
    assert (first.state, first.options.on_duplicate) == (S.QUEUED, OnDuplicate.REPLACE)
    assert (first.duplicate_of, first.options.tags) == ("MED-1", ())
    assert (second.state, second.wish, second.id) == (S.WORKING, None, working.id)
    assert {each.options.on_duplicate for each in (second, third)} == {OnDuplicate.REPORT}


def test_requests_about_thousands_of_files(journal, requests):
    """More than one statement can name."""
    ids = add(journal, *(f"/{number}.jpg" for number in range(2_500)))
    with journal._database.write() as tx:
        tx.execute(text("UPDATE uploads SET state = 'asking'"))
    requests.decide(ids, OnDuplicate.KEEP)
    requests.turn({S.QUEUED}, S.PAUSED, ids)
    requests.describe(ids, lambda options: replace(options, caption="A room"))
    requests.reorder(ids[1_000:], ids[0])
    requests.place(ids, THERE)
    found = journal.items()
    assert {(each.state, each.options.caption) for each in found} == {(S.PAUSED, "A room")}
    requests.turn({S.PAUSED, S.WORKING}, S.SKIPPED)
    assert {each.state for each in journal.items()} == {S.SKIPPED}


def test_moving_one_file_to_the_front_changes_that_one(journal, requests):
    ids = add(journal, "/1", "/2", "/3", "/4")
    seen = journal.revision()
    requests.reorder([ids[2]], ids[0])
    assert [each.id for each in journal.newer((seen, 2**40), 99)[0]] == [ids[2]]
    assert waiting(journal) == ["/3", "/1", "/2", "/4"]


def test_a_retry_does_not_forget_that_a_file_ended_the_process(journal, requests):
    add(journal, "/1")
    item = journal.claim()
    journal.recover([item.id])
    journal.move(journal.claim(), S.FAILED, error=("crashes", "…"))
    assert requests.retry(WORTH_RETRYING) == 1
    assert journal.claim().crashes == 1


def test_a_turn_that_the_rules_forbid_is_a_fault_of_ours(requests):
    with pytest.raises(ValueError, match="does not follow"):
        requests.turn({S.DONE}, S.QUEUED)


def test_paused_files_are_not_taken(journal, requests):
    first, second = add(journal, "/1", "/2")
    requests.turn({S.QUEUED}, S.PAUSED, [first])
    assert waiting(journal) == ["/2"]
    requests.turn({S.PAUSED}, S.QUEUED)
    assert waiting(journal) == ["/1"]
    assert second


def test_more_rows_than_a_statement_takes_values(journal, requests):
    ids = add(journal, "/1")
    assert requests.turn({S.QUEUED}, S.PAUSED, [*ids, *range(1000, 90_000)]) == ()
    assert states(journal) == {"/1": S.PAUSED}


def test_files_without_a_place_wait_until_they_have_one(journal, requests):
    ids = add(journal, "/1", "/2", target=None)
    assert journal.claim() is None
    assert {each.place for each in journal.items()} == {None}
    batch = requests.place(ids[1:], HERE)
    (placed,) = journal.items(batch)
    assert (placed.path, placed.place, placed.state, placed.position) == ("/2", HERE, S.QUEUED, 0)
    assert states(journal)["/1"] is S.UNPLACED


def test_all_that_waits_for_a_place_is_one_batch(journal, requests):
    first, second = add(journal, "/1", "/2", target=None)
    third = add(journal, "/3", target=None)[-1]
    batch = journal.get(third).batch
    assert [each.id for each in journal.items(batch)] == [first, second, third]
    requests.place([first, third], HERE)
    fourth = add(journal, "/4", target=None)[-1]
    assert [each.id for each in journal.items(batch)] == [second, fourth]
    assert len({each.position for each in journal.items(batch)}) == 2
    requests.place([second, fourth], HERE)
    (fifth,) = add(journal, "/5", target=None)
    assert [each.id for each in journal.items(journal.get(fifth).batch)] == [fifth]


def test_what_another_account_has_not_placed_stays_apart(journal, requests):
    (mine,) = add(journal, "/1", target=None)
    theirs = journal.add([Dropped("/2")], None, UploadOptions(), "USR-200")
    assert journal.get(mine).batch != theirs


def test_what_is_put_first_is_taken_before_all_that_waits(journal, requests):
    one, two = add(journal, "/1", "/2")
    requests.reorder([two], one)
    journal.add([Dropped("/3"), Dropped("/4")], HERE, UploadOptions(), "USR-100", first=True)
    journal.add([Dropped("/5")], None, UploadOptions(), "USR-100", first=True)
    unplaced = journal.items()[0].id
    requests.place([unplaced], HERE)
    assert [journal.claim().path for _ in range(5)] == ["/5", "/3", "/4", "/2", "/1"]


def test_another_place_keeps_the_order_and_takes_what_may_move(journal, requests):
    ids = add(journal, "/1", "/2", "/3", "/4", "/5")
    done, failed, working = journal.claim(), journal.claim(), journal.claim()
    journal.move(done, S.DONE)
    journal.move(failed, S.FAILED, error=("no_entity", "It is gone."))
    requests.turn({S.QUEUED}, S.PAUSED, ids[4:])
    batch = requests.place(ids[::-1], THERE)
    moved = journal.items(batch)
    assert [(each.path, each.state) for each in moved] == [
        ("/2", S.QUEUED), ("/4", S.QUEUED), ("/5", S.PAUSED),
    ]  # fmt: skip
    assert [each.position for each in moved] == [0, 1, 2]
    assert moved[0].error is None
    assert {journal.get(each.id).place for each in (done, working)} == {HERE}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_reordering_puts_files_where_they_are_wanted(journal, requests, data):
    requests.turn({S.QUEUED, S.PAUSED, S.UNPLACED}, S.SKIPPED)
    journal.recover()
    requests.turn({S.QUEUED}, S.SKIPPED)
    names = [f"/{n}" for n in range(5)]
    by_name = dict(zip(names, add(journal, *names), strict=True))
    order = list(names)
    for _ in range(3):
        chosen = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
        before = data.draw(st.none() | st.sampled_from(names))
        requests.reorder([by_name[n] for n in chosen], by_name.get(before))
        rest = [n for n in order if n not in chosen]
        at = rest.index(before) if before in rest else len(rest)
        order = rest[:at] + chosen + rest[at:]
    assert waiting(journal) == order


def test_what_is_written_with_a_file_can_change_until_it_is_done(journal, requests):
    ids = add(journal, "/1", "/2")
    journal.move(journal.claim(), S.DONE)
    requests.describe(ids, lambda options: replace(options, tags=("kitchen",)))
    assert [each.options.tags for each in journal.items()] == [(), ("kitchen",)]


def test_retry_takes_only_the_codes_and_files_asked_for(journal, requests):
    add(journal, "/1", "/2", "/3")
    for code in ("vanished", "too_large", "vanished"):
        journal.move(journal.claim(), S.FAILED, error=(code, "…"))
    last = journal.items()[2].id
    assert requests.retry(["vanished"], [last]) == 1
    assert requests.retry(["vanished"]) == 1
    assert [each.state.value for each in journal.items()] == ["queued", "failed", "queued"]
    assert journal.items()[0].error is None


def test_clear_forgets_what_is_final_only(journal, requests):
    first, second = add(journal, "/1", "/2")
    journal.move(journal.claim(), S.DONE)
    assert requests.clear() == (first,)
    assert [each.id for each in journal.items()] == [second]
