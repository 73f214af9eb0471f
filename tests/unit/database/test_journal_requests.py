from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.database.journal import Dropped
from artitec_media_desktop.database.journal_requests import JournalRequests
from artitec_media_desktop.domain.uploads import UploadOptions, UploadState
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
    assert requests.turn({S.QUEUED, S.PAUSED}, S.SKIPPED, None, stopped) == (working.id,)
    assert states(journal) == {"/1": S.WORKING, "/2": S.SKIPPED, "/3": S.SKIPPED}
    skipped = journal.items()[1]
    assert (skipped.error, skipped.finished_at is not None) == (stopped, True)


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


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
