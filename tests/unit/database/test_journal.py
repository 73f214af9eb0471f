import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.database.journal import Dropped
from artitec_media_desktop.database.journal_requests import JournalRequests
from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.keys import ObjectKeys
from artitec_media_desktop.domain.uploads import (
    FOLLOWS,
    OnDuplicate,
    UploadOptions,
    UploadPlan,
    UploadState,
)
from tests.places import photos

TARGET = photos(1)
PLAN = UploadPlan("MED-1-AAAAAA", ObjectKeys.of("a/b.jpg", ["thumb"]), "0" * 64)


def add(journal, *names, options=UploadOptions()):  # noqa: B008
    return journal.add([Dropped(name) for name in names], TARGET, options, "USR-100")


def test_a_drop_comes_back_in_its_order(journal):
    options = UploadOptions("alt", "caption", ("a", "b"), True, OnDuplicate.KEEP)
    odd = os.fsdecode(b"/x/\xff\xfe.jpg")
    batch = add(journal, "/b.jpg", "/a.jpg", odd, options=options)
    items = journal.items(batch)
    assert [each.path for each in items] == ["/b.jpg", "/a.jpg", odd]
    assert {each.state for each in items} == {UploadState.QUEUED}
    assert items[0].options == options
    assert items[0].place == TARGET


def test_each_file_is_claimed_once(journal):
    add(journal, "/1", "/2")
    first, second = journal.claim(), journal.claim()
    assert [first.path, second.path] == ["/1", "/2"]
    assert first.state is UploadState.WORKING
    assert first.attempts == 1
    assert journal.claim() is None


def test_what_left_out_files_are_is_final_at_once(journal):
    journal.add(
        [Dropped("/.x", UploadState.SKIPPED, ("hidden_file", "It is hidden."))],
        TARGET, UploadOptions(), "USR-100",
    )  # fmt: skip
    (item,) = journal.items()
    assert item.state is UploadState.SKIPPED
    assert item.error == ("hidden_file", "It is hidden.")
    assert item.finished_at is not None
    assert journal.claim() is None


def test_a_plan_survives_a_crash(journal):
    add(journal, "/1")
    item = journal.claim()
    journal.plan(item.id, PLAN, 1234)
    assert journal.recover() == 1
    again = journal.claim()
    assert (again.id, again.plan, again.size, again.attempts) == (item.id, PLAN, 1234, 2)
    assert journal.planned_keys() == {"a/b.jpg", "a/b_thumb.jpg"}
    journal.move(again, UploadState.DONE)
    assert journal.planned_keys() == set()


def test_nothing_is_planned_for_a_file_that_was_cancelled(journal):
    add(journal, "/1")
    item = journal.claim()
    journal.move(item, UploadState.SKIPPED)
    with pytest.raises(Cancelled):
        journal.plan(item.id, PLAN, 1)


def test_a_passing_fault_waits(journal):
    add(journal, "/1")
    item = journal.claim()
    due = datetime.now(UTC) + timedelta(hours=1)
    journal.move(item, UploadState.QUEUED, not_before=due, error=("busy", "It is busy."))
    assert journal.claim() is None
    assert journal.next_due() == due
    assert journal.items()[0].error == ("busy", "It is busy.")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(UploadState), max_size=12))
def test_only_allowed_steps_are_taken(journal, states):
    (now,) = journal.items(add(journal, "/1"))
    for state in states:
        expected = state if state in FOLLOWS[now.state] else now.state
        now = journal.move(now, state)
        assert now.state is expected


def test_another_accounts_files_are_left_alone(journal):
    add(journal, "/1")
    assert journal.claim("USR-200") is None
    assert journal.next_due("USR-200") is None
    assert journal.claim("USR-100").path == "/1"


def test_only_what_was_being_decoded_is_suspected(journal):
    add(journal, "/1", "/2", "/3")
    first, second = journal.claim(), journal.claim()
    assert journal.recover([second.id, 99]) == 2
    assert {each.id: each.crashes for each in journal.items()}[second.id] == 1
    assert journal.get(first.id).crashes == 0
    third = next(each for each in journal.items() if each.path == "/3")
    assert journal.recover([third.id]) == 0
    assert journal.get(third.id).crashes == 1  # its picture was shown while it waited


def test_a_final_state_stays(journal):
    add(journal, "/1")
    item = journal.claim()
    journal.move(item, UploadState.DONE, media_public_id="MED-1")
    assert journal.move(item, UploadState.FAILED, error=("x", "y")).state is UploadState.DONE


def test_watchers_see_each_write_once(journal):
    add(journal, "/1", "/2")
    items, seen = journal.newer((0, 0), 10)
    assert len(items) == 2
    assert journal.newer(seen, 10) == ([], seen)
    claimed = journal.claim()
    items, later = journal.newer(seen, 10)
    assert [each.id for each in items] == [claimed.id]
    assert later > seen
    assert later[0] == journal.revision()


def test_a_large_drop_is_seen_page_by_page(journal):
    add(journal, *(f"/{number}" for number in range(7)))
    seen, pages = (0, 0), []
    while (news := journal.newer(seen, 3))[0]:
        pages.append([item.path for item in news[0]])
        seen = news[1]
    assert pages == [["/0", "/1", "/2"], ["/3", "/4", "/5"], ["/6"]]


def test_what_comes_after_the_newest_rows_were_cleared_is_seen(journal):
    add(journal, "/1")
    journal.move(journal.claim(), UploadState.DONE)
    _, seen = journal.newer((0, 0), 10)
    JournalRequests(journal._database).clear()
    add(journal, "/2")
    assert [item.path for item in journal.newer(seen, 10)[0]] == ["/2"]


def test_drops_keep_their_order_whichever_is_saved_first(journal):
    first = add(journal, "/1", "/2", "/3")
    second = add(journal, "/4", "/5")
    third = add(journal, "/6")
    assert journal.order_base(second, TARGET, used=7) == 11
    assert journal.order_base(third, TARGET, used=12) == 13
    assert journal.order_base(first, TARGET, used=99) == 8
    assert journal.order_base(add(journal, "/7"), TARGET, used=99) == 100


def test_places_have_orders_of_their_own(journal):
    elsewhere = photos(2, "CMY-457")
    add(journal, "/1", "/2")
    options = UploadOptions()
    other = journal.add([Dropped("/3")], elsewhere, options, "USR-100")
    assert journal.order_base(other, elsewhere, used=0) == 1
