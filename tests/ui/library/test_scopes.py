"""A slot, an entity, the whole library: what is shown, what can be done, and what comes back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import EVERYTHING, Order, Search, parse
from artitec_media_desktop.domain.slots import slots_of
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.ui.panels.library.scope import ALL_MEDIA, Scope
from tests.ui.library.panels import make_panel

PHOTOS, COVER, LOGO, VIDEO = slots_of(EntityType.COMMUNITY)


@pytest.fixture
def again(app, qtbot):
    """The page of the next start."""

    def start():
        made = make_panel(app)
        qtbot.addWidget(made)
        made.activate()
        return made

    return start


@pytest.fixture
def full(panel, app, make, ref):
    app.library.put(make.media(50, field="cover"), make.media(60, ref.house, alt_text="pool"))
    return panel


def count(panel):
    return panel.page.model.rowCount()


def test_all_slots_of_an_entity_together(full, ref):
    full.page.end.all.click()
    page = full.page
    assert page.scope == Scope(ref.willow) and count(full) == 42
    assert page.title == "Willow Creek" and page.strip.isVisible()
    assert not any(card.isChecked() for card in page.strip.cards) and page.end.all.isChecked()
    assert page.header.add.isHidden() and not page.acceptDrops()
    page.strip.cards[1].click()
    assert page.slot == COVER and count(full) == 1 and not page.end.all.isChecked()
    assert page.strip.cards[1].isChecked() and page.acceptDrops()


def test_one_slot_alone_needs_no_button_for_all(full, ref):
    full.open(ref.house)
    assert full.page.end.all.isHidden()


def test_the_whole_library(full, ref, qtbot):
    full.browser.searches.opened.emit(EVERYTHING)
    page = full.page
    assert page.scope == ALL_MEDIA and count(full) == 43 and page.ref is None
    assert page.header.title.text() == "All media" and page.strip.isHidden()
    assert page.bar.order.text() == "Newest first" and page.bar.field.isVisible()
    qtbot.waitUntil(lambda: page.header.subtitle.text() == "43 files")
    assert page.header.add.isHidden() and not page.acceptDrops()
    full.open(ref.willow)
    assert page.strip.isVisible() and page.acceptDrops() and page.slot == PHOTOS


def test_files_dropped_over_the_whole_library_are_left_to_the_window(full, make, app):
    full.page.show_all()
    dropped = make.drag(full.page, make.mime("/photos/a.jpg"))
    dropped.all(QPoint(300, 400))
    assert app.pump.drops == [] and full.page.drops.overlay.isHidden()
    full.adding.paste()
    full.add_files()
    assert app.pump.drops == []


def test_another_page_asks_for_a_search(full, ref):
    full.reveal(parse("pool"))
    assert full.page.scope == ALL_MEDIA and count(full) == 1
    full.reveal(MediaQuery(ref.willow, "gallery", parse("missing:alt")))
    assert full.page.scope == Scope(ref.willow, PHOTOS) and full.page.search == parse("missing:alt")
    full.reveal(MediaQuery(ref.willow, search=parse("missing:alt")))
    assert full.page.scope == Scope(ref.willow) and count(full) == 1
    full.reveal(MediaQuery(field="cover"))
    assert full.page.scope == ALL_MEDIA and full.page.search == parse("slot:cover")
    full.reveal(MediaQuery())
    assert full.page.scope == ALL_MEDIA and not full.page.search and count(full) == 43


def test_a_search_that_is_asked_for_waits_for_the_places(app, again):
    app.runner.held = True
    panel = again()
    panel.reveal(parse("pool"))
    assert panel.page.scope is None
    app.runner.release()
    assert panel.page.scope == ALL_MEDIA and panel.page.search == parse("pool")


def test_a_filter_ends_with_the_place(full, ref):
    full.page.set_search(parse("missing:alt sort:name"))
    full.page.show_slot(COVER)
    assert full.page.search == parse("missing:alt sort:name")  # within it, it stays
    full.open(ref.cedar)
    assert full.page.search == Search(order=Order.NAME)


def test_scope_search_and_order_come_back(full, ref, again):
    full.page.end.all.click()
    full.page.set_search(parse("missing:alt sort:size"))
    panel = again()
    assert panel.page.scope == Scope(ref.willow)
    assert panel.page.search == parse("missing:alt sort:size")
    panel.page.show_all(parse("type:video"))
    panel = again()
    assert panel.page.scope == ALL_MEDIA and panel.page.search == parse("type:video")


@pytest.mark.parametrize(
    "kept", [["nonsense", 1], ["community"], ["community", 1, "roof"], 7, ["community", 99]]
)
def test_settings_that_name_no_place_begin_with_the_first(app, again, ref, kept):
    app.settings["library.scope"] = kept
    app.settings["library.search"] = "colour:red"
    panel = again()
    assert panel.page.scope == Scope(ref.cedar, PHOTOS) and not panel.page.search


def test_a_change_anywhere_refreshes_the_whole_library(full, app, make, ref, qtbot):
    full.page.show_all()
    app.library.put(make.media(70, ref.cedar))
    app.changes.happened.emit(make.change(ref.cedar))
    qtbot.waitUntil(lambda: count(full) == 44)


def test_uploads_are_shown_at_their_place_only(full, app, make):
    app.pump.items_changed.emit([make.upload(1)])
    assert count(full) == 42
    full.page.show_all()
    assert count(full) == 43
    full.reveal(Target(EntityType.COMMUNITY, 1, "CMY-456", PHOTOS))
    assert count(full) == 42


def test_letters_in_the_tree_search(full):
    full.activateWindow()
    full.browser.tree.setFocus()
    QTest.keyClick(full.browser.tree, Qt.Key.Key_J)
    QTest.keyClicks(full.browser.search, "uniper")
    assert full.browser.search.text() == "juniper" and full.browser.search.hasFocus()


def test_a_scope_survives_the_settings():
    scopes = (
        ALL_MEDIA,
        Scope(EntityRef(EntityType.USER, 3)),
        Scope(EntityRef(EntityType.COMMUNITY, 3), LOGO),
    )
    for each in scopes:
        assert Scope.from_json(each.to_json()) == each


def test_where_one_was_can_be_shown_again(full, ref, qtbot):
    page, went = full.page, []
    full.went.connect(lambda what, _: went.append((what, page.scope, page.search)))
    full.reveal(MediaQuery(ref.willow, "cover"))
    full.page.show_slot(None)
    page.set_search(parse("photo"))
    full.open(ref.house)
    full.reveal(parse("pool"))
    full.reveal(EVERYTHING)
    told = list(went)
    assert len(told) == 6
    for what, scope, search in reversed(told):
        full.reveal(what)
        assert (page.scope, page.search.terms) == (scope, search.terms)
        assert went[-1][0] == what


def test_letters_typed_on_are_told_from_a_new_search(full, ref):
    refines = []
    full.went.connect(lambda _, more: refines.append(more))
    full.page.set_search(parse("po"))
    full.page.set_search(parse("pool"))
    full.page.set_search(EVERYTHING)
    full.open(ref.house)
    full.page.set_search(parse("pool"))
    assert refines == [False, True, False, False, False]


def test_all_slots_are_still_meant_once_the_places_are_there(app, qtbot, ref):
    made = make_panel(app)
    qtbot.addWidget(made)
    made.reveal(MediaQuery(ref.willow))
    assert made.page.scope is None
    made.activate()
    assert made.page.scope == Scope(ref.willow)
