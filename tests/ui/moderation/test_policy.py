"""The rules that moderators share, edited by an admin."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Conflict, Transient
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.policy import MOST_REASONS
from artitec_media_desktop.ui.panels.moderation.policy.dialog import PolicyDialog
from artitec_media_desktop.ui.panels.moderation.policy.reasons import code_for


@pytest.fixture
def service(app):
    made = SimpleNamespace(policy=Policy(), written=[], error=None)

    def read(fresh=False):
        assert fresh
        if made.error is not None:
            raise made.error
        return made.policy

    def write(policy, seen):
        if made.error is not None:
            raise made.error
        made.written.append((policy, seen))
        return policy

    made.get, made.set = read, write
    app.policy = made
    return made


@pytest.fixture
def dialog(app, service, light, qtbot):
    made = PolicyDialog(app)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    made.told = []
    made.saved.connect(made.told.append)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_not_touched_stays(dialog, service):
    assert dialog.policy == service.policy
    dialog.save.click()
    assert service.written == [(Policy(), Policy())]
    assert dialog.told == [Policy()] and not dialog.isVisible()


def test_rules(dialog, service):
    dialog.types[EntityType.COMMUNITY].click()
    dialog.bits.setCurrentIndex(0)
    dialog.sample.setValue(20)
    dialog.minutes.setValue(30)
    dialog.score.setValue(75)
    dialog.keep()
    wanted = Policy(
        waiting=frozenset({EntityType.POST, EntityType.COMMUNITY}),
        known_bad_bits=None,
        sample=0.2,
        lease_minutes=30,
        suspect_from=0.75,
    )
    assert service.written[0][0] == wanted


def test_numbers_can_be_read(dialog):
    for box in (dialog.sample, dialog.minutes, dialog.score):
        words = box.fontMetrics().horizontalAdvance(box.text())
        assert box.lineEdit().width() > words


@pytest.mark.parametrize("bits", [None, 0, 3, 5])
def test_how_near_is_flagged(dialog, bits):
    dialog.show_policy(Policy(known_bad_bits=bits))
    assert dialog.policy.known_bad_bits == bits


def test_the_score_is_typed_as_it_is_written(dialog, qtbot):
    dialog.score.selectAll()
    qtbot.keyClicks(dialog.score, "0.35")
    assert dialog.score.value() == 35
    assert dialog.score.text() == "0.35"


def test_reasons_are_edited_ordered_added_and_removed(dialog, service, qtbot):
    editor = dialog.reasons
    editor.lines[1].text.setText("Faces without consent")
    editor.lines[1].text.setFocus()
    qtbot.keyClick(editor.lines[1].text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    editor.lines[2].remove.click()
    editor.add.click()
    qtbot.keyClicks(editor.lines[-2].text, "Off-topic")
    dialog.keep()
    found = [(each.code, each.text) for each in service.written[0][0].reasons]
    assert found == [
        ("no_consent", "Faces without consent"),
        ("off_topic", "Not about the community"),
        ("unsafe", "Unsafe or offensive"),
        ("poor_quality", "Too poor to use"),
        ("off_topic_2", "Off-topic"),
        ("other", "Other, with a note"),
    ]


def test_the_one_with_a_note_stays_and_there_are_at_most_nine(dialog):
    editor = dialog.reasons
    assert not editor.lines[-1].remove.isEnabled()
    while editor.add.isEnabled():
        editor.add.click()
    assert len(editor.lines) == MOST_REASONS


def test_a_reason_without_words_is_not_saved(dialog, service):
    dialog.reasons.add.click()
    dialog.keep()
    assert dialog.message.text == "Reason 6 has no words yet."
    assert not service.written and dialog.isVisible()


def test_who_was_overtaken_reads_again(dialog, service):
    dialog.sample.setValue(50)
    service.error = Conflict("overtaken", "Ada changed the reasons meanwhile.")
    dialog.keep()
    assert dialog.message.text == "Ada changed the reasons meanwhile."
    assert not dialog.save.isEnabled()
    service.error, service.policy = None, replace(Policy(), sample=0.5)
    dialog.again.click()
    assert dialog.save.isEnabled() and not dialog.message.text
    assert dialog.sample.value() == 50


def test_it_can_be_tried_again(app, service, light, qtbot):
    service.error = Transient("no_database", "The database does not answer.")
    made = PolicyDialog(app)
    qtbot.addWidget(made)
    made.show()
    assert "The database does not answer." in made.state.accessibleName()
    assert not made.save.isEnabled()
    service.error = None
    made.read()
    assert made.policy == Policy()


def test_codes():
    assert code_for("Blurred face!", ()) == "blurred_face"
    assert code_for("Blurred face", {"blurred_face"}) == "blurred_face_2"
    assert code_for("模糊", ()) == "reason"
