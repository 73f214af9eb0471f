from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.ui.panels.library.browser.model import BrowserModel, Role, places


@pytest.fixture
def model(app):
    made = BrowserModel()
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, made
    )
    made.set_places(places(app.library.entities()))
    assert tester.model() is made
    return made


def tree(model, parent=None):
    parent = parent or QModelIndex()
    found = {}
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found[index.data()] = tree(model, index)
    return found


def test_sections_with_amenities_under_their_community(model):
    assert tree(model) == {
        "Communities": {
            "Cedar Bend": {},
            "Willow Creek": {"Community pool": {}, "Trailhead park": {}},
        },
        "Properties": {"8214 E Juniper Ct": {}},
        "Users": {"Dana Reyes": {}},
    }


def test_a_section_counts_its_entities_and_an_entity_its_media(model, ref):
    assert model.index(0, 0).data(Role.COUNT) == 2
    assert model.index_of(ref.willow).data(Role.COUNT) == 44
    assert model.index_of(ref.pool).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Community pool, Scottsdale, AZ, 12 files"
    )


@pytest.mark.parametrize("text", ["juniper", "prop-789", "PROP-789", "  8214 ", "juniper scotts"])
def test_search_by_name_id_and_place(model, text):
    model.set_search(text)
    assert tree(model) == {"Properties": {"8214 E Juniper Ct": {}}}


def test_an_amenity_is_found_in_its_community(model, ref):
    model.set_search("trailhead")
    assert tree(model) == {"Communities": {"Willow Creek": {"Trailhead park": {}}}}
    assert model.first_entity().ref == ref.park


def test_a_community_is_found_with_its_amenities(model, ref):
    model.set_search("willow")
    assert list(tree(model)["Communities"]["Willow Creek"]) == ["Community pool", "Trailhead park"]
    assert model.first_entity().ref == ref.willow


def test_nothing_found_and_back(model, ref):
    before = tree(model)
    model.set_search("zebra")
    assert model.is_empty and model.first_entity() is None
    assert not model.index_of(ref.willow).isValid()
    assert model.entity_of(ref.willow).name == "Willow Creek"
    model.set_search("")
    assert tree(model) == before


def test_only_the_entity_that_changed_is_refreshed(model, ref, qtbot):
    other = model.index_of(ref.cedar)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.update_entities([replace(model.entity_of(ref.willow), media_count=45)])
    assert changed.args[0] == model.index_of(ref.willow) == changed.args[1]
    assert model.index_of(ref.willow).data(Role.COUNT) == 45
    assert model.index_of(ref.cedar) == other


def test_what_is_not_known_or_not_shown_changes_quietly(model, ref, qtbot):
    model.set_search("juniper")
    with qtbot.assertNotEmitted(model.dataChanged):
        model.update_entities(
            [
                replace(model.entity_of(ref.willow), media_count=45),
                Entity(EntityRef(EntityType.BUILDER, 9), "BLD-9", "New"),
            ]
        )
    model.set_search("")
    assert model.index_of(ref.willow).data(Role.COUNT) == 45


def test_a_renamed_entity_is_found_by_its_new_name(model, ref):
    model.update_entities([replace(model.entity_of(ref.cedar), name="Oak Bend")])
    model.set_search("oak")
    assert model.first_entity().ref == ref.cedar


def test_an_amenity_without_its_community_has_a_section():
    lost = Entity(EntityRef(EntityType.AMENITY, 7), "AMN-7", "Lost lake", "", None)
    orphan = replace(lost, ref=EntityRef(EntityType.AMENITY, 8), name="Orphan pool")
    gone = EntityRef(EntityType.COMMUNITY, 99)
    model = BrowserModel()
    model.set_places(places([lost, replace(orphan, parent=gone)]))
    assert tree(model) == {"Amenities": {"Lost lake": {}, "Orphan pool": {}}}
