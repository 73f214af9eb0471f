import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.domain.slots import find_slot, slots_of
from artitec_media_desktop.services.library import SlotSummary
from artitec_media_desktop.ui.panels.library.page.slot_cards import Drop
from artitec_media_desktop.ui.panels.library.words import slot_contents

PHOTOS, COVER, LOGO, VIDEO = slots_of(EntityType.COMMUNITY)


@pytest.mark.parametrize(
    ("slot", "count", "text"),
    [
        (PHOTOS, 0, "Drop files"),
        (PHOTOS, 1, "1 item"),
        (PHOTOS, 1_234, "1,234 items"),
        (COVER, 0, "Drop image"),
        (COVER, 1, "1 image"),
        (VIDEO, 0, "Drop video"),
        (VIDEO, 1, "1 video"),
        (find_slot(EntityType.AMENITY, "photos"), 0, "Drop images"),
    ],
)
def test_what_a_card_says(slot, count, text):
    assert slot_contents(SlotSummary(slot, count, 0, None)) == text


def test_a_video_says_its_length(make):
    cover = make.media(1, media_type=MediaType.VIDEO, duration=72)
    assert slot_contents(SlotSummary(VIDEO, 1, 0, cover)) == "1 video, 1:12"


def test_a_card_for_each_slot_the_shown_one_checked(panel):
    cards = panel.page.strip.cards
    assert [card.accessibleName() for card in cards] == [
        "Photos, 41 items",
        "Cover, Drop image",
        "Logo, Drop image",
        "Video intro, Drop video",
    ]
    assert [card.isChecked() for card in cards] == [True, False, False, False]


def test_a_click_and_the_arrows_turn_the_grid_to_another_slot(panel, app, make):
    app.library.put(make.media(90, field="avatar"))
    cards = panel.page.strip.cards
    QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton)
    assert panel.page.slot == COVER and panel.page.model.rowCount() == 0
    cards[1].setFocus()
    QTest.keyClick(cards[1], Qt.Key.Key_Right)
    assert panel.page.slot == LOGO and cards[2].isChecked() and cards[2].hasFocus()
    assert panel.page.model.key_at(0) == 90


def test_while_dragging_each_card_says_whether_it_would_take_it(panel, make):
    drag = make.drag(panel.page, make.mime(*(f"/{n}.jpg" for n in range(57))))
    drag.enter(panel.page.grid.geometry().center())
    drag.move(panel.page.rect().center())
    assert [card.drop for card in panel.page.strip.cards] == [
        Drop.HERE,
        Drop.IMPOSSIBLE,
        Drop.IMPOSSIBLE,
        Drop.IMPOSSIBLE,
    ]
    assert panel.page.drops.overlay.isVisible()
    assert panel.page.drops.overlay.title == "Drop to add 57 files to Photos"
    drag.leave()
    assert {card.drop for card in panel.page.strip.cards} == {Drop.NONE}
    assert not panel.page.drops.overlay.isVisible()


def test_over_a_card_it_is_that_slot(panel, make):
    card = panel.page.strip.cards[1]
    at = card.mapTo(panel.page, card.rect().center())
    drag = make.drag(panel.page, make.mime("/front.jpg"))
    drag.enter(at)
    assert drag.move(at).isAccepted()
    assert panel.page.drops.overlay.title == "Drop to add 1 file to Cover"
    drops = [each.drop for each in panel.page.strip.cards]
    assert drops == [Drop.POSSIBLE, Drop.HERE, Drop.POSSIBLE, Drop.IMPOSSIBLE]
