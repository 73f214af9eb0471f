from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from artitec_media_desktop.domain.search import EVERYTHING, parse
from artitec_media_desktop.services.searches import Searches
from artitec_media_desktop.ui.panels.library.scope import ALL_MEDIA


def notices(panel):
    found = []
    panel.noticed.connect(found.append)
    return found


def kept(app):
    return {name: search.text for name, search in Searches(app.settings).all().items()}


def test_a_search_of_a_place_is_saved_so_that_it_finds_the_same_from_anywhere(panel, app):
    panel.page.set_search(parse("missing:alt"))
    panel.page.bar.save.click()
    (text,) = kept(app).values()
    assert text == "entity:community:CMY-456 slot:photos missing:alt"
    panel.browser.searches.opened.emit(next(iter(Searches(app.settings).all().values())))
    assert panel.page.scope == ALL_MEDIA


def test_the_name_is_typed_in_the_list(panel, app, qtbot):
    panel.activateWindow()
    panel.page.show_all(parse("missing:alt type:image"))
    panel.page.bar.save.click()
    assert kept(app) == {"No alt text, Images": "missing:alt type:image"}
    editor = panel.browser.searches.findChild(QLineEdit)
    assert editor.selectedText() == "No alt text, Images"
    QTest.keyClicks(editor, "To describe")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(app) == {"To describe": "missing:alt type:image"})
    assert panel.browser.searches.names == ["To describe"]
    assert "To describe" in panel.page.bar.save.toolTip()
    panel.page.show_all(EVERYTHING)
    assert "To describe" not in panel.page.bar.save.toolTip()


def test_it_is_saved_once(panel, app):
    panel.page.show_all(parse("pool"))
    panel.saving.save()
    panel.saving.save()
    assert list(kept(app)) == ["pool"]
    panel.page.show_all(parse("-pool"))
    panel.saving.save()
    assert list(kept(app)) == ["pool", "-pool"]


def test_a_click_opens_it(panel, app, qtbot):
    Searches(app.settings).save("Waiting", parse("status:pending sort:oldest"))
    panel.saving._show()
    shown = panel.browser.searches
    where = shown.visualRect(shown.model().index(1, 0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert panel.page.scope == ALL_MEDIA
    assert panel.page.search == parse("status:pending sort:oldest")
    assert shown.model()._opened_row() == 1
    panel.page.set_search(parse("status:pending pool"))
    assert shown.model()._opened_row() == 0


def test_removing_can_be_taken_back(panel, app):
    Searches(app.settings).save("Waiting", parse("status:pending"))
    panel.saving._show()
    shown = panel.browser.searches
    panel.activateWindow()
    shown.setFocus()
    shown.setCurrentIndex(shown.model().index(1, 0))
    found = notices(panel)
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert kept(app) == {} and shown.names == []
    found[0].on_action()
    assert kept(app) == {"Waiting": "status:pending"} and shown.names == ["Waiting"]


def test_a_name_that_is_taken_is_refused(panel, app):
    searches = Searches(app.settings)
    searches.save("One", parse("pool"))
    searches.save("Two", parse("spa"))
    panel.saving._show()
    found = notices(panel)
    panel.browser.searches.renamed.emit("One", "Two")
    assert list(kept(app)) == ["One", "Two"] and found[0].tone == "danger"


def test_the_whole_library_can_be_neither_renamed_nor_removed(panel, app):
    shown = panel.browser.searches
    shown.setCurrentIndex(shown.model().index(0, 0))
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert not shown.model().flags(shown.model().index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert panel.page.scope == ALL_MEDIA


def test_they_are_found_by_name_with_the_places(panel, app):
    Searches(app.settings).save("Waiting", parse("status:pending"))
    panel.saving._show()
    panel.browser.search.setText("wait")
    shown = panel.browser.searches
    assert shown.isRowHidden(0) and not shown.isRowHidden(1)
    panel.browser.search.setText("juniper")
    assert shown.isHidden()
    panel.browser.search.clear()
    assert shown.isVisible() and not shown.isRowHidden(0)
