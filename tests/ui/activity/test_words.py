from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.ui.panels.activity.words import (
    FILTERS,
    heading,
    person,
    places,
    state,
    what,
)

from .conftest import DANA, PRIYA, WILLOW, entry

_K = ChangeKind
_REJECTED = ModerationStatus.REJECTED


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"count": 6}, "Alt text of 6 photos"),
        ({"count": 6, "only_images": False}, "Alt text of 6 items"),
        ({"columns": frozenset({"tags", "caption"})}, "Caption and tags of IMG_1.jpg"),
        ({"columns": frozenset()}, "Details of IMG_1.jpg"),
        ({"kind": _K.UPLOADED, "count": 57}, "57 photos added"),
        ({"kind": _K.TRASHED}, "IMG_1.jpg moved to Trash"),
        ({"kind": _K.MODERATED, "status": _REJECTED}, "IMG_1.jpg rejected"),
        ({"kind": _K.MODERATED, "count": 2}, "2 photos reviewed"),
        (
            {"kind": _K.MODERATED, "status": _REJECTED, "why": "Advertising", "count": 1},
            "IMG_1.jpg rejected: Advertising",
        ),
        (
            {"kind": _K.MODERATED, "status": _REJECTED, "second_look": True, "confirmed": True},
            "IMG_1.jpg looked at again: stays rejected",
        ),
        (
            {"kind": _K.MODERATED, "status": _REJECTED, "second_look": True, "why": "Advertising"},
            "IMG_1.jpg rejected after a second look: Advertising",
        ),
        (
            {"kind": _K.UNDONE, "status": _REJECTED},
            "Decision on IMG_1.jpg undone: rejected again",
        ),
        ({"kind": _K.UNDONE}, "A change of IMG_1.jpg undone"),
    ],
)
def test_what_was_done(values, words):
    assert what(entry(1, **values)) == words


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_has_words(kind):
    assert "IMG_1.jpg" in what(entry(1, kind))


def test_people():
    assert [person(each, "u1") for each in (DANA, PRIYA, None)] == [
        "You",
        "Priya Nair",
        "An account that is gone",
    ]
    undone = entry(1, undone_at=datetime.now(UTC), undone_by=PRIYA)
    assert state(undone, "u1") == "Undone by Priya Nair"
    assert state(undone, "u2") == "Undone by you"
    assert state(replace(undone, undone_by=None), "u1") == "Undone"
    assert state(entry(1), "u1") == ""


def test_places_that_are_not_named_are_counted():
    assert places(entry(1)) == ["Willow Creek"]
    assert places(entry(1, place_count=4)) == ["Willow Creek", "3 more"]
    assert places(entry(1, places=())) == ["A place that is gone"]
    assert places(entry(1, places=(WILLOW,), place_count=1)) == [WILLOW.name]


def test_days():
    today = date(2026, 3, 2)
    assert heading(today, today) == "Today"
    assert heading(date(2026, 3, 1), today) == "Yesterday"
    assert heading(date(2026, 2, 27), today) == "Friday, February 27"
    assert heading(date(2025, 2, 27), today) == "Thursday, February 27, 2025"


def test_filters_begin_with_none():
    assert FILTERS[0][0] == ""
