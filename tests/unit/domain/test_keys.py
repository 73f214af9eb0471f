import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.keys import (
    PUBLIC_ID,
    ObjectKeys,
    is_private,
    new_key,
    new_public_id,
    private_key,
    public_key,
    variant_key,
)
from artitec_media_desktop.domain.limits import FORMATS
from artitec_media_desktop.domain.slots import SLOTS, find_slot
from artitec_media_desktop.storage.base import check_key

AT = datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC)
KEY = re.compile(
    r"(users|communities|properties|builders|sales_reps|posts|amenities)/"
    r"(avatars|covers|photos|videos)/[A-Z]+-[0-9]+/2026-11/"
    r"(avatar|cover|photo|logo|gallery|post|video)-20261122130509-[0-9a-f]{6}\.[a-z0-9]+"
)


@given(st.sampled_from(SLOTS), st.sampled_from(FORMATS))
def test_keys_have_the_contract_shape(slot, fmt):
    key = new_key(slot, "CMY-456", fmt, AT)
    assert KEY.fullmatch(key)
    assert key.endswith(fmt.extension)
    check_key(key)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_public_ids_have_the_contract_shape(at):
    public_id = new_public_id(at)
    assert PUBLIC_ID.fullmatch(public_id)
    assert len(public_id) <= 30
    assert int(public_id.split("-")[1]) == int(at.timestamp())


def test_times_are_utc_wherever_one_is():
    slot, fmt = SLOTS[0], FORMATS[0]
    there = datetime(2026, 12, 1, 1, 0, tzinfo=timezone(timedelta(hours=5)))
    assert "/2026-11/" in new_key(slot, "USR-1", fmt, there)


@pytest.mark.parametrize("public_id", ["", "..", "a/b", "a b", ".hidden", "x\n"])
def test_an_id_that_is_no_segment_is_refused(public_id):
    with pytest.raises(ValueError, match="object key"):
        new_key(SLOTS[0], public_id, FORMATS[0], AT)


def test_a_post_keeps_videos_apart():
    slot = find_slot(EntityType.POST, "media")
    folders = {fmt.name: new_key(slot, "PST-3", fmt, AT).split("/")[1] for fmt in FORMATS}
    assert folders["JPEG"] == "photos"
    assert folders["MP4"] == "videos"


def test_variants_lie_beside_the_original():
    keys = ObjectKeys.of("a/b/photo-1.png")
    assert keys.all == (
        "a/b/photo-1.png",
        "a/b/photo-1_thumb.jpg",
        "a/b/photo-1_small.jpg",
        "a/b/photo-1_medium.jpg",
        "a/b/photo-1_large.jpg",
    )
    assert keys.variant("small") == variant_key("a/b/photo-1.png", "small")
    assert ObjectKeys.of("a.png", ["thumb"]).variant("large") is None


KEYS = st.text("ab/._-é", min_size=1).filter(lambda key: not is_private(key))


@given(KEYS)
def test_the_private_area_has_a_place_for_every_public_key(key):
    private = private_key(key)
    assert is_private(private)
    assert public_key(private) == key == public_key(key)
    assert private_key(private) == private
    assert private.endswith(key)


@given(KEYS, KEYS)
def test_no_two_keys_share_a_place_in_the_private_area(one, other):
    assert (private_key(one) == private_key(other)) == (one == other)


@given(st.sampled_from(SLOTS), st.sampled_from(FORMATS), st.sampled_from(["thumb", "large"]))
def test_variants_lie_beside_the_original_in_both_areas(slot, fmt, name):
    key = new_key(slot, "CMY-456", fmt, AT)
    assert variant_key(private_key(key), name) == private_key(variant_key(key, name))
