"""Whatever is asked and whatever happens: each file is in one state, and no end lacks a reason."""

import json
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from artitec_media_desktop.__main__ import main
from artitec_media_desktop.database.journal import Dropped, Journal
from artitec_media_desktop.domain.uploads import (
    FINAL,
    FOLLOWS,
    Description,
    OnDuplicate,
    UploadOptions,
    UploadState,
)

S = UploadState
SOME = st.lists(st.integers(1, 12), min_size=1, max_size=6)
#: How a worker's part may end, with what it writes.
ENDS = [
    (S.DONE, {"media_public_id": "MED-1"}),
    (S.DUPLICATE, {"duplicate_of": "MED-1", "distance": 0}),
    (S.FAILED, {"error": ("vanished", "It is gone.")}),
    (S.FAILED, {"error": ("too_large", "It is too large.")}),
    (S.ASKING, {"duplicate_of": "MED-1", "distance": 3}),
    (S.QUEUED, {"error": ("busy", "It is busy.")}),
    (S.QUEUED, {}),
]  # fmt: skip


def test_any_sequence_of_requests_and_outcomes(library):
    uploads = library.uploads
    journal: Journal = uploads._journal
    places = [library.library.target("community:CMY-456/photos"),
              library.library.target("property:789/photos")]  # fmt: skip

    class Law(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            uploads.cancel()
            journal.recover()
            uploads.cancel()
            uploads.clear_finished()
            self.dropped = 0
            self.cleared = 0
            self.working = []
            self.first = None
            self.was = {}
            self.drop(5, places[0])

        def ids(self, chosen):
            return None if chosen is None else [(self.first or 0) + each for each in chosen]

        @rule(count=st.integers(1, 3), place=st.sampled_from([None, *places]))
        def drop(self, count, place):
            files = [Dropped(f"/{n}.jpg") for n in range(count)]
            batch = journal.add(files, place, UploadOptions(), "USR-100")
            self.dropped += count
            if count and self.first is None:
                self.first = journal.items(batch)[0].id - 1

        @precondition(lambda self: len(self.working) < 3)
        @rule(count=st.integers(1, 3))
        def claim(self, count):
            for _ in range(count):
                if (item := uploads.claim()) is not None:
                    self.working.append(item)

        @precondition(lambda self: self.working)
        @rule(end=st.sampled_from(ENDS), which=st.integers(0, 9))
        def end(self, end, which):
            item = self.working.pop(which % len(self.working))
            ended.add(journal.move(item, end[0], **end[1]).state)

        @rule(suspects=st.lists(st.integers(1, 12), max_size=3))
        def crash(self, suspects):
            self.working.clear()
            journal.recover(self.ids(suspects))

        @rule(chosen=SOME)
        def pause(self, chosen):
            uploads.pause(self.ids(chosen))

        @rule(chosen=SOME)
        def resume(self, chosen):
            uploads.resume(self.ids(chosen))

        @rule(chosen=SOME)
        def cancel(self, chosen):
            uploads.cancel(self.ids(chosen))

        @rule(chosen=SOME)
        def retry(self, chosen):
            uploads.retry_failed(self.ids(chosen))

        @rule()
        def hurry(self):
            uploads.hurry()

        @rule(chosen=st.lists(st.integers(1, 12)), place=st.sampled_from(places))
        def place(self, chosen, place):
            uploads.place(self.ids(chosen), place)

        @rule(chosen=st.lists(st.integers(1, 12)), before=st.none() | st.integers(1, 12))
        def reorder(self, chosen, before):
            uploads.reorder(self.ids(chosen), before and self.ids([before])[0])

        @rule(chosen=st.lists(st.integers(1, 12)), what=st.sampled_from(
            [OnDuplicate.SKIP, OnDuplicate.KEEP, OnDuplicate.REPLACE]))  # fmt: skip
        def decide(self, chosen, what):
            uploads.decide(self.ids(chosen), what)

        @rule(chosen=st.lists(st.integers(1, 12)))
        def describe(self, chosen):
            uploads.describe(self.ids(chosen), Description(caption="A room"))

        @rule(chosen=st.none())
        def cancel_all(self, chosen):
            uploads.cancel(chosen)

        @rule()
        def clear(self):
            final = [each for each in uploads.items() if each.state.is_final]
            assert len(uploads.clear_finished()) == len(final)
            self.cleared += len(final)

        def every_file_is_in_one_state(self, items):
            assert len({each.id for each in items}) == len(items) == self.dropped - self.cleared
            assert sum(Counter(each.state for each in items).values()) == len(items)
            for each in items:
                before = self.was.get(each.id, S.QUEUED)
                assert each.state is before or each.state in reachable(before)
                self.was[each.id] = each.state

        def nothing_ends_without_a_reason(self, items):
            for each in items:
                reason = {
                    S.DONE: each.media_public_id,
                    S.DUPLICATE: each.duplicate_of,
                    S.ASKING: each.duplicate_of,
                    S.SKIPPED: each.error,
                    S.FAILED: each.error,
                }
                assert reason.get(each.state, True), each
                assert (each.finished_at is not None) is each.state.is_final, each
                assert each.place is not None or each.state in (S.UNPLACED, S.SKIPPED), each
                assert each.wish is None or each.state is S.WORKING, each
                if each.state is S.DONE:
                    assert each.error is None

        def whoever_is_worked_on_is_known(self, items):
            found = {each.id for each in items if each.state is S.WORKING}
            assert found == {each.id for each in self.working}

        @invariant()
        def holds(self):
            items = uploads.items()
            self.every_file_is_in_one_state(items)
            self.nothing_ends_without_a_reason(items)
            self.whoever_is_worked_on_is_known(items)

    ended: set[UploadState] = set()
    # Each end once in a known order: which ones chance brings differs from run to run.
    law = Law()
    law.drop(len(ENDS), places[0])
    for end in ENDS:
        law.claim(1)
        law.end(end, 0)
        law.holds()
    law.claim(1)
    law.cancel_all(None)  # What is worked on ends as skipped when its worker gives it back.
    law.end(ENDS[-1], 0)
    law.holds()
    assert ended >= FINAL
    Law.TestCase.settings = settings(
        max_examples=25, stateful_step_count=40, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Law.TestCase("runTest").runTest()


def reachable(state):
    """Where a request may bring a row in one or two steps: the last may end what it began."""
    one = FOLLOWS[state]
    return one | {each for step in one for each in FOLLOWS[step]} | {S.UNPLACED}


def test_the_command_says_so(library, photo, upload):
    upload([photo("a.jpg"), photo("b.jpg"), photo("none.jpg", hue=3)])
    library.uploads.drop([photo("c.jpg", hue=9)], None)
    with redirect_stdout(StringIO()) as out:
        assert main(["--home", str(library.home.root), "--json", "queue"]) == 0
    rows = json.loads(out.getvalue())
    assert Counter(each["state"] for each in rows) == {"done": 2, "duplicate": 1, "unplaced": 1}
    assert rows[0]["target"] is None
    for each in rows:
        ended = UploadState(each["state"]) in FINAL
        assert ended is bool(each["media"] or each["duplicate_of"] or each["error"])
    with redirect_stdout(StringIO()) as out:
        assert main(["--home", str(library.home.root), "queue"]) == 0
    assert "no place yet" in out.getvalue()
