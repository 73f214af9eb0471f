import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.uploads import UploadItem, UploadState
from artitec_media_desktop.ui.viewer.facts import Facts
from artitec_media_desktop.ui.viewer.player import MediaPlayer
from tests.ui.held import hold

KEY = Qt.Key


def press(viewer, *keys):
    for key in keys:
        QTest.keyClick(viewer, key)


def middle(viewer):
    return viewer.grab().toImage().pixelColor(viewer.width() // 2, viewer.height() // 2)


def said(viewer):
    return viewer.state.accessibleName()


@pytest.fixture
def photos(make):
    return [make.media(key, alt_text=f"Photo {key}") for key in range(1, 7)]


def test_it_covers_the_window_and_says_what_is_shown(view, photos):
    viewer = view(photos, 3)
    assert viewer.geometry() == viewer.window_below.rect()
    assert viewer.header.title.text() == "IMG_0003.jpg"
    assert "3 of 6" in viewer.header.detail.text()
    assert "IMG_0003.jpg, 3 of 6" in viewer.accessibleName()
    assert viewer.canvas.accessibleName() == "Photo 3"
    assert middle(viewer) == QColor("#c0c030")
    viewer.window_below.resize(1200, 800)
    assert viewer.geometry() == viewer.window_below.rect()


def test_arrows_go_on_and_end_at_the_ends(view, photos):
    viewer = view(photos)
    press(viewer, KEY.Key_Left)
    assert (viewer.key, viewer.header.back.isEnabled()) == (1, False)
    press(viewer, *[KEY.Key_Right] * 9)
    assert (viewer.key, viewer.header.next.isEnabled()) == (6, False)


def test_held_a_key_moves_on_and_on_but_acts_once(view, photos):
    viewer = view(photos)
    hold(viewer, KEY.Key_Right)
    assert viewer.key == 4
    hold(viewer, KEY.Key_I)
    assert viewer.facts.isVisible()


def test_space_that_opened_it_and_is_held_does_not_close_it(view, photos):
    viewer = view(photos)
    repeated = QKeyEvent(
        QEvent.Type.KeyPress, KEY.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True
    )
    QApplication.sendEvent(viewer, repeated)
    assert viewer.isVisible()


def test_two_neighbours_either_way_are_read_ahead(app, view, photos):
    view(photos, 3)
    read = {key for kind, key in app.library.asked if kind == "picture"}
    assert read == {1, 2, 3, 4, 5}


def test_a_late_picture_never_shows_on_another_item(app, view, photos):
    viewer = view(photos, 1)
    app.runner.held = True
    viewer.show_key(5)
    viewer.show_key(6)
    app.runner.release(late=True)
    assert middle(viewer) == QColor("#c03030")
    assert viewer.canvas.media.id == 6


def test_the_original_comes_once_one_rests_on_a_zoomed_picture(app, view, photos, qtbot):
    viewer = view(photos)
    press(viewer, KEY.Key_1)
    assert ("original", 1) not in app.library.asked
    assert viewer.header.scale.text() == f"{round(100 * viewer.canvas.scale)} %" == "100 %"
    qtbot.waitUntil(lambda: ("original", 1) in app.library.asked)
    assert {key for kind, key in app.library.asked if kind == "original"} == {1}


def test_zoom_with_keys_wheel_and_double_click(view, photos):
    viewer = view(photos)
    canvas = viewer.canvas
    press(viewer, KEY.Key_Plus)
    assert canvas.view.zoom == pytest.approx(1.25)
    press(viewer, KEY.Key_Minus)
    assert canvas.view.zoom == 1
    at = QPointF(100, 100)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 240), *none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas, wheel)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    assert canvas.view.x < 0.5
    press(viewer, KEY.Key_0)
    assert canvas.view.zoom == 1
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert canvas.scale == pytest.approx(1)
    before = canvas.view
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(canvas, QPoint(250, 300))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 300))
    assert canvas.view.x > before.x


def test_a_turn_is_of_the_view_and_gone_with_the_next(view, photos):
    viewer = view(photos)
    press(viewer, KEY.Key_R, KEY.Key_BracketRight, KEY.Key_BracketLeft)
    assert viewer.canvas.view.turns == 1
    press(viewer, KEY.Key_Right)
    assert viewer.canvas.view.turns == 0


def test_one_to_one_is_drawn_pixel_by_pixel(app, view, make, monkeypatch):
    stripes = QImage(400, 300, QImage.Format.Format_RGB32)
    stripes.fill(QColor("black"))
    for x in range(0, 400, 2):
        for y in range(300):
            stripes.setPixelColor(x, y, QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    stripes.save(buffer, "PNG")
    monkeypatch.setattr(app.library, "picture", lambda *_: buffer.data().data())
    viewer = view([make.media(1, width=400, height=300)])
    image = viewer.canvas.grab().toImage()
    seen = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert seen.count("#ffffff") == 200
    assert seen.count("#000000") == 200


def test_facts(app, view, make):
    exif = {"make": "Apple", "model": "iPhone 15", "datetime_original": "2024:05:01 12:30:00"}
    viewer = view([make.media(1, alt_text="The pool", metadata={"exif": exif}), make.media(2)])
    assert viewer.facts.isHidden()
    press(viewer, KEY.Key_I)
    words = viewer.facts.accessibleDescription()
    for each in ("IMG_0001.jpg", "Willow Creek, Photos", "3200 × 2400", "2 MB", "Apple iPhone 15"):
        assert each in words
    assert "The pool" in words
    assert "Approved" in words
    assert "2024" in words or "24" in words
    press(viewer, KEY.Key_Right)
    assert "None yet" in viewer.facts.accessibleDescription()
    assert "Camera" not in viewer.facts.accessibleDescription()
    assert app.settings["viewer.facts"] is True


def test_a_missing_object_is_said_and_may_be_tried_again(app, view, photos):
    app.library.missing.add(1)
    viewer = view(photos)
    assert viewer.stack.currentWidget() is viewer.state
    assert "The file of “IMG_0001.jpg” is not in the storage." in said(viewer)
    app.library.missing.clear()
    again = viewer.state.findChildren(QPushButton)[0]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert viewer.stack.currentWidget() is viewer.canvas
    assert viewer.hasFocus()


def test_a_fault_of_the_network_has_its_own_words(app, view, photos):
    app.library.fault = Transient("no_answer", "The storage does not answer.")
    viewer = view(photos)
    assert said(viewer) == "It can't be shown. The storage does not answer."
    app.library.fault = None
    press(viewer, KEY.Key_Right, KEY.Key_Left)
    assert viewer.stack.currentWidget() is viewer.canvas


def test_a_link_is_a_card_and_nothing_of_it_is_read(app, view, make):
    viewer = view([make.link(1)])
    assert "https://tour.example/willow" in said(viewer)
    words = [each.text() for each in viewer.state.findChildren(QPushButton)]
    assert words == ["Open in the browser", "Copy address"]
    assert app.library.asked == []


def test_an_address_that_is_none_of_the_web_is_not_opened(view, make):
    row = make.link(1)
    viewer = view([type(row)(**_values(row) | {"source_url": "file:///etc/passwd"})])
    words = [each.text() for each in viewer.state.findChildren(QPushButton)]
    assert words == ["Copy address"]


def _values(row):
    return {name: getattr(row, name) for name in row.__slots__}


def test_files_on_their_way_are_passed_over(view, photos):
    item = UploadItem(
        id=7, batch=1, position=1, path="/a.jpg", place=None, state=UploadState.QUEUED
    )
    viewer = view(photos[:2])
    viewer.rows.items[-7] = item
    viewer.rows.keys.insert(1, -7)
    press(viewer, KEY.Key_Right)
    assert viewer.key == 2
    press(viewer, KEY.Key_Right)
    assert viewer.key == 2


def test_what_is_not_read_yet_is_asked_for(view, photos):
    viewer = view(photos)
    row = viewer.rows.items.pop(2)
    press(viewer, KEY.Key_Right)
    assert "One moment" in said(viewer)
    assert 2 in viewer.rows.needed
    viewer.rows.come(row)
    assert viewer.stack.currentWidget() is viewer.canvas
    assert viewer.canvas.media.id == 2


def test_what_is_deleted_meanwhile_is_said_and_one_can_go_on(view, photos):
    viewer = view(photos, 3)
    viewer.rows.remove(3)
    assert "no longer here" in said(viewer)
    press(viewer, KEY.Key_Right)
    assert viewer.key == 4
    viewer.rows.remove(4)
    press(viewer, KEY.Key_Left)
    assert viewer.key == 2


def test_keys_of_the_page_below_do_nothing(view, photos, qtbot):
    viewer = view(photos)
    pressed = []
    for keys in ("Ctrl+V", "F5", "I", "F11"):
        shortcut = QShortcut(QKeySequence(keys), viewer.window_below)
        shortcut.activated.connect(lambda keys=keys: pressed.append(keys))
    QTest.keyClick(viewer, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(viewer, KEY.Key_F5, KEY.Key_I, KEY.Key_F11)
    assert pressed == ["F11"]
    assert not viewer.facts.isHidden()


def test_tab_stays_within(view, photos, qtbot):
    viewer = view(photos)
    below = QPushButton("below", viewer.window_below)
    below.show()
    for _ in range(20):
        QTest.keyClick(viewer.window().focusWidget(), KEY.Key_Tab)
        focused = viewer.window().focusWidget()
        assert focused is viewer or viewer.isAncestorOf(focused)


def test_its_keys_are_shown(view, photos):
    viewer = view(photos)
    QTest.keyClick(viewer, KEY.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    overlay = viewer.window().focusWidget()
    assert "Facts: I" in overlay.accessibleDescription()
    QTest.keyClick(overlay, KEY.Key_Escape)
    assert viewer.hasFocus()


@pytest.mark.parametrize("key", [KEY.Key_Escape, KEY.Key_Space])
def test_it_goes_and_tells_where_one_was(view, photos, key):
    viewer = view(photos)
    last = []
    viewer.closed.connect(last.append)
    press(viewer, KEY.Key_Right, key)
    assert last == [2]
    assert viewer.isHidden()


def test_the_card_of_facts_has_room_for_all_of_them(view, photos):
    viewer = view(photos)
    press(viewer, KEY.Key_I)
    high = viewer.facts.height()
    press(viewer, KEY.Key_Right)
    labels = viewer.facts.findChildren(QLabel)
    shown = [each for each in labels if each.isVisible()]
    assert viewer.facts.height() == high > 100
    assert max(each.geometry().bottom() for each in shown) < high


# ---- side by side


def test_side_by_side_moves_as_one(app, view, photos, qtbot):
    viewer = view(photos, 2, selected=[2, 3, 5])
    press(viewer, KEY.Key_C)
    first, *others = viewer.compare.canvases
    assert [each.media.id for each in (first, *others)] == [2, 3, 5]
    assert all(each.has_picture for each in (first, *others))
    press(viewer, KEY.Key_1)
    others[0].turn(1)
    assert first.view == others[0].view == others[1].view
    assert first.view.zoom > 1
    assert first.view.turns == 1
    qtbot.waitUntil(lambda: {("original", key) for key in (2, 3, 5)} <= set(app.library.asked))
    press(viewer, KEY.Key_Escape)
    assert viewer.stack.currentWidget() is viewer.canvas
    assert not viewer.isHidden()


def test_facts_cover_no_picture_side_by_side(view, photos, qtbot):
    viewer = view(photos, 2, selected=[2, 3])
    press(viewer, KEY.Key_I)
    assert viewer.facts.isVisible()
    press(viewer, KEY.Key_C)
    assert viewer.facts.isHidden()
    facts = viewer.compare.findChildren(Facts)
    assert [each.isVisible() for each in facts] == [True, True]
    assert "IMG" in facts[1].accessibleDescription()
    qtbot.wait(1)
    for canvas, below in zip(viewer.compare.canvases, facts, strict=True):
        assert canvas.geometry().bottom() < below.geometry().top()
    press(viewer, KEY.Key_I)
    assert not any(each.isVisible() for each in facts)
    press(viewer, KEY.Key_I)
    press(viewer, KEY.Key_C)
    assert viewer.facts.isVisible()


@pytest.mark.parametrize("selected", [[], [1], [1, 2, 3, 4, 5]])
def test_only_two_to_four_are_compared(view, photos, selected):
    viewer = view(photos, selected=selected)
    press(viewer, KEY.Key_C)
    assert not viewer.is_comparing
    assert not viewer.header.compare.isEnabled()


# ---- videos


def test_a_video_shows_its_poster_and_reads_nothing_more(app, view, make, players):
    viewer = view([make.video(1)])
    assert viewer.stack.currentWidget() is viewer.video
    assert app.library.asked == [("picture", 1)]
    assert players == []


def test_space_plays_and_pauses_muted_until_m(view, make, players):
    viewer = view([make.video(1), make.video(2)])
    press(viewer, KEY.Key_Space)
    player = players[0]
    assert (player.calls, player.is_playing, player.is_muted) == (
        ["file:///tmp/video.mp4"], True, True,
    )  # fmt: skip
    press(viewer, KEY.Key_M, KEY.Key_K)
    assert (player.is_playing, player.is_muted) == (False, False)
    press(viewer, KEY.Key_Right)
    assert player.calls[-1] == "close"


def test_a_url_that_comes_late_plays_nothing(app, view, make, players):
    viewer = view([make.video(1), make.video(2)])
    app.runner.held = True
    press(viewer, KEY.Key_Space, KEY.Key_Right)
    app.runner.release(late=True)
    assert players == []
    assert not viewer.video._opened


def test_a_video_that_is_gone_or_without_player_says_so(app, view, make, no_player):
    viewer = view([make.video(1)], make_player=no_player)
    press(viewer, KEY.Key_Space)
    assert "QtMultimedia is missing." in said(viewer)


def test_a_video_that_can_not_be_decoded_says_so_without_its_address(app, view, make, players):
    viewer = view([make.video(1)])
    press(viewer, KEY.Key_Space)
    players[0].failed.emit()
    assert "“IMG_0001.jpg” can't be played" in said(viewer)
    assert app.library.url not in said(viewer)
    app.library.missing.add(1)
    press(viewer, KEY.Key_Right)
    again = viewer.state.findChildren(QPushButton)[0]
    again.click()
    assert viewer.stack.currentWidget() is viewer.video
    press(viewer, KEY.Key_Space)
    assert "is not in the storage" in said(viewer)


def test_without_qtmultimedia_there_is_a_sentence(monkeypatch, qapp):
    import sys

    from artitec_media_desktop.domain.errors import Permanent

    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(Permanent, match="QtMultimedia is missing"):
        MediaPlayer()
