import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.domain.search_fields import FIELDS
from artitec_media_desktop.ui.filtering.completion import offers, word_at
from artitec_media_desktop.ui.filtering.words import FIELD_NAMES


def texts(word, **known):
    return [each.text for each in offers(word, **known)]


def test_the_word_at_the_cursor_keeps_quotes_together():
    assert word_at('pool tag:"two wo', 16) == (5, 'tag:"two wo')
    assert word_at("pool spa", 4) == (0, "pool")
    assert word_at("pool ", 5) == (5, "")


def test_fields_and_their_values():
    assert texts("st") == ["status:"]
    assert texts("-ta") == ["-tag:", "-taken:"]
    assert texts("status:p") == ["status:pending"]
    assert texts("status:pending,r") == ["status:pending,rejected"]
    assert texts("sort:na") == ["sort:name"]
    assert texts("ag") == ["age:"] and texts("look:a") == ["look:appeal"]
    assert texts("uploader:") == ["uploader:me"]
    assert texts("colour:r") == [] and texts("") == [] and texts("kitchen") == []


def test_every_field_has_a_name():
    assert set(FIELD_NAMES) == {*FIELDS, "sort"}


def test_every_offer_of_a_value_can_be_read():
    fields = ("status", "type", "slot", "missing", "is", "size", "taken", "added", "uploader")
    for field in (*fields, "age", "score", "look"):
        found = texts(f"{field}:")
        assert found
        for each in found:
            parse(each)


def test_a_tag_of_two_words_goes_into_quotes():
    tags = [("model home", 3), ("mosaic", 1), ("pool", 9)]
    assert texts("tag:mo", tags=tags) == ['tag:"model home"', "tag:mosaic"]
    assert texts('tag:pool,"mo', tags=tags) == ['tag:pool,"model home"', "tag:pool,mosaic"]


def test_places_are_found_by_name_and_written_by_id(panel):
    (found,) = offers("entity:willow", places=panel.browser.model.find)
    assert (found.text, found.shown, found.detail) == ("entity:CMY-456", "Willow Creek", "CMY-456")


@pytest.fixture
def field(panel, app, make):
    app.library.put(make.media(1, tags=("kitchen",)), make.media(2, tags=("model home",)))
    panel.page.refresh()
    panel.activateWindow()
    panel.page.bar.begin()
    return panel.page.bar.field


def test_enter_takes_the_row_that_is_chosen(panel, field, qtbot):
    completion = panel.page.bar.completion
    QTest.keyClicks(field.edit, "tag:mo")
    assert [each.shown for each in completion.shown] == ["model home"]
    assert completion.is_open  # no tag is called “mo”
    QTest.keyClick(completion._list, Qt.Key.Key_Return)
    assert panel.page.search.text == 'tag:"model home"'
    assert [each.text() for each in field._chips] == ['tag:"model home"']


@pytest.mark.parametrize(("typed", "is_offered"), [("d", True), ("on", False)])
def test_no_offer_of_an_earlier_text_can_be_taken(panel, field, app, typed, is_offered):
    completion = panel.page.bar.completion
    QTest.keyClicks(field.edit, "tag:mo")
    app.runner.held = True
    QTest.keyClicks(field.edit, typed)
    assert completion.is_open is is_offered


def test_what_can_be_meant_as_it_stands_is_not_completed(panel, field):
    completion = panel.page.bar.completion
    for words in ("tag:", "tag:kitchen", "stat", "entity:Will"):
        field.edit.clear()
        QTest.keyClicks(field.edit, words)
        assert not completion.is_open


def test_all_rows_have_room(panel, field):
    completion = panel.page.bar.completion
    QTest.keyClicks(field.edit, "status:")
    assert len(completion.shown) == 4
    assert completion._list.verticalScrollBar().maximum() == 0


def test_a_field_that_is_chosen_goes_on_with_its_values(panel, field):
    completion = panel.page.bar.completion
    QTest.keyClicks(field.edit, "stat")
    QTest.keyClick(completion._list, Qt.Key.Key_Down)
    QTest.keyClick(completion._list, Qt.Key.Key_Return)
    assert field.edit.text() == "status:"
    assert [each.shown for each in completion.shown] == [
        "pending", "approved", "rejected", "flagged",
    ]  # fmt: skip


def test_tags_that_come_too_late_are_not_shown(panel, field, app):
    app.runner.held = True
    QTest.keyClicks(field.edit, "tag:m")
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(field.edit, "k")
    app.runner.jobs.reverse()
    app.runner.release()
    assert [each.shown for each in panel.page.bar.completion.shown] == ["kitchen"]
