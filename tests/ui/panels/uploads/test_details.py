from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from artitec_media_desktop.domain.uploads import Description, UploadOptions, UploadState

S = UploadState


@pytest.fixture
def details(panel, app, make_item, qtbot):
    """The panel is open; three files that wait, of which the first has other values."""
    options = UploadOptions("Front", "Dusk", ("pool",), True)
    panel.items = [make_item(options=options), make_item(), make_item()]
    app.pump.items_changed.emit(tuple(panel.items))
    qtbot.waitUntil(panel._view.isVisible)
    panel._header.details.click()
    return panel._details


def test_it_is_hidden_until_it_is_wanted_and_stays(panel, app, details, qtbot):
    assert details.isVisible()
    assert app.settings["uploads/details"] is True
    qtbot.keyClick(panel._view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not details.isVisible()


def test_values_that_differ_are_shown_as_such(panel, details, choose):
    choose(*panel.items)
    form = details.form
    assert (form.alt_text.toPlainText(), form.alt_text.placeholderText()) == ("", "2 different")
    assert form.tags.placeholderText() == "2 different"
    assert form.primary.checkState() is Qt.CheckState.PartiallyChecked
    choose(panel.items[0])
    assert form.alt_text.toPlainText() == "Front"
    assert form.tags.text() == "pool"
    assert form.primary.isChecked()


def test_only_touched_fields_are_written_for_all(panel, app, details, choose, qtbot):
    choose(*panel.items)
    assert not details.apply.isEnabled()
    details.form.caption.setPlainText(" Evening ")
    details.apply.click()
    ids = tuple(each.id for each in panel.items)
    assert app.pump.calls == [("describe", ids, Description(caption="Evening"))]


def test_ctrl_enter_writes(panel, app, details, choose, qtbot):
    choose(panel.items[1])
    details.form.alt_text.setPlainText("Back")
    qtbot.keyClick(details.form.alt_text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert app.pump.calls == [("describe", (2,), Description(alt_text="Back"))]


def test_what_was_typed_is_written_before_other_files_are_shown(panel, app, details, choose):
    choose(panel.items[1])
    details.form.tags.setText("pool, model home,pool, ")
    choose(panel.items[2])
    assert app.pump.calls == [("describe", (2,), Description(tags=("pool", "model home")))]
    assert details.form.tags.text() == ""


def test_emptied_fields_are_emptied(panel, app, details, choose):
    choose(panel.items[0])
    details.form.alt_text.setPlainText("")
    details.form.primary.click()
    details.apply.click()
    assert app.pump.calls == [("describe", (1,), Description(alt_text="", primary=False))]


def test_an_alt_text_that_is_too_long_is_not_written(panel, app, details, choose, qtbot):
    choose(panel.items[1])
    details.form.alt_text.setPlainText("x" * 501)
    assert not details.apply.isEnabled()
    assert details.form._counter.text() == "501 of 500"
    with qtbot.waitSignal(panel.noticed) as noticed:
        choose(panel.items[2])
    assert "500 is the most" in noticed.args[0].text
    assert app.pump.calls == []


def test_revert_shows_what_there_is(panel, app, details, choose):
    choose(panel.items[0])
    details.form.alt_text.setPlainText("Other")
    details.revert.click()
    assert details.form.alt_text.toPlainText() == "Front"
    assert not details.apply.isEnabled()


def test_what_is_typed_stays_while_the_file_moves_on(panel, app, details, choose, qtbot):
    choose(panel.items[0])
    details.form.caption.setPlainText("Night")
    moved = UploadOptions("Gate", "Dusk", ())
    app.pump.items_changed.emit((replace(panel.items[0], state=S.WORKING, options=moved),))
    qtbot.waitUntil(lambda: details.form.alt_text.toPlainText() == "Gate")
    assert details.form.caption.toPlainText() == "Night"


def test_what_is_finished_is_left_alone(panel, app, details, choose):
    app.pump.items_changed.emit((replace(panel.items[0], state=S.DONE),))
    choose(panel.items[0])
    assert not details.form.isEnabled()
    choose(*panel.items)
    details.form.caption.setPlainText("Night")
    details.apply.click()
    assert app.pump.calls == [("describe", (2, 3), Description(caption="Night"))]


def test_templates_are_remembered_applied_and_deleted(panel, app, details, choose):
    choose(panel.items[0])
    details.save_template(" Front of a house ")
    assert app.settings["uploads.templates"]["Front of a house"]["tags"] == ["pool"]
    choose(*panel.items[1:])
    entry = details.template_menu().actions()[0]
    assert entry.text() == "Front of a house"
    entry.trigger()
    details.apply.click()
    assert app.pump.calls == [("describe", (2, 3), Description("Front", "Dusk", ("pool",), True))]
    details._templates.delete("Front of a house")
    assert [each.text() for each in details.template_menu().actions()] == ["Save these values…"]


def test_settings_that_are_no_templates_are_passed_over(app, details):
    app.settings["uploads.templates"] = {"odd": 7, "part": {"tags": "x", "alt_text": 3}}
    assert details._templates.get("odd") is None
    assert details._templates.get("part") == Description()
