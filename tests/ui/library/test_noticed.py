"""What others did reaches the places of the library page."""

import pytest

from artitec_media_desktop.domain.listing import Changed, Mark

MARK = Mark(frozenset(), 0)


@pytest.fixture
def asked(panel, app):
    asked = []
    read = app.library.overview
    app.library.overview = lambda ref: asked.append(ref) or read(ref)
    return asked


def test_counts_of_a_place_that_others_changed_are_read_again(panel, app, asked, ref):
    app.changes.noticed.emit(Changed(MARK, frozenset({1}), entities=frozenset({ref.cedar})))
    panel._gather.timeout.emit()
    assert asked == [ref.cedar]


def test_where_it_can_not_be_said_what_changed_all_is_read_again(panel, app, asked):
    app.library.entities = lambda *_: asked.append("places") or []
    app.changes.noticed.emit(Changed(MARK, everything=True))
    assert "places" in asked


def test_a_caption_that_others_wrote_is_shown_without_reading_the_rest_again(panel, app, make, ref):
    app.library.put(make.media(3, alt_text="Theirs"))
    app.library.asked_pages.clear()
    app.changes.noticed.emit(Changed(MARK, frozenset({3})))
    assert panel.page.model.media(3).alt_text == "Theirs"
    assert app.library.asked_pages == [[3]]


def test_what_is_in_view_is_said(panel, app):
    shown = app.changes.in_view()
    assert shown and {each.id for each in shown} <= set(app.library.rows)
