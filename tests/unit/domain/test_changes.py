import pytest

from artitec_media_desktop.domain.changes import MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType

WILLOW, CEDAR = (EntityRef(EntityType.COMMUNITY, number) for number in (1, 2))
POOL = EntityRef(EntityType.AMENITY, 1)


@pytest.mark.parametrize(
    ("was", "after", "both"),
    [
        (WILLOW, {"entity_type": "community", "entity_id": 2}, {WILLOW, CEDAR}),
        (WILLOW, {"entity_id": 2}, {WILLOW, CEDAR}),
        (WILLOW, {"entity_type": "amenity"}, {WILLOW, POOL}),
        (WILLOW, {"tags": ["pool"]}, {WILLOW}),
        (WILLOW, {"entity_type": "castle"}, {WILLOW}),
        (WILLOW, {"entity_id": None}, {WILLOW}),
        (None, {"entity_type": "amenity", "entity_id": 1}, {POOL}),
        (None, {"entity_id": 1}, set()),
    ],
)
def test_a_change_is_of_where_it_was_and_where_it_is(was, after, both):
    """Only the columns that changed are told: of two communities the type is none of them."""
    assert MediaChange("MED-1", was, {}, after).entities == both
