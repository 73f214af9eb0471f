"""One media or many: what is shown, what is written, and that nothing typed gets lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.listing import Changed
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Ruling
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.ui.panels.library.inspector import reading
from artitec_media_desktop.ui.panels.library.inspector.position import Position
from artitec_media_desktop.ui.panels.library.inspector.tag_chip import Kind


def kinds(inspector):
    return {chip.tag: chip.kind for chip in inspector.body.tags.chips}


def type_into(qtbot, field, text):
    qtbot.keyClicks(field.field, text)


def test_the_alt_text_of_one_is_written_and_nothing_else(inspector, put, now, qtbot):
    pool = put(1, alt_text="Pool", caption="Blue", tags=("pool",))
    inspector.show_keys([pool.id])
    assert inspector.body.alt_text.text == "Pool"
    assert not inspector.footer.isVisible()
    inspector.body.alt_text.field.moveCursor(
        inspector.body.alt_text.field.textCursor().MoveOperation.End
    )
    type_into(qtbot, inspector.body.alt_text, " at dusk")
    assert inspector.footer.isVisible()
    inspector._app.editing.edit([pool.public_id], MediaEdit(caption="Green"))  # somebody else
    inspector.apply()
    assert (now(pool).alt_text, now(pool).caption) == ("Pool at dusk", "Green")
    assert inspector.body.alt_text.text == "Pool at dusk"
    assert not inspector.footer.isVisible()
    assert inspector.notices[-1].text == "Alt text written to 1 photo"


def test_typing_what_is_there_again_touches_nothing(inspector, put, qtbot):
    pool = put(1, alt_text="Pool")
    inspector.show_keys([pool.id])
    inspector.body.alt_text.field.setPlainText("Pools")
    assert inspector.footer.isVisible()
    inspector.body.alt_text.field.setPlainText("Pool")
    assert not inspector.footer.isVisible()
    assert len(inspector.drafts) == 0


def test_many_show_what_is_mixed(inspector, put, words):
    some = [put(n, alt_text=f"Room {n}", caption=f"C{n}" if n < 5 else None) for n in range(1, 7)]
    inspector.show_keys([each.id for each in some])
    assert inspector.header.title.text() == "6 photos"
    assert inspector.header.subtitle.text() == "6 MB · Oct 12, 2025"
    body = inspector.body
    assert words.hint(body.alt_text) == "6 different. Typing here replaces all of them."
    assert words.hint(body.caption) == "4 different, 2 empty"
    assert body.alt_text.text == ""


def test_mixed_texts_are_emptied_for_all(inspector, put, now, words, qtbot):
    some = [put(n, alt_text=f"Room {n}", caption="Same") for n in range(1, 4)]
    inspector.show_keys([each.id for each in some])
    body = inspector.body
    assert body.alt_text.empty.isVisible() and not body.caption.empty.isVisible()
    body.alt_text.empty.click()
    assert words.hint(body.alt_text) == "Will be empty on all of them"
    assert not body.alt_text.empty.isVisible()
    body.alt_text.field.setPlainText("Typed")
    body.alt_text.field.setPlainText("")
    assert not inspector.footer.isVisible() and body.alt_text.empty.isVisible()
    body.alt_text.empty.click()
    inspector.apply()
    assert [now(each).alt_text for each in some] == [None, None, None]
    assert inspector.notices[-1].text == "Alt text written to 3 photos"


def test_many_tags_are_shown_by_and_by(inspector, put):
    one = put(1, tags=tuple(f"tag {n:03}" for n in range(60)))
    inspector.show_keys([one.id])
    field = inspector.body.tags
    assert (len(field.chips), field.more.text()) == (12, "+ 48 more")
    field.more.click()
    assert len(field.chips) == 60 and not field.more.isVisible()
    made = list(field.chips)
    field.chips[40].removed.emit()
    assert field.chips == made and kinds(inspector)["tag 040"] is Kind.REMOVED
    assert field.chips[40].isVisible()


def test_the_tags_of_many(inspector, put, now, words):
    some = [put(n, tags=("interior", "kitchen") if n < 4 else ("interior",)) for n in range(1, 7)]
    inspector.show_keys([each.id for each in some])
    assert kinds(inspector) == {"interior": Kind.ALL, "kitchen": Kind.SOME}
    chips = {chip.tag: chip for chip in inspector.body.tags.chips}
    assert chips["kitchen"].accessibleName() == "kitchen · 3 of 6"
    chips["kitchen"].click()
    chips["interior"].removed.emit()
    inspector.body.tags.input.taken.emit("fall 2025")
    assert kinds(inspector) == {
        "interior": Kind.REMOVED,
        "kitchen": Kind.ADDED,
        "fall 2025": Kind.ADDED,
    }
    expected = "Tags will be written to 6 photos. Everything else stays as it is."
    assert words.footer(inspector) == expected
    assert inspector.footer.apply.text() == "Apply to 6"
    inspector._app.editing.edit([some[0].public_id], MediaEdit(add_tags=("theirs",)))
    inspector.apply()
    assert set(now(some[0]).tags) == {"kitchen", "theirs", "fall 2025"}
    assert set(now(some[5]).tags) == {"kitchen", "fall 2025"}
    assert kinds(inspector)["kitchen"] is Kind.ALL


def test_only_what_is_touched_of_many_is_written(inspector, put, now, qtbot):
    some = [put(n, alt_text=f"Room {n}", caption="C") for n in (1, 2)]
    inspector.show_keys([each.id for each in some])
    type_into(qtbot, inspector.body.caption, "Both")
    inspector.apply()
    assert [now(each).caption for each in some] == ["BothC"] * 2
    assert [now(each).alt_text for each in some] == ["Room 1", "Room 2"]


def test_an_older_answer_never_replaces_a_newer_one(inspector, app, put):
    one, other = put(1, alt_text="One"), put(2, alt_text="Other")
    app.runner.held = True
    inspector.show_keys([one.id])
    inspector.show_keys([other.id])
    waiting = [job for job in app.runner.jobs if job.pool is None]
    for job in reversed(waiting):
        job()
    assert inspector.body.alt_text.text == "Other"


def test_a_known_media_is_shown_before_it_is_read(inspector, app, put):
    one = put(1, alt_text="One")
    app.runner.held = True
    inspector.show_keys([one.id], one, Position(0, 0, 3, True))
    assert inspector.body.alt_text.text == "One"
    assert inspector.header.title.text() == "Photo 1 of 3"
    assert not inspector.header.last.isEnabled()
    assert inspector.header.next.isEnabled()


def test_what_is_typed_waits_while_others_are_looked_at(inspector, put, now, qtbot):
    one, other = put(1, alt_text="One"), put(2)
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("Mine")
    inspector.show_keys([other.id])
    assert inspector.body.alt_text.text == ""
    assert not inspector.footer.isVisible()
    assert inspector.unsaved.accessibleName() == "Not applied: alt text of 1 item"
    with qtbot.waitSignal(inspector.select_wanted) as asked:
        inspector.unsaved.show_button.click()
    inspector.show_keys(asked.args[0])
    assert inspector.body.alt_text.text == "Mine"
    assert inspector.footer.isVisible()
    assert not inspector.unsaved.isVisible()
    inspector.revert()
    assert inspector.body.alt_text.text == "One"
    assert len(inspector.drafts) == 0


def test_what_is_typed_while_it_is_written_stays(inspector, app, put, now):
    one = put(1)
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("First")
    app.runner.held = True
    inspector.apply()
    inspector.body.alt_text.field.setPlainText("First and second")
    app.runner.release()
    assert now(one).alt_text == "First"
    assert inspector.body.alt_text.text == "First and second"
    inspector.apply()  # and that was no conflict with oneself
    assert now(one).alt_text == "First and second"
    assert not inspector.disputes.isVisible()


def test_what_others_change_is_shown_where_nothing_is_typed(inspector, app, put, qtbot):
    one = put(1, alt_text="One", caption="C")
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("Mine")
    app.editing.edit([one.public_id], MediaEdit(alt_text="Theirs", caption="New"))
    app.changes.noticed.emit(Changed(None, frozenset({one.id})))
    qtbot.waitUntil(lambda: inspector.body.caption.text == "New")
    assert inspector.body.alt_text.text == "Mine"


@pytest.mark.parametrize("mine", [True, False])
def test_what_somebody_else_wrote_first_is_asked_about(inspector, app, put, now, mine):
    one = put(1, alt_text="One", tags=("a",))
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("Mine")
    inspector.body.tags.input.taken.emit("b")
    app.editing.edit([one.public_id], MediaEdit(alt_text="Theirs"))
    inspector.apply()
    assert now(one).alt_text == "Theirs"
    assert inspector.disputes.isVisible()
    assert "by Local Admin" in inspector.disputes.accessibleName()
    assert not [each for each in inspector.notices if each.tone == "danger"]
    (inspector.disputes.mine if mine else inspector.disputes.theirs).click()
    assert now(one).alt_text == ("Mine" if mine else "Theirs")
    assert now(one).tags == ("a", "b")  # what nobody disputes is written either way
    assert not inspector.disputes.isVisible()


def test_writing_mine_overwrites_nothing_newer(inspector, app, put, now):
    one = put(1, alt_text="One")
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("Mine")
    app.editing.edit([one.public_id], MediaEdit(alt_text="Theirs"))
    inspector.apply()
    app.editing.edit([one.public_id], MediaEdit(alt_text="Newer"))
    inspector.disputes.mine.click()
    assert now(one).alt_text == "Newer"
    assert inspector.disputes.disputes[0].error.theirs == {"alt_text": "Newer"}


def test_of_many_some_are_disputed(inspector, app, put, now):
    some = [put(n, alt_text="Same") for n in (1, 2, 3)]
    inspector.show_keys([each.id for each in some])
    inspector.body.alt_text.field.setPlainText("Mine")
    for each in some[:2]:
        app.editing.edit([each.public_id], MediaEdit(alt_text="Theirs"))
    inspector.apply()
    assert [now(each).alt_text for each in some] == ["Theirs", "Theirs", "Mine"]
    assert len(inspector.disputes.disputes) == 2
    inspector.disputes.all_mine.click()
    assert [now(each).alt_text for each in some] == ["Mine"] * 3


def test_who_may_not_edit_reads_why(inspector, app, put):
    one = put(1, alt_text="One")
    app.services.account = Account("USR-9", "Ben", Role.BUYER)
    inspector.show_keys([one.id])
    assert inspector.body.isEnabled()
    assert not inspector.body.alt_text.isEnabled()
    assert not inspector.body.tags.isEnabled()
    assert "You are signed in as Ben" in inspector.refusal.text


def test_more_than_can_be_read_can_be_edited_all_the_same(inspector, put, now, monkeypatch):
    monkeypatch.setattr(reading, "BOUND", 3)
    some = [put(n, alt_text=f"Room {n}", tags=("a",)) for n in range(1, 6)]
    inspector.show_keys([each.id for each in some])
    assert inspector.header.title.text() == "5 items"
    assert kinds(inspector) == {}
    inspector.body.tags.input.taken.emit("b")
    assert inspector.footer.apply.text() == "Apply to 5"
    inspector.apply()
    assert {now(each).tags for each in some} == {("a", "b")}
    assert not inspector.footer.isVisible()


def test_an_alt_text_that_is_too_long_is_not_applied(inspector, put, now, words):
    one = put(1)
    inspector.show_keys([one.id])
    inspector.body.alt_text.field.setPlainText("x" * 512)
    assert not inspector.footer.apply.isEnabled()
    assert words.footer(inspector).startswith("The alt text is 12 too long")
    inspector.apply()
    assert now(one).alt_text is None


def test_enter_in_the_alt_text_of_one_writes_it(inspector, put, now, qtbot):
    one = put(1)
    inspector.show_keys([one.id])
    type_into(qtbot, inspector.body.alt_text, "Pool")
    qtbot.keyClick(inspector.body.alt_text.field, Qt.Key.Key_Return)
    assert now(one).alt_text == "Pool"


def test_the_primary_one_is_one(inspector, put, now):
    first, second = put(1, is_primary=True), put(2)
    inspector.show_keys([second.id])
    assert not inspector.body.role.primary.isChecked()
    inspector.body.role.primary.click()
    inspector.apply()
    assert (now(first).is_primary, now(second).is_primary) == (False, True)


def test_the_file_of_a_slot_of_one_stays_its_primary(inspector, put):
    cover = put(1, field="cover", is_primary=True)
    inspector.show_keys([cover.id])
    assert not inspector.body.role.primary.isEnabled()
    assert inspector.body.role.primary.toolTip()


def test_strange_rows_are_shown(inspector, put, qtbot):
    facts = {"tags": tuple(f"tag {n}" for n in range(4000)), "caption": "x" * 100_000}
    strange = put(1, metadata={"exif": [1], "variants": "none"}, width=None, height=None, **facts)
    lost = put(2, kind="event", created_at=None)
    for section in inspector.body._sections:
        section.head.setChecked(True)
    inspector.show_keys([strange.id])
    assert len(inspector.body.tags.chips) == 12
    assert inspector.body.caption.field.isReadOnly()
    inspector.body.alt_text.field.setPlainText("Odd")
    inspector.apply()
    assert inspector.body.alt_text.text == "Odd"
    inspector.show_keys([lost.id])
    inspector.show_keys([strange.id, lost.id])
    assert inspector.header.title.text() == "2 photos"


def test_what_was_deleted_is_said(inspector, app, put):
    one = put(1)
    inspector.show_keys([one.id])
    app.services.trash.delete([one.public_id])
    inspector._read_again()
    assert inspector._state.isVisible()


def test_the_history_undoes(inspector, app, put, now):
    one = put(1, alt_text="One")
    inspector.body.past.head.setChecked(True)
    app.editing.edit([one.public_id], MediaEdit(alt_text="Two"))
    inspector.show_keys([one.id])
    assert inspector.body.past.head.accessibleDescription().startswith("open. Alt text by Local")
    change = inspector._read.overview.history[-1]
    assert change.id in inspector._read.overview.undoable
    inspector.body.history.undo_wanted.emit(change)
    assert now(one).alt_text == "One"
    inspector._read_again()
    assert change.id not in inspector._read.overview.undoable


def test_the_history_says_why_something_was_rejected(inspector, app, put):
    one = put(1)
    ruling = Ruling(ModerationStatus.REJECTED, "advertising")
    app.services.moderation.decide([one.public_id], ruling)
    inspector.body.past.head.setChecked(True)
    inspector.show_keys([one.id])
    words = [each.text() for each in inspector.body.history.findChildren(QLabel)]
    assert words[0] == "Rejected: Advertising"


def test_moved_to_another_slot(inspector, app, put, now):
    one = put(1)
    inspector.show_keys([one.id])
    menu = inspector.body.place.menu()
    menu.aboutToShow.emit()
    assert menu.layoutDirection() is Qt.LayoutDirection.LeftToRight
    texts = [each.text() for each in menu.actions() if each.text()]
    assert texts == ["Move to Cover", "Move to Logo", "Move…"]
    menu.actions()[0].trigger()
    assert now(one).entity_field == "cover"
    assert now(one).is_primary


def test_a_long_name_of_a_place_makes_nothing_wider(inspector, put):
    inspector.name_of = lambda _ref: "10017 East Saguaro Blossom Court, second phase"
    inspector.show_keys([put(1).id])
    assert inspector.body.place.text().startswith("10017")
    assert inspector.body.minimumSizeHint().width() <= inspector._scroll.viewport().width()


def test_a_keyboard_in_what_goes_away_goes_to_the_grid(inspector, put, qtbot):
    one = put(1)
    inspector.show_keys([one.id])
    inspector.body.place.setFocus()
    with qtbot.waitSignal(inspector.left):
        inspector.show_keys([])
