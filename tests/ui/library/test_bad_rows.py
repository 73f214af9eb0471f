"""Rows as a platform really has them, in the real page: each shown, none a failure of the page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.ui.panels.library.grid.delegate import GridDelegate
from artitec_media_desktop.ui.panels.library.grid.rows import Role
from artitec_media_desktop.ui.panels.library.inspector.facts import file_facts
from artitec_media_desktop.ui.panels.library.pixmap_cache import Miss


@pytest.fixture
def shown(panel, app, make):
    """Shows these media alone, painted; returns the grid."""

    def show(*rows, picture=None):
        app.library.rows = {each.id: each for each in rows}
        if picture is not None:
            app.library.picture = picture
        panel.reload()
        QTest.qWait(60)
        grid = panel.page.grid
        grid.viewport().grab()  # paints all of it
        return grid

    return show


@pytest.mark.parametrize(
    "odd",
    [
        {"alt_text": None, "width": None, "height": None, "metadata": {}},
        {"alt_text": "", "caption": "long " * 20_000, "tags": tuple(map(str, range(4_000)))},
        {"alt_text": "a\nb\u202e\0c" * 5_000},
        {"metadata": {"exif": "none", "variants": [1, 2], "small_url": 5}},
        {"file_size": -1, "sort_order": -(2**31), "duration": -5},
        {"original_filename": "", "public_id": "", "original_url": "", "storage_path": ""},
        {"width": 0, "height": 10**9},
        {"uploaded_by": "nobody", "created_at": None},
    ],
    ids=lambda odd: "+".join(odd),
)
def test_odd_values_are_painted_spoken_and_selected(panel, shown, make, odd):
    grid = shown(replace(make.media(901), **odd), make.media(902, alt_text="Next"))
    model = panel.page.model
    assert model.rowCount() == 2 and panel.page.states.currentWidget() is not None
    for role in Role:
        model.index(0).data(role)
    grid.selectAll()
    QTest.qWait(60)
    assert list(grid.selected_keys()) == [901, 902]


def test_what_can_not_be_read_has_a_badge_and_is_named(panel, shown, make, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        GridDelegate, "_badge", lambda _self, _painter, _left, _top, name, *_: drawn.append(name)
    )
    odd = replace(make.media(901), unread=("moderation_status", "tags"))
    shown(make.media(902))
    assert "warning-fill" not in drawn
    shown(odd, make.media(902))
    assert "warning-fill" in drawn
    assert "can't be read" in panel.page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ("Unreadable", "moderation, tags") in file_facts(odd, {})
    assert all("Unreadable" not in fact for fact in file_facts(make.media(902), {}))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("not_in_storage", "Gone."), "not_in_storage"),
        (NotFound("elsewhere", "In another bucket."), "elsewhere"),
        (NotFound("damaged", "Damaged."), "damaged"),
        (Permanent("unreadable", "No picture."), "unreadable"),
    ],
)
def test_why_there_is_no_picture_is_said_in_its_place(panel, shown, make, monkeypatch, error, code):
    from artitec_media_desktop.ui.panels.library.grid import delegate

    said = []
    real = delegate.text
    monkeypatch.setattr(delegate, "text", lambda *args: (said.append(args[2]), real(*args))[1])

    def picture(media, pixels):
        raise error

    grid = shown(make.media(901), picture=picture)
    assert grid._pixmap(901) == Miss(code)
    assert delegate._MISSES[code] in said


def test_a_link_is_not_asked_for(panel, shown, make, app):
    asked = []

    def picture(media, pixels):
        asked.append(media.id)
        raise NotFound("not_in_storage", "Gone.")

    link = replace(make.media(901), content_type="video/embed")
    shown(link, make.media(902), picture=picture)
    assert panel.page.model.media(901).is_link
    assert asked == [902]
    assert panel.page.grid._pixmap(901) is None
