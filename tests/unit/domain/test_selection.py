"""What many media have in common, counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.selection import Selection, Values

START = datetime(2025, 10, 12, tzinfo=UTC)
PLAIN = Media(
    0, "", "a.jpg", "A.jpg", MediaType.IMAGE, "image/jpeg", 10, "k", "u", "community", 1, "gallery"
)
WORDS = st.sampled_from([None, "", "Kitchen", "Bath", "Pool"])
TAGS = st.lists(st.sampled_from(["kitchen", "pool", "fall"]), max_size=4).map(tuple)
MEDIA = st.builds(
    lambda alt, tags, public, status, size, day: replace(
        PLAIN,
        alt_text=alt,
        tags=tags,
        is_public=public,
        moderation_status=status,
        file_size=size,
        created_at=None if day is None else START + timedelta(days=day),
    ),
    WORDS,
    TAGS,
    st.booleans(),
    st.sampled_from(ModerationStatus),
    st.integers(0, 1000),
    st.none() | st.integers(0, 30),
)
MANY = st.lists(MEDIA, max_size=30).map(
    lambda found: [replace(each, id=at + 1, public_id=f"MED-{at}") for at, each in enumerate(found)]
)


@given(MANY)
def test_what_is_counted_adds_up(media):
    found = Selection(media)
    assert found.count == len(media)
    assert found.total_bytes == sum(each.file_size for each in media)
    for values in (found.alt_text, found.caption, found.is_public, found.statuses, found.types):
        assert values.filled + values.empty == len(media)
        assert sum(count for _, count in values.items()) == values.filled
        assert values.different <= values.filled
    assert found.alt_text.different == len({each.alt_text for each in media if each.alt_text})
    for tag, count in found.tags.items():
        assert count == sum(tag in each.tags for each in media)
    days = [each.created_at for each in media if each.created_at]
    assert found.added == ((min(days), max(days)) if days else None)


@given(MANY, MANY)
def test_the_order_of_the_pages_does_not_matter(one, other):
    other = [replace(each, public_id=f"{each.public_id}-b") for each in other]
    forth, back = Selection([*one, *other]), Selection([*other, *one])
    for name in ("alt_text", "tags", "is_public", "places"):
        there, here = getattr(forth, name), getattr(back, name)
        assert dict(there.items()) == dict(here.items())
        assert (there.common, there.empty) == (here.common, here.empty)


@pytest.mark.parametrize(
    ("values", "common", "mixed"),
    [
        (["a", "a"], "a", False),
        (["a", "b"], None, True),
        (["a", None], None, True),
        (["", None], None, False),
        ([], None, False),
    ],
)
def test_values_are_common_or_mixed(values, common, mixed):
    found = Values()
    for each in values:
        found.add(each)
    assert (found.common, found.is_mixed) == (common, mixed)


def test_private_is_a_value_too():
    found = Selection([replace(PLAIN, public_id="a", is_public=False)])
    assert found.is_public.common is False
    assert found.only is not None


def test_a_media_counts_once():
    one = replace(PLAIN, public_id="a")
    assert Selection([one, one]).count == 1
