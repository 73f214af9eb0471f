import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.uploads import (
    FINAL,
    FOLLOWS,
    Description,
    UploadItem,
    UploadOptions,
    UploadState,
    name_problem,
    shown_name,
)
from tests.places import PHOTOS


def item(path="/a/b.jpg", state=UploadState.QUEUED, place=None):
    return UploadItem(1, 1, 0, path, place, state)


def test_work_begins_in_the_queue_only_and_done_is_the_end():
    assert [s for s in UploadState if UploadState.WORKING in FOLLOWS[s]] == [UploadState.QUEUED]
    assert FOLLOWS[UploadState.DONE] == frozenset()
    assert {s for s in UploadState if s.is_final} == FINAL


def test_a_file_without_a_place_asks_for_one():
    assert item(place=PHOTOS).target is PHOTOS
    with pytest.raises(Permanent) as raised:
        _ = item().target
    assert raised.value.code == "no_place"


def test_a_description_changes_only_what_it_gives():
    options = UploadOptions("Alt", "Caption", ("a",), True)
    assert Description().onto(options) == options
    assert Description(alt_text="", tags=()).onto(options) == UploadOptions("", "Caption", (), True)


@pytest.mark.parametrize(
    "name",
    ["IMG 1.jpg", "Küche.JPG", "厨房.png", "Screenshot 9.41\u202fAM.png", "👩‍👧.jpg", "a" * 255],
)
def test_ordinary_names_are_fine(name):
    assert name_problem(f"/photos/{name}") is None


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.jpg", "a\rb.jpg", "a\tb.jpg", "a\u202egpj.exe", "a\u200fb.jpg", "a\u2028b.jpg",
        "a\x1cb.jpg", "\udcff\udcfe.jpg", "b" * 500 + ".jpg", "a\x00b.jpg", "a\ufeffb.jpg",
    ],
)  # fmt: skip
def test_names_that_could_mislead_are_refused_in_a_readable_sentence(name):
    problem = name_problem(f"/photos/{name}")
    assert problem is not None
    assert problem.isprintable()
    assert len(problem) < 250
    assert problem.encode("utf-8")


@given(st.text(st.characters(), min_size=1, max_size=600))
def test_a_shown_name_is_always_printable_and_short(name):
    shown = shown_name(f"/x/{name}")
    assert shown.isprintable()
    assert len(shown) <= 120
    shown.encode("utf-8")
