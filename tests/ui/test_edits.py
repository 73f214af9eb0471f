"""Everything a page changes: in order, told, undone and done again."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication

from artitec_media_desktop.domain.changes import Change, ChangeKind, Failure, MediaChange, Stopped
from artitec_media_desktop.domain.errors import Cancelled, Conflict, NotFound, Transient
from artitec_media_desktop.ui.change_words import what
from artitec_media_desktop.ui.edits import Edit, Edits

NOW = datetime.now(UTC)
THEIRS = Conflict("overtaken", "The alt text of “a.jpg” was changed by Ada Admin meanwhile.")


def change(number, kind=ChangeKind.EDITED, count=1, column="alt_text", **more):
    parts = tuple(MediaChange(f"MED-{n}", None, {column: ""}, {column: "x"}) for n in range(count))
    return Change(kind, parts, "u1", NOW, number, **more)


class Undoing:
    def __init__(self):
        self.history = []
        self.calls = []
        self.failed = ()

    def last(self, *, uploads=True):
        kinds = () if uploads else (ChangeKind.UPLOADED,)
        return next((each for each in reversed(self.history) if each.kind not in kinds), None)

    def undo(self, number, work=None):
        found = next((each for each in self.history if each.id == number), None)
        if found is None:
            raise NotFound("nothing_to_undo", "There is nothing to undo.")
        self.calls.append(("undo", number))
        self.history.remove(found)
        return replace(found, kind=ChangeKind.UNDONE, id=100 + number, failed=self.failed)

    def redo(self, number, kind, work=None):
        self.calls.append(("redo", number, kind))
        again = change(number + 100, kind)
        self.history.append(again)
        return again


@pytest.fixture
def undoing(app):
    app.undoing = Undoing()
    return app.undoing


@pytest.fixture
def edits(app, undoing, light):
    made = Edits(app)
    made.notices = []
    made.noticed.connect(made.notices.append)
    return made


@pytest.fixture
def do(edits, undoing):
    """Carry out an edit whose change is this."""

    def carry_out(made):
        def act(_):
            undoing.history.append(made)
            return made

        edits.carry_out(Edit("Saving", act, lambda _: "Saved", "Nothing was saved"))

    return carry_out


def last(edits):
    return edits.notices[-1]


def test_an_edit_is_told_with_undo_and_pages_hear_of_it(edits, do, app, undoing):
    heard = []
    app.changes.happened.connect(heard.append)
    do(change(1))
    assert (last(edits).text, last(edits).action) == ("Saved", "Undo")
    last(edits).on_action()
    assert undoing.calls == [("undo", 1)]
    assert [each.kind for each in heard] == [ChangeKind.EDITED, ChangeKind.UNDONE]


def test_undo_takes_the_last_first_and_says_what_it_was(edits, do, undoing):
    do(change(1, ChangeKind.TRASHED, 2))
    do(change(2, count=6))
    edits.undo()
    assert last(edits).text == "Undone: alt text of 6 items"
    assert last(edits).action == ""
    edits.undo()
    assert last(edits).text == "Undone: deletion of 2 items"
    assert undoing.calls == [("undo", 2), ("undo", 1)]


def test_a_decision_is_told_with_its_reason(edits, do, app):
    app.activity = SimpleNamespace(why=lambda number: "Advertising" if number == 1 else "")
    parts = (
        MediaChange(
            "MED-1", None, {"moderation_status": "pending"}, {"moderation_status": "rejected"}
        ),
        MediaChange("MED-2", None, {"is_primary": False}, {"is_primary": True}, aside=True),
    )
    do(replace(change(1, ChangeKind.MODERATED), media=parts))
    edits.undo()
    assert last(edits).text == "Undone: rejection of 1 item: Advertising"
    edits.redo()
    assert last(edits).text == "Done again: rejection of 1 item: Advertising"


def test_what_is_taken_back_is_told_no_more(edits, do, undoing):
    gone = []
    edits.reversed.connect(gone.append)
    do(change(1))
    assert last(edits).change == 1
    edits.undo()
    assert (gone, last(edits).change) == ([{1}], 101)
    edits.redo()
    assert gone == [{1}, {101}]


def test_what_was_uploaded_stays(edits, undoing):
    undoing.history = [change(1), change(2, ChangeKind.UPLOADED)]
    edits.undo()
    assert undoing.calls == [("undo", 1)]


def test_nothing_to_undo_is_no_fault(edits):
    edits.undo()
    assert (last(edits).text, last(edits).tone) == ("There is nothing to undo", "info")
    edits.redo()
    assert (last(edits).text, last(edits).tone) == ("There is nothing to redo", "info")


def test_what_was_undone_is_done_again_and_undone_again(edits, do, undoing):
    do(change(1))
    edits.undo()
    edits.redo()
    assert last(edits).text == "Done again: alt text of 1 item"
    assert undoing.calls[-1] == ("redo", 101, ChangeKind.EDITED)
    edits.undo()
    assert undoing.calls[-1] == ("undo", 201)


def test_after_another_edit_nothing_is_done_again(edits, do, undoing):
    do(change(1))
    edits.undo()
    do(change(2))
    edits.redo()
    assert last(edits).text == "There is nothing to redo"


def test_what_others_wrote_is_left_and_says_who(edits, do, undoing):
    do(change(1, count=2))
    undoing.failed = (Failure("MED-9", THEIRS),)
    edits.undo()
    assert (last(edits).text, last(edits).tone) == ("1 item could not be done", "danger")
    assert "Ada Admin" in last(edits).detail
    last(edits).on_action()
    assert QGuiApplication.clipboard().text() == THEIRS.message


def test_one_after_another(edits, do, app):
    app.runner.held = True
    busy = []
    edits.busy_changed.connect(busy.append)
    do(change(1))
    do(change(2))
    assert len(app.runner.waiting) == 1 and edits.is_busy
    app.runner.release()
    assert len(edits.notices) == 2 and not edits.is_busy
    assert busy == [True, False]


def test_a_fault_says_what_and_the_next_is_done(edits, do):
    def act(_):
        raise Transient("gone", "The database does not answer.")

    edits.carry_out(Edit("Saving", act, lambda _: "Saved", "Nothing was saved"))
    assert (last(edits).text, last(edits).tone) == ("Nothing was saved", "danger")
    do(change(1))
    assert last(edits).text == "Saved"


def test_what_is_for_good_offers_no_undo(edits, do):
    do(change(1, ChangeKind.PURGED))
    assert last(edits).action == ""


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (change(1, column="tags"), "tags of 1 item"),
        (change(1, column="unknown"), "details of 1 item"),
        (change(1, ChangeKind.MOVED, 3), "move of 3 items"),
        (change(1, ChangeKind.PURGED), "deletion of 1 item for good"),
        (change(1, ChangeKind.UNDONE), "undoing on 1 item"),
    ],
)
def test_words(made, words):
    assert what(made) == words


def test_several_columns_are_listed():
    part = MediaChange("MED-1", None, {}, {"tags": [], "caption": "", "alt_text": ""})
    made = Change(ChangeKind.EDITED, (part,), "u1", NOW)
    assert what(made) == "alt text, caption and tags of 1 item"


def raising(error):
    def act(_):
        raise error

    return Edit("Saving", act, lambda _: "Saved", "Nothing was saved", on_done=pytest.fail)


def test_what_was_written_before_a_stop_is_told_and_can_be_undone(edits, app, undoing):
    heard, part = [], change(7, count=320)
    app.changes.happened.connect(heard.append)
    undoing.history.append(part)
    edits.carry_out(raising(Stopped(part, 900)))
    assert heard == [part] and not edits.is_busy
    assert (last(edits).text, last(edits).action) == ("Stopped: 320 of 900 done", "Undo")
    last(edits).on_action()
    assert undoing.calls == [("undo", 7)]


@pytest.mark.parametrize("error", [Cancelled(), Stopped(change(None, count=0), 10)])
def test_stopped_before_anything_was_written(edits, error):
    edits.carry_out(raising(error))
    assert (last(edits).text, last(edits).action) == ("Nothing was saved", "")
    assert not edits.is_busy
