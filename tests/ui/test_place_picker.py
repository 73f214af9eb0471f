import pytest
from PySide6.QtCore import Qt

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.ui.place_picker import PlacePicker

IMAGE = frozenset({MediaType.IMAGE})
VIDEO = frozenset({MediaType.VIDEO})
WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 456), "CMY-456", "Willow Creek", "Mesa, AZ")
HOUSE = Entity(EntityRef(EntityType.PROPERTY, 789), "PROP-789", "8214 E Juniper Ct", "Mesa, AZ")


@pytest.fixture
def picker(app, light, qtbot):
    app.library.places = [WILLOW, HOUSE]
    made = []

    def make(kinds=IMAGE, count=2):
        dialog = PlacePicker(app, kinds, count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        made.append(dialog)
        return dialog

    return make


def shown(picker):
    return [picker.rows.index(row).data() for row in range(picker.rows.rowCount())]


def test_only_places_that_take_the_files_are_shown(picker):
    assert shown(picker(IMAGE, 2)) == ["Willow Creek · Photos", "8214 E Juniper Ct · Photos"]
    one = shown(picker(IMAGE, 1))
    assert "Willow Creek · Cover" in one
    assert "Willow Creek · Video intro" not in one
    assert shown(picker(VIDEO, 1)) == [
        "Willow Creek · Photos",
        "Willow Creek · Video intro",
        "8214 E Juniper Ct · Photos",
    ]
    assert shown(picker(IMAGE | VIDEO, 9)) == [
        "Willow Creek · Photos",
        "8214 E Juniper Ct · Photos",
    ]


@pytest.mark.parametrize("words", ["juni", "prop-789", "789", "mesa 8214", "ct photos"])
def test_a_few_letters_find_a_place(picker, qtbot, words):
    dialog = picker()
    dialog.search.setText(words)
    assert shown(dialog) == ["8214 E Juniper Ct · Photos"]
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert str(chosen.args[0]) == "property:PROP-789/photos"
    assert chosen.args[1] == "8214 E Juniper Ct, Photos"
    assert not dialog.isVisible()


def test_arrows_go_through_the_list_while_one_types(picker, qtbot):
    dialog = picker()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.list.currentIndex().row() == 0


def test_a_place_that_refuses_is_greyed_with_the_reason(app, picker, qtbot):
    app.library.refusals = {WILLOW.ref: "Only its owner adds here."}
    dialog = picker()
    index = dialog.rows.index(0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Only its owner adds here."
    assert not dialog._choose.isEnabled()
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog._choose.isEnabled()


def test_nothing_found_says_so(picker):
    dialog = picker()
    dialog.search.setText("zebra")
    assert dialog._state.text() == "No place has all these words"
    assert not dialog._choose.isEnabled()
