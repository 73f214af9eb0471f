import pytest

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.services.suggesting import suggest

WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 456), "CMY-456", "Willow Creek")
HOUSE = Entity(EntityRef(EntityType.PROPERTY, 789), "PROP-789", "8214 E Juniper Ct")
DANA = Entity(EntityRef(EntityType.USER, 5), "USR-5", "Dana Ruiz")
POOL = Entity(EntityRef(EntityType.AMENITY, 3), "AMN-3", "Pool")
OTHER_POOL = Entity(EntityRef(EntityType.AMENITY, 4), "AMN-4", "pool")
ALL = [WILLOW, HOUSE, DANA, POOL, OTHER_POOL]


def places(*paths):
    found = suggest(dict(enumerate(paths)), ALL)
    return {number: str(target) for number, target in found.items()}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/in/Willow Creek/a.jpg", "community:CMY-456/photos"),
        ("/in/WILLOW creek /a.jpg", "community:CMY-456/photos"),
        ("/in/cmy-456/a.jpg", "community:CMY-456/photos"),
        ("C:\\in\\Willow Creek\\a.jpg", "community:CMY-456/photos"),
        ("/Willow Creek/edited/large/a.jpg", "community:CMY-456/photos"),
        ("/Willow Creek/8214 E Juniper Ct/a.jpg", "property:PROP-789/photos"),
        ("/in/AMN-3/a.jpg", "amenity:AMN-3/photos"),
        ("/in/Willow Creek/walk.mp4", "community:CMY-456/photos"),
        ("/in/Willow Creek/no extension", "community:CMY-456/photos"),
        ("/in/Dana Ruiz/me.jpg", "user:USR-5/avatar"),
    ],
)
def test_a_folder_that_has_the_name_of_an_entity_tells_the_place(path, place):
    assert places(path) == {0: place}


@pytest.mark.parametrize(
    "path",
    [
        "/in/Willow/a.jpg",
        "/in/Willow Creek 2024/a.jpg",
        "/in/Willow Creek.jpg",
        "Willow Creek",
        "/in/Pool/a.jpg",
        "/in/AMN-3/walk.mp4",
        "/Willow Creek/1/2/3/4/a.jpg",
        "//a.jpg",
        "",
    ],
)
def test_anything_else_tells_nothing(path):
    assert places(path) == {}


def test_a_slot_for_one_file_is_no_place_for_two():
    assert places("/Dana Ruiz/a.jpg", "/Dana Ruiz/b.jpg", "/CMY-456/c.jpg") == {
        2: "community:CMY-456/photos"
    }


def test_a_public_id_wins_over_a_name():
    named = Entity(EntityRef(EntityType.PROPERTY, 1), "PROP-1", "CMY-456")
    found = suggest({1: "/CMY-456/a.jpg"}, [named, WILLOW])
    assert found[1].public_id == "CMY-456"
