import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QStyleOptionComboBox, QVBoxLayout, QWidget

from artitec_media_desktop.ui.theme import Height, Mode, theme
from artitec_media_desktop.ui.widgets import (
    CheckBox,
    Chip,
    Choice,
    ElidedLabel,
    EmptyState,
    FocusRing,
    KeyHint,
    SearchField,
    Toasts,
    TrackBar,
    button,
    icon_button,
)
from artitec_media_desktop.ui.widgets.buttons import BareButton
from artitec_media_desktop.ui.widgets.key_button import KeyButton
from artitec_media_desktop.ui.widgets.key_hint import key_text
from artitec_media_desktop.ui.widgets.scrolled import scrolled
from artitec_media_desktop.ui.widgets.track_bar import SegmentBar
from tests.ui.held import hold


@pytest.fixture
def window(light, qtbot):
    made = QWidget()
    made.resize(800, 600)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def put(window, qtbot, *widgets):
    for each in widgets:
        window.layout().addWidget(each)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def color_at(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y)


def test_a_button_has_the_height_of_the_design(window, qtbot):
    normal, small = button("Add files", "plus", "primary"), button("Show", small=True)
    put(window, qtbot, normal, small)
    assert (normal.height(), small.height()) == (32, 28)
    assert color_at(normal, 3, 16) == QColor(theme().tokens.accent)


def test_an_icon_button_is_called_something(window, qtbot):
    made = icon_button("x", "Close", "Esc")
    assert made.accessibleName() == "Close"
    assert "Esc" in made.toolTip()


def test_a_chip_speaks_its_number_and_grows_with_it(window, qtbot):
    chip = Chip("Waiting", "clock")
    narrow = chip.sizeHint().width()
    chip.set_count(22)
    assert chip.accessibleName() == "Waiting 22"
    assert chip.sizeHint().width() > narrow
    put(window, qtbot, chip)
    assert chip.height() == 28
    chip.click()
    assert color_at(chip, 4, 6) == QColor(theme().tokens.selection)


def test_a_check_box_is_clicked_on_its_words_and_painted(window, qtbot):
    box = CheckBox("Public")
    put(window, qtbot, box)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
    middle = box.height() // 2
    assert color_at(box, 2, middle) == QColor(theme().tokens.accent)


def test_an_elided_label_keeps_its_whole_text(window, qtbot):
    made = ElidedLabel("A sentence that is much too long for the room it has")
    put(window, qtbot, made)
    made.resize(80, 20)
    assert made.shown_text().endswith("…")
    assert made.text().endswith("it has")
    made.resize(2000, 20)
    assert made.shown_text() == made.text()


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Ctrl+K", "Ctrl K"),
        ("Ctrl+Shift+R", "Ctrl Shift R"),
        ("Return", "↵"),
        ("Alt+Up", "Alt ↑"),
        ("?", "?"),
        ("Ctrl++", "Ctrl +"),
        ("Del", "Del"),
        ("Ctrl+,", "Ctrl ,"),
    ],
)
def test_keys_in_words(keys, text):
    assert key_text(keys) == text


def test_several_keys_are_several_badges(light):
    assert KeyHint("F6 Shift+F6").accessibleName() == "F6, Shift F6"
    assert KeyHint("F6 Shift+F6").sizeHint().width() > KeyHint("F6").sizeHint().width()


def test_a_search_field_is_cleared_by_esc_first(window, qtbot):
    field = SearchField("Name, ID or city", "Ctrl+F")
    put(window, qtbot, field)
    hint = field.findChild(KeyHint)
    assert hint.isVisible()
    field.setFocus()
    qtbot.keyClicks(field, "juni")
    assert not hint.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert hint.isVisible()


def test_a_track_fills_from_the_left(window, qtbot):
    bar = TrackBar("Adding files", width=100)
    put(window, qtbot, bar)
    bar.set_share(0.5)
    assert bar.accessibleName() == "Adding files 50 %"
    middle = bar.height() // 2
    assert color_at(bar, 25, middle) == QColor(theme().tokens.accent)
    assert color_at(bar, 75, middle) == QColor(theme().tokens.track)


def test_one_failure_in_a_thousand_is_still_seen(window, qtbot):
    bar = SegmentBar()
    put(window, qtbot, bar)
    bar.set_parts([("success", 10_000), ("accent", 0), ("danger", 1)])
    assert color_at(bar, 20, 4) == QColor(theme().tokens.success)
    assert color_at(bar, bar.width() - 4, 4) == QColor(theme().tokens.danger)


def test_an_empty_state_says_itself_and_changes_its_buttons(window, qtbot):
    first = button("Add files")
    state = EmptyState("image", "No photos yet", "Drop images here.", buttons=[first])
    put(window, qtbot, state)
    assert state.accessibleName() == "No photos yet. Drop images here."
    again = button("Try again")
    state.show_state("warning-circle", "No answer", "It was silent.", "danger", [again])
    assert not first.isVisible()
    qtbot.waitUntil(again.isVisible)
    assert state.accessibleName() == "No answer. It was silent."


def test_an_empty_state_keeps_the_keyboard(window, qtbot):
    other, first, again = button("Other"), button("Choose files…"), button("Try again")
    state = EmptyState("image", "No photos yet", "Drop images here.", buttons=[first])
    put(window, qtbot, other, state)
    state.show_state("image", "Looking", "A moment.")
    assert not state.hasFocus()
    state.show_state("image", "No photos yet", "Drop images here.", buttons=[again])
    again.setFocus()
    state.show_state("image", "Looking", "A moment.")
    assert state.hasFocus()
    last = button("Try again")
    state.show_state("image", "No photos yet", "Drop images here.", buttons=[last])
    assert last.hasFocus()


def test_an_empty_state_fits_into_a_narrow_pane(window, qtbot):
    state = EmptyState("image", "Nothing is selected", "Select photos to see their texts. " * 3)
    put(window, qtbot, state)
    assert state._text.width() <= 360
    state.setParent(None)
    qtbot.addWidget(state)
    state.show()
    state.resize(280, 400)
    qtbot.waitUntil(lambda: state.width() == 280)
    assert state.rect().contains(state._text.geometry())
    assert state._text.height() >= state._text.heightForWidth(state._text.width())


def test_the_ring_follows_the_keyboard_but_not_the_mouse(window, qtbot):
    one, two = button("One", kind="primary"), button("Two")
    put(window, qtbot, one, two)
    ring = FocusRing(window)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert ring.isVisible()
    assert ring.geometry() == two.geometry().adjusted(-1, -1, 1, 1)
    qtbot.keyClick(two, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert ring.geometry() == one.geometry().adjusted(-3, -3, 3, 3)
    one.hide()
    assert two.hasFocus()
    assert ring.geometry().center() == two.geometry().center()
    two.hide()
    assert not ring.isVisible()


def test_the_ring_moves_with_its_button_and_survives_its_end(window, qtbot):
    one, two = button("One"), button("Two")
    put(window, qtbot, one, two)
    ring = FocusRing(window)
    one.setFocus()
    two.setFocus()
    two.move(200, 300)
    assert ring.geometry().topLeft() == two.geometry().adjusted(-1, -1, 0, 0).topLeft()
    window.layout().removeWidget(two)
    with qtbot.waitSignal(two.destroyed):
        two.deleteLater()
    one.setFocus()
    assert ring.geometry().center() == one.geometry().center()


def test_there_is_no_ring_around_what_is_scrolled_away(window, qtbot):
    one, two = button("One"), button("Two")
    held = QWidget()
    held.setMinimumHeight(3000)
    for at, each in enumerate((one, two)):
        each.setParent(held)
        each.move(10, 10 + 50 * at)
    area = scrolled(held, 600)
    put(window, qtbot, area)
    ring = FocusRing(window)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus() and ring.isVisible()
    area.verticalScrollBar().setValue(1000)
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()


def test_a_dialog_gets_a_ring_of_its_own(window, qtbot):
    put(window, qtbot, button("One"))
    ring = FocusRing(window)
    dialog = QDialog(window)
    two, three = button("Two"), button("Three")
    QVBoxLayout(dialog).addWidget(two)
    dialog.layout().addWidget(three)
    dialog.open()
    two.setFocus()
    qtbot.waitUntil(two.hasFocus)
    qtbot.keyClick(two, Qt.Key.Key_Tab)
    (its,) = dialog.findChildren(FocusRing)
    assert its.geometry() == three.geometry().adjusted(-1, -1, 1, 1)
    assert its.isVisible() and not ring.isVisible()


def test_a_toast_does_its_action_once_and_goes(window, qtbot):
    put(window, qtbot)
    toasts, done = Toasts(window, 28), []
    toast = toasts.show("Alt text written", action="Undo", on_action=lambda: done.append(1))
    assert toast.isVisible()
    assert toast.geometry().bottom() < window.height() - 28
    undo = next(
        each for each in toast.findChildren(QWidget) if getattr(each, "text", str)() == "Undo"
    )
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert toasts.shown == []


def test_errors_stay_and_others_leave(window, qtbot, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.ui.widgets.toasts._STAYS_MS", 20)
    put(window, qtbot)
    toasts = Toasts(window)
    error = toasts.show("IMG_4193.TIF was not added", "It is 27.4 MB.", "danger")
    passing = toasts.show("Copied")
    with qtbot.waitSignal(passing.closed):
        pass
    asking = toasts.show("5 files look like pictures that are here", "", "warning", "Compare")
    qtbot.wait(60)
    assert toasts.shown == [error, asking]
    assert toasts.dismiss_newest() and toasts.dismiss_newest()
    assert not toasts.dismiss_newest()


def test_toasts_lie_over_the_part_that_is_theirs(window, qtbot):
    window.resize(1000, 600)
    window.show()
    ground, side = QWidget(window), QWidget(window)
    ground.setGeometry(100, 50, 500, 400)
    side.setGeometry(600, 50, 400, 550)
    ground.show()
    side.show()
    toasts = Toasts(window, 28)
    toasts.stand_on(ground)
    toast = toasts.show("Alt text written", action="Undo")
    assert ground.geometry().contains(toast.geometry())
    ground.resize(450, 300)
    assert ground.geometry().contains(toast.geometry())
    ground.resize(120, 300)  # too narrow for a sentence
    assert toast.width() == 400
    ground.resize(450, 300)
    ground.setParent(None)
    ground.deleteLater()
    qtbot.waitUntil(lambda: toasts._ground is None)
    toasts.stand_on(side)
    assert side.geometry().contains(toast.geometry())


def test_what_was_undone_is_told_no_more(window):
    toasts = Toasts(window)
    first, second = toasts.show("A", change=1), toasts.show("B", change=2)
    other = toasts.show("C")
    toasts.withdraw({2, 3})
    assert toasts.shown == [first, other] and second.isHidden()


def test_toasts_stack_without_covering_each_other(window, qtbot):
    put(window, qtbot)
    toasts = Toasts(window)
    boxes = [toasts.show(f"Message {at}").geometry() for at in range(3)]
    boxes = [toast.geometry() for toast in toasts.shown]
    assert all(not a.intersects(b) for a in boxes for b in boxes if a is not b)
    for at in range(5):
        toasts.show(f"More {at}")
    assert len(toasts.shown) == 4


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_press_a_button(light, qtbot, key):
    made = button("Go on")
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


def test_the_words_of_an_empty_state_stand_in_the_middle(qtbot, light):
    state = EmptyState("image", "Nothing is here", "It was moved, or deleted by somebody else.")
    qtbot.addWidget(state)
    state.resize(1000, 600)
    state.show()
    for each in (state._title, state._text):
        assert abs(each.geometry().center().x() - 500) <= 1


def test_a_choice_that_is_too_narrow_ends_in_dots(window, qtbot):
    made = Choice()
    made.addItem("8214 E Juniper Court, San Tan Valley")
    put(window, qtbot, made)
    said = {}
    for width in (120, 700):
        made.setFixedWidth(width)
        option = QStyleOptionComboBox()
        made.initStyleOption(option)
        said[width] = option.currentText
    assert said[120].endswith("…")
    assert said[700] == made.currentText()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_key_of_a_button_that_cannot_be_used_is_the_fainter(qtbot, mode):
    before = theme().mode
    theme().set_mode(mode)
    button = KeyButton("", "X")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())

    def edge():
        image = button.grab().toImage()
        ground = image.pixelColor(image.width() // 2, 4).lightness()
        middle = image.height() // 2
        left = (image.width() - Height.KEY) // 2
        near = [image.pixelColor(x, middle).lightness() for x in range(left - 1, left + 3)]
        return max(abs(each - ground) for each in near)

    used = edge()
    button.setEnabled(False)
    assert 0 < edge() < used
    theme().set_mode(before)


class Painted(BareButton):
    def paintEvent(self, event):
        pass


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "made", [lambda: icon_button("x", "Close"), lambda: Chip("Photos"), Painted]
)
def test_enter_presses_whatever_button_has_the_keyboard(window, qtbot, made, enter):
    pressed = made()
    put(window, qtbot, pressed)
    clicks = []
    pressed.clicked.connect(lambda: clicks.append(True))
    hold(pressed, enter)
    assert len(clicks) == 1
    qtbot.keyClick(pressed, enter, Qt.KeyboardModifier.ControlModifier)
    assert len(clicks) == 1
