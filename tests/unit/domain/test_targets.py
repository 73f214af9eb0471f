import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.slots import SLOTS, find_slot
from artitec_media_desktop.domain.targets import Target, parse_entity, parse_target


@given(st.sampled_from(SLOTS), st.from_regex(r"[A-Z]{3}-[0-9]{1,6}", fullmatch=True))
def test_what_a_target_prints_can_be_read_back(slot, public_id):
    target = Target(slot.entity_type, 1, public_id, slot)
    assert parse_target(str(target)) == (slot.entity_type, public_id, slot)


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_a_clear_error(text):
    try:
        parse_target(text)
    except Permanent as error:
        assert error.code == "bad_target"
        assert error.message.endswith(".")


def test_both_spellings_and_both_names():
    assert parse_entity("sales-rep:SLS-201")[0] is EntityType.SALES_REP
    assert parse_entity("SALES_REP:201") == (EntityType.SALES_REP, "201")
    assert parse_target("community:1/gallery")[2] is find_slot(EntityType.COMMUNITY, "photos")


def test_an_unknown_slot_names_those_there_are():
    with pytest.raises(Permanent, match="photos, cover, logo, video"):
        parse_target("community:CMY-456/attic")
