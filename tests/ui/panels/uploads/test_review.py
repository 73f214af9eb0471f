"""Both pictures, where the one that is here lives, and a decision once or for all."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import NotFound, Transient
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.domain.permissions import ALLOWED, Decision
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadState
from artitec_media_desktop.ui.panels.uploads.review import ReviewDialog
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.places import PHOTOS

S = UploadState
WILLOW = PHOTOS.entity


def picture(color):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


class Library:
    def __init__(self):
        self.rows = {}
        self.rights = ALLOWED

    def put(self, public_id, ref=WILLOW, field=PHOTOS.slot.field):
        self.rows[public_id] = Media(
            id=len(self.rows) + 1,
            public_id=public_id,
            filename="x.jpg",
            original_filename="driveway-web.jpg",
            media_type=MediaType.IMAGE,
            content_type="image/jpeg",
            file_size=412 * 1024,
            storage_path="x.jpg",
            original_url="",
            entity_type=ref.type.value,
            entity_id=ref.id,
            entity_field=field,
            width=1600,
            height=1067,
            uploaded_by="USR-2",
        )

    def media(self, public_id):
        if public_id not in self.rows:
            raise NotFound("no_media", "It is gone.")
        return self.rows[public_id]

    def picture(self, media, pixels):
        return picture("#804020")

    def may_add(self, refs):
        return dict.fromkeys(refs, self.rights)

    def resolve(self, entity_type, id_text):
        names = {EntityType.USER: "Priya", EntityType.COMMUNITY: "Willow Creek"}
        if entity_type not in names:
            return Entity(EntityRef(entity_type, 9), id_text, "8214 E Juniper Ct")
        return Entity(EntityRef(entity_type, 1), id_text, names[entity_type])


class Door:
    """What the services would be told."""

    def __init__(self):
        self.decided = []
        self.error = None

    def decide(self, ids, decision):
        self.decided.append((list(ids), decision))


@pytest.fixture
def door(app, monkeypatch):
    app.library = Library()
    app.library.put("MED-1")
    app.library.put("MED-2", EntityRef(EntityType.PROPERTY, 9), "gallery")
    app.uploads.picture = picture("#204080")
    door = Door()

    def ask(request, on_error=None, on_done=None):
        if door.error is not None:
            on_error(door.error)
        else:
            request(door)
            on_done()

    monkeypatch.setattr(app.pump, "ask", ask, raising=False)
    return door


@pytest.fixture
def start(app, door, qtbot, make_item, light):
    def start(*likes, **facts):
        queue = UploadQueue(app)
        items = [
            make_item(S.ASKING, duplicate_of=like, distance=at, **facts)
            for at, like in enumerate(likes)
        ]
        app.pump.items_changed.emit(tuple(items))
        dialog = ReviewDialog(app, queue, [each.id for each in items])
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return SimpleNamespace(dialog=dialog, items=items, queue=queue)

    return start


def test_both_pictures_and_where_the_one_that_is_here_lives(start):
    dialog = start("MED-1").dialog
    assert dialog.pair.new.name.text() == "IMG_4161.jpg"
    assert dialog.pair.here.name.text() == "driveway-web.jpg"
    facts = dialog.pair.here.facts.text()
    assert "· Photos" in facts and "1600 × 1067" in facts and "Priya" in facts
    new, here = (side.picture.grab().toImage() for side in (dialog.pair.new, dialog.pair.here))
    middle = new.rect().center()
    assert new.pixelColor(middle).blue() > 100 > here.pixelColor(middle).blue()
    assert dialog.alike.text() == "They look the same: none of 64 bits differs."


def test_how_alike_they_are_is_said(start, qtbot):
    dialog = start("MED-1", "MED-1", "MED-1").dialog
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.alike.text() == "They look alike: 1 of 64 bits differs."
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.alike.text() == "They look alike: 2 of 64 bits differ."


@pytest.mark.parametrize(
    ("key", "decision"),
    [
        (Qt.Key.Key_S, OnDuplicate.SKIP),
        (Qt.Key.Key_K, OnDuplicate.KEEP),
        (Qt.Key.Key_R, OnDuplicate.REPLACE),
    ],
)
def test_a_key_decides_on_one_and_goes_on_to_the_next(start, door, qtbot, key, decision):
    started = start("MED-1", "MED-1")
    qtbot.keyClick(started.dialog.list, key)
    assert door.decided == [([started.items[0].id], decision)]
    assert started.dialog.item == started.items[1]
    qtbot.keyClick(started.dialog.list, key)
    assert not started.dialog.isVisible()


def test_once_for_the_whole_batch(start, door):
    started = start("MED-1", "MED-2", "MED-1")
    assert started.dialog.for_all.text() == "The same for all 3 of this batch"
    started.dialog.for_all.setChecked(True)
    started.dialog.keep.click()
    assert door.decided == [([each.id for each in started.items], OnDuplicate.KEEP)]
    assert not started.dialog.isVisible()


def test_replacing_all_leaves_those_that_cant_be_replaced(start, door, qtbot):
    started = start("MED-1", "MED-2", "MED-1")
    told = []
    started.dialog.noticed.connect(told.append)
    started.dialog.for_all.setChecked(True)
    started.dialog.replace.click()
    first, second, third = started.items
    assert door.decided == [([first.id, third.id], OnDuplicate.REPLACE)]
    assert started.dialog.item == second
    assert told[0].text == "1 file can't take the place of what is here"


def test_what_lies_elsewhere_is_not_replaced(start, door, qtbot):
    dialog = start("MED-2").dialog
    assert not dialog.replace.isVisible()
    qtbot.keyClick(dialog.list, Qt.Key.Key_R)
    assert door.decided == [] and dialog.isVisible()
    assert "8214 E Juniper Ct · " in dialog.pair.here.facts.text()


def test_nor_what_one_may_not_delete(start, door, app):
    app.library.rights = Decision(False, "Only an admin may do this.")
    dialog = start("MED-1").dialog
    assert not dialog.replace.isVisible()
    assert "Only an admin may do this." in dialog._consequence.text()


def test_one_that_is_gone_meanwhile_is_said(start, door):
    dialog = start("MED-9").dialog
    assert "deleted meanwhile" in dialog.pair.here.facts.text()
    assert not dialog.replace.isVisible() and dialog.keep.isEnabled()


def test_files_that_begin_to_ask_join_and_others_leave(start, app, make_item):
    started = start("MED-1")
    late = make_item(S.ASKING, duplicate_of="MED-1", distance=1)
    other = make_item(S.ASKING, duplicate_of="MED-1", distance=1, batch=2)
    app.pump.items_changed.emit((late, other))
    assert started.dialog.list.count() == 2
    app.pump.items_changed.emit((make_item(S.SKIPPED, id=started.items[0].id, position=1),))
    assert started.dialog.item == late


def test_a_decision_that_is_not_taken_comes_back(start, door):
    started = start("MED-1")
    told = []
    started.dialog.noticed.connect(told.append)
    door.error = Transient("busy", "The journal is busy.")
    started.dialog.skip.click()
    assert [each.detail for each in told] == ["The journal is busy."]
    assert started.dialog.isVisible() and started.dialog.item == started.items[0]
    door.error = None
    started.dialog.skip.click()
    assert not started.dialog.isVisible()


def test_a_click_looks_at_both_at_the_same_spot(start, qtbot):
    pair = start("MED-1").dialog.pair
    qtbot.mouseClick(pair.here.picture, Qt.MouseButton.LeftButton)
    assert not pair.is_whole and pair.new.picture.spot == pair.here.picture.spot
    qtbot.mouseClick(pair.new.picture, Qt.MouseButton.LeftButton)
    assert pair.is_whole and pair.here.picture.spot is None


def test_a_picture_that_is_still_awaited_offers_no_replacing(start, door, app, qtbot):
    app.runner.held = True
    dialog = start("MED-1").dialog
    qtbot.keyClick(dialog.list, Qt.Key.Key_R)
    assert door.decided == []
    app.runner.release()
    assert dialog.replace.isEnabled()
