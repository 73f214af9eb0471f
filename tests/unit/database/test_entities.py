import pytest

from artitec_media_desktop.database import entities
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.entities import EntityRef
from artitec_media_desktop.domain.entities import EntityType as E

COUNTS = {
    E.COMMUNITY: 2, E.AMENITY: 3, E.BUILDER: 3, E.PROPERTY: 6, E.SALES_REP: 3, E.USER: 4, E.POST: 3,
}  # fmt: skip


def test_the_sample_entities(library):
    with library.read() as tx:
        assert {each: len(entities.all_of(tx, each)) for each in E} == COUNTS
        willow = entities.find(tx, E.COMMUNITY, "CMY-456")
        assert entities.one(tx, willow).name == "Willow Creek"
        assert all(each.parent == willow for each in entities.all_of(tx, E.AMENITY))


def test_what_an_entity_belongs_to(library):
    with library.read() as tx:
        house = entities.one(tx, EntityRef(E.PROPERTY, 789))
        pool = entities.one(tx, EntityRef(E.AMENITY, 1))
        willow = entities.one(tx, EntityRef(E.COMMUNITY, 1))
        rep = entities.one(tx, EntityRef(E.SALES_REP, 1))
    assert house.belongs_to == (EntityRef(E.COMMUNITY, 1), EntityRef(E.BUILDER, 1))
    assert pool.belongs_to == (willow.ref,) and willow.belongs_to == ()
    assert EntityRef(E.BUILDER, 1) in rep.belongs_to


@pytest.mark.parametrize(
    ("entity_type", "text", "number"),
    [
        (E.PROPERTY, "PROP-789", 789),
        (E.PROPERTY, "prop-789", 789),
        (E.PROPERTY, "789", 789),
        (E.COMMUNITY, "CMY-456", 1),
        (E.COMMUNITY, "1", 1),
        (E.BUILDER, "BLD-012", 1),
        (E.USER, "USR-123", 2),
        (E.AMENITY, "AMN-2", 2),
        (E.POST, "PST-3", 3),
        (E.PROPERTY, "XX-789", None),
        (E.PROPERTY, "-789", None),
        (E.COMMUNITY, "CMY-1", None),
        (E.COMMUNITY, "", None),
        (E.PROPERTY, "9" * 40, None),
        (E.PROPERTY, "PROP-0789", None),
    ],
)
def test_found_by_public_and_by_numeric_id(library, entity_type, text, number):
    with library.read() as tx:
        found = entities.find(tx, entity_type, text)
    assert found == (None if number is None else EntityRef(entity_type, number))


def test_the_last_order_of_every_type_and_none_of_what_is_gone(library, make_media):
    with library.write() as tx:
        for each in E:
            here = entities.all_of(tx, each)[0].ref
            values = {"entity_type": each.value, "entity_id": here.id, "entity_field": "gallery"}
            rows.add(tx, make_media(sort_order=7, **values))
            assert entities.last_order(tx, here, "gallery") == 7
            assert entities.last_order(tx, here, "cover") == 0
            assert entities.last_order(tx, EntityRef(each, 10**6), "gallery") is None


@pytest.mark.parametrize(
    ("ref", "holders"),
    [
        (EntityRef(E.COMMUNITY, 1), {"USR-123"}),
        (EntityRef(E.COMMUNITY, 2), set()),
        (EntityRef(E.AMENITY, 1), {"USR-123"}),
        (EntityRef(E.BUILDER, 1), {"USR-124"}),
        (EntityRef(E.PROPERTY, 789), {"USR-124"}),
        (EntityRef(E.PROPERTY, 1042), set()),
        (EntityRef(E.SALES_REP, 1), {"USR-125"}),
        (EntityRef(E.USER, 2), {"USR-123"}),
        (EntityRef(E.POST, 2), {"USR-124"}),
    ],
)
def test_holders(library, ref, holders):
    with library.read() as tx:
        assert entities.holders(tx, ref) == holders


def test_counts_and_public_ids(library, make_media):
    with library.write() as tx:
        rows.add(tx, make_media())
        rows.add(tx, make_media())
        counts = {each.public_id: each.media_count for each in entities.all_of(tx, E.COMMUNITY)}
        assert counts == {"CMY-456": 2, "CMY-457": 0}
        refs = {EntityRef(E.COMMUNITY, 1), EntityRef(E.PROPERTY, 789), EntityRef(E.USER, 99)}
        assert entities.public_ids(tx, refs) == {
            EntityRef(E.COMMUNITY, 1): "CMY-456",
            EntityRef(E.PROPERTY, 789): "PROP-789",
        }
