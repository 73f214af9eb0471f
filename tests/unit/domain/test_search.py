from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.search import Order, Search, Term, fold, parse
from artitec_media_desktop.domain.search_fields import FIELDS, ages, scores, sizes, times

FREE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
VALUES = {
    "status": st.sampled_from(["pending", "approved", "rejected", "flagged"]),
    "type": st.sampled_from(["image", "video"]),
    "slot": st.sampled_from(["photos", "gallery", "logo", "video_intro"]),
    "size": st.sampled_from([">5mb", "<=100kb", "1mb..2gb", "..7", ">1.5mb"]),
    "taken": st.sampled_from(["2024", "2024-06", "2024-01..2024-06-12", ">2024", "..9999"]),
    "age": st.sampled_from([">2d", "<12h", "1d..3d", "..1.5w", ">=30m"]),
    "score": st.sampled_from([">0.6", "<=.25", "0.2..1", "0..0.60"]),
    "look": st.sampled_from(["sample", "appeal"]),
    "missing": st.sampled_from(["alt", "caption", "tags"]),
    "is": st.sampled_from(["primary", "private", "public", "link"]),
}  # fmt: skip
VALUES["added"] = VALUES["taken"]


@st.composite
def terms(draw):
    field = draw(st.sampled_from(["", *FIELDS]))
    negated = draw(st.booleans())
    if not field:
        return Term("", (draw(FREE),), negated)
    values = VALUES.get(field, FREE.filter(lambda text: text.lower() != "me"))
    return Term(field, tuple(draw(st.lists(values, min_size=1, max_size=3, unique=True))), negated)


SEARCHES = st.builds(
    Search, st.lists(terms(), max_size=6, unique=True).map(tuple), st.sampled_from([None, *Order])
)


@given(SEARCHES)
def test_what_is_written_is_read_back(search):
    assert parse(search.text) == search


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    try:
        search = parse(text)
    except Permanent as error:
        assert error.code == "bad_search"
        assert error.message.endswith((".", "”"))
    else:
        assert parse(search.text) == search


def test_words_phrases_fields_and_their_negation():
    search = parse('kitchen "two  words" tag:pool,"a, b" -status:Approved -dark sort:size')
    assert search == Search(
        (
            Term("", ("kitchen",)),
            Term("", ("two words",)),
            Term("tag", ("pool", "a, b")),
            Term("status", ("approved",), negated=True),
            Term("", ("dark",), negated=True),
        ),
        Order.SIZE,
    )
    assert search.text == 'kitchen "two words" tag:pool,"a, b" -status:approved -dark sort:size'
    assert [each.label for each in search.terms][2] == 'tag:pool,"a, b"'


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ('"tag:x"', Term("", ("tag:x",))),
        ("12:30", Term("", ("12:30",))),
        ("-", Term("", ("-",))),
        ("a,b", Term("", ("a,b",))),
        ('5"', Term("", ('5"',))),
        ('"open', Term("", ("open",))),
        ("entity:community:CMY-456", Term("entity", ("community:CMY-456",))),
        ("TAG:Küche", Term("tag", ("Küche",))),
        ("uploader:ME", Term("uploader", ("me",))),
        ('size:"> 5 MB"', Term("size", (">5mb",))),
    ],
)
def test_odd_spellings(typed, term):
    assert parse(typed).terms == (term,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sise:>5mb", "Do you mean “size”?"),
        ("tag:", "tag:kitchen"),
        ("status:aproved", "Do you mean “approved”?"),
        ("type:sound", "image, video"),
        ("size:5mb", "needs > or <"),
        ("size:>huge", "is no size"),
        ("size:2mb..1mb", "ends before it begins"),
        ("size:..", "neither"),
        ("taken:2024-13", "is no time"),
        ("taken:june", "is no time"),
        ("added:2024..2023", "ends before it begins"),
        ("age:2d", "needs > or <"),
        ("age:>2y", "is no age"),
        ("age:3d..1d", "ends before it begins"),
        ("score:>1.5", "is no score"),
        ("score:high", "needs > or <"),
        ("look:apeal", "Do you mean “appeal”?"),
        ("sort:sise", "Do you mean “size”?"),
        ("-sort:size", "is no order"),
        ("missing:legs", "alt, caption, tags"),
        ("slot:nowhere", "photos"),
        ("a " * 3 + " ".join(map(str, range(41))), "40 conditions"),
        ("x" * 501, "too long"),
    ],
)
def test_what_is_wrong_is_said(typed, said):
    with pytest.raises(Permanent) as caught:
        parse(typed)
    assert caught.value.code == "bad_search"
    assert said in caught.value.message


def test_sizes_are_whole_bytes_from_and_up_to():
    assert sizes(">5mb") == (5 * 1024**2 + 1, None)
    assert sizes(">=1.5k") == (1536, None)
    assert sizes("<100kb") == (None, 102_400)
    assert sizes("1kb..2kb") == (1024, 2049)


def test_ages_are_seconds_and_scores_numbers():
    assert ages(">2d") == (172_801, None)
    assert ages("<12h") == (None, 43_200)
    assert ages("1d..1w") == (86_400, 604_801)
    assert ages(">=1.5h") == (5400, None)
    assert scores("<0.6") == (None, 0.6)
    low, high = scores(">=0.25")[0], scores("<=0.6")[1]
    assert low == 0.25 and 0.6 < high < 0.600001


def test_times_are_whole_periods():
    def at(*parts):
        return datetime(*parts, tzinfo=UTC)

    assert times("2024") == (at(2024, 1, 1), at(2025, 1, 1))
    assert times("2024-12") == (at(2024, 12, 1), at(2025, 1, 1))
    assert times("2024-02-29") == (at(2024, 2, 29), at(2024, 3, 1))
    assert times("2024-01..2024-06") == (at(2024, 1, 1), at(2024, 7, 1))
    assert times(">2024") == (at(2025, 1, 1), None)
    assert times("<=2024-06") == (None, at(2024, 7, 1))
    assert times("9999") == (at(9999, 1, 1), None)


def test_a_chip_can_be_added_and_removed():
    pool = Term("tag", ("pool",))
    search = parse("kitchen").plus(pool).plus(pool)
    assert search.text == "kitchen tag:pool"
    assert search.without(pool) == parse("kitchen")


def test_me_is_whoever_is_signed_in():
    assert parse("uploader:me,USR-2 me").by("USR-1").text == "uploader:USR-1,USR-2 me"


def test_folding_keeps_the_number_of_letters():
    assert fold("İΣς KÜCHE Ku\u0308che") == "iσσ küche küche"
