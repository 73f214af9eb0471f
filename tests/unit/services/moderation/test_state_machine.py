"""Whatever is decided, undone and done again, in whatever order: everything agrees with everything.

The model is what a person would keep on paper: the status, and who can take back what.
"""

from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Conflict, Forbidden
from artitec_media_desktop.domain.moderation import MOVES, Look, Rule
from tests.unit.services.conftest import objects
from tests.unit.services.moderation.people import (
    ADA,
    BEN,
    Person,
    S,
    known_bad,
    looks,
    media,
    open_looks,
    records,
)
from tests.unit.services.relocations import named

PEOPLE = st.sampled_from([0, 1])
STEPS = st.one_of(
    st.tuples(st.just("decide"), PEOPLE, st.sampled_from(list(S)), st.booleans()),
    st.tuples(st.just("undo"), PEOPLE, st.none(), st.none()),
    st.tuples(st.just("redo"), PEOPLE, st.none(), st.none()),
    st.tuples(st.just("appeal"), PEOPLE, st.none(), st.none()),
)


class Paper:
    """What should be so: each decision that stands, and what came of it, newest last."""

    def __init__(self, status):
        self.statuses = [status]
        #: Person, change and open second look before, of each decision that stands.
        self.done = []
        #: Undone, newest last: person, undoing, change, status and second look that come back.
        self.undone = []

    @property
    def status(self):
        return self.statuses[-1]


def asked_of(library, public_id):
    """What is open, as far as it is to come back by undoing."""
    return [(each.id, each.look, each.decided_by) for each in open_looks(library, public_id)]


def decide(library, people, paper, public_id, step):
    _, who, status, drawn = step
    person = people[who]
    person.lots = 0.0 if drawn else 1.0
    before = asked_of(library, public_id)
    mine = bool(before) and before[0][2] == person.account.user_id
    appealed = bool(before) and before[0][1] is Look.APPEAL
    allowed = status in MOVES[paper.status] or (before and status is paper.status)
    allowed = allowed and not (mine and (appealed or status is paper.status))
    try:
        change = person.decide(public_id, status, seen=paper.status)
    except Forbidden:
        assert not allowed
        return
    assert allowed
    paper.done.append((who, change, before))
    paper.undone.clear()
    paper.statuses.append(status)
    expected = drawn and status is S.APPROVED and (not before or mine)
    assert bool(open_looks(library, public_id)) == expected


def undo(library, people, paper, public_id, who):
    mine = [each for each in paper.done if each[0] == who]
    if not mine:
        return
    _, change, before = mine[-1]
    there = asked_of(library, public_id)
    try:
        undoing = people[who].undoing.undo(change.id)
    except Conflict:
        assert mine[-1] is not paper.done[-1], "somebody else has decided since"
        return
    assert mine[-1] is paper.done.pop()
    assert asked_of(library, public_id) == before
    paper.undone.append((who, undoing, change, paper.statuses.pop(), there, before))


def redo(library, people, paper, public_id, who):
    if not paper.undone:
        return
    first, undoing, change, status, there, before = paper.undone.pop()
    again = people[who].undoing.redo(undoing.id, ChangeKind.MODERATED) if first == who else None
    if again is None:
        paper.undone.append((first, undoing, change, status, there, before))
        return
    assert asked_of(library, public_id) == there
    paper.done.append((who, again, before))
    paper.statuses.append(status)


def appeal(library, uma, paper, public_id):
    try:
        uma.moderation.appeal(public_id, "Please look again.")
    except Forbidden:
        assert paper.status is not S.REJECTED
    except Conflict:
        assert any(each.look is Look.APPEAL for each in looks(library, public_id))


def agrees(library, paper, public_id):
    one = media(library, public_id)
    assert (one.moderation_status, one.is_approved) == (paper.status, paper.status is S.APPROVED)
    assert {key.startswith("private/") for key in objects(library)} == {not one.is_open}
    assert set(objects(library)) == named(one)
    assert set(known_bad(library)) == ({public_id} if paper.status is S.REJECTED else set())
    history = records(library, public_id)
    assert [(e.before, e.after) for e in history if e.before is not e.after] == [
        (a, b) for a, b in pairwise([S.APPROVED, *(e.after for e in history)]) if a is not b
    ]
    standing = [e for e in history if e.undone_at is None and e.rule is not Rule.UNDO]
    assert [e.after for e in standing] == paper.statuses[1:]
    assert [e.change_id for e in standing] == [change.id for _, change, _ in paper.done]
    assert len(open_looks(library, public_id)) <= 1


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=1, max_size=9))
@example([("decide", 0, S.REJECTED, False), ("appeal", 0, None, None), ("undo", 0, None, None),
          ("redo", 0, None, None), ("decide", 1, S.REJECTED, False), ("undo", 1, None, None),
          ("redo", 1, None, None), ("undo", 1, None, None), ("undo", 0, None, None)])  # fmt: skip
@example([("decide", 0, S.PENDING, False), ("decide", 0, S.APPROVED, True),
          ("decide", 0, S.FLAGGED, False), ("undo", 0, None, None), ("redo", 0, None, None),
          ("undo", 0, None, None), ("decide", 1, S.APPROVED, True), ("undo", 1, None, None),
          ("undo", 0, None, None), ("redo", 0, None, None)])  # fmt: skip
def test_everything_agrees_with_everything(library, photo_id, steps):
    with library.database.write() as tx:
        for table in ("reviews", "second_looks", "known_bad", "changes", "changed"):
            tx.execute(text(f"DELETE FROM media_{table}"))
    if not media(library, photo_id).is_open:
        Person(library, ADA).decide(photo_id, S.APPROVED)
        with library.database.write() as tx:
            for table in ("reviews", "second_looks", "changes", "changed"):
                tx.execute(text(f"DELETE FROM media_{table}"))
    people = [Person(library, ADA), Person(library, BEN)]
    uploader = media(library, photo_id).uploaded_by
    uma = Person(library, ADA.__class__(uploader, "Uma", ADA.role.BUYER))
    paper = Paper(S.APPROVED)
    for step in steps:
        what, who = step[:2]
        if what == "decide":
            decide(library, people, paper, photo_id, step)
        elif what == "undo":
            undo(library, people, paper, photo_id, who)
        elif what == "redo":
            redo(library, people, paper, photo_id, who)
        else:
            appeal(library, uma, paper, photo_id)
        agrees(library, paper, photo_id)
