"""What the page says where there is nothing to be compared."""

from PySide6.QtWidgets import QPushButton

from artitec_media_desktop.domain.changes import Failure
from artitec_media_desktop.domain.errors import NotFound, Transient
from artitec_media_desktop.ui.upload_words import number

from .conftest import front


def offered(panel):
    return [each for each in panel.state.findChildren(QPushButton) if each.isVisible()]


def test_a_fault_says_so_and_is_tried_again(panel, duplicates):
    duplicates.error = Transient("down", "The database was silent for 10 seconds.")
    panel.activate()
    assert "The library did not answer" in panel.state.accessibleName()
    duplicates.error = None
    panel.refresh()
    assert front(panel) == (10, 11, 3)


def test_without_any_copies_it_says_so(panel, duplicates):
    duplicates.groups = []
    panel.activate()
    assert "No duplicates here" in panel.state.accessibleName()


def test_without_fingerprints_it_does_not_say_that_there_are_no_copies(panel, duplicates):
    duplicates.groups, duplicates.unprinted = [], 2
    panel.activate()
    said = "No duplicates so far. 2 files have no fingerprint yet, so they were not compared."
    assert panel.state.accessibleName() == said


def test_what_is_being_computed_is_not_offered(panel, app, duplicates):
    groups, duplicates.groups, duplicates.unprinted = duplicates.groups, [], 2
    app.fingerprints.missing = 2
    panel.activate()
    app.runner.held = True
    (button,) = offered(panel)
    button.setFocus()
    button.click()
    assert panel.state.hasFocus()
    assert panel.state.accessibleName().startswith("Computing fingerprints. ")
    assert not offered(panel)
    assert not panel.sidebar.lacking.isVisible()
    duplicates.groups = groups
    app.runner.release()
    assert front(panel) == (10, 11, 3)
    assert panel.sidebar.list.hasFocus()


def test_media_without_fingerprints_are_offered_to_be_computed(panel, app, duplicates):
    app.fingerprints.missing = 1204
    panel.activate()
    assert panel.sidebar.unprinted.text() == f"{number(1204)} files have no fingerprint yet"
    broken = NotFound("not_in_storage", "IMG_7.jpg is not in the storage.")
    app.fingerprints.failed = (Failure("MED-7", broken),)
    panel.sidebar.compute.click()
    assert panel.notices[-1].text == "1 file could not be read"
    app.fingerprints.failed = ()
    panel.sidebar.compute.click()
    assert not panel.sidebar.lacking.isVisible()
