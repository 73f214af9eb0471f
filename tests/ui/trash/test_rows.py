from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.ui.panels.trash import words
from artitec_media_desktop.ui.panels.trash.model import TrashModel

from .conftest import item

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def fill(trash, count):
    trash.items = [item(number) for number in range(1, count + 1)]


def test_a_page_is_read_when_its_rows_come_near(panel, trash, qtbot):
    fill(trash, 1000)
    panel.activate()
    assert panel.rows.rowCount() == 100
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 200)
    assert trash.asked[-1] == ("", 100, 100)


def test_to_the_end_and_no_further(panel, trash, qtbot):
    fill(trash, 250)
    panel.activate()
    for _ in range(5):
        panel.view.scrollToBottom()
    assert panel.rows.rowCount() == 250
    assert len({each.media.public_id for each in panel.rows.items}) == 250
    asked = len(trash.asked)
    panel.view.scrollToBottom()
    assert len(trash.asked) == asked


def test_select_all_means_all_that_there_is(panel, trash, qtbot):
    fill(trash, 10_000)
    panel.activate()
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.view.selected_items()) == 10_000
    assert panel.said[-1].replace(",", "").startswith("10000 of 10000 selected")


def test_an_older_answer_never_replaces_a_newer_one(app, trash):
    model = TrashModel(app)
    app.runner.held = True
    model.reload()
    model.find("img_3")
    second = app.runner.waiting.pop()
    second()
    app.runner.release()
    assert [each.media.public_id for each in model.items] == ["MED-3"]


def test_reading_anew_keeps_the_rows_that_were_read(panel, trash):
    fill(trash, 300)
    panel.activate()
    panel.view.scrollToBottom()
    count = panel.rows.rowCount()
    trash.items.pop(0)
    panel.refresh()
    assert panel.rows.rowCount() >= count


def test_days_left_end_with_the_last_one():
    made = item(1)
    for hours, said in ((49, "3 days left"), (24, "Last day"), (1, "Last day"), (-1, "Due to go")):
        one = replace(made, expires_at=NOW + timedelta(hours=hours))
        assert words.kept(one, NOW) == said


def test_a_place_that_is_gone_still_says_what_is_known():
    assert words.place(item(1)) == "Willow Creek · Photos"
    assert words.place(replace(item(1), entity=None)) == "community 1, which is gone"
    assert "an account that is gone" in words.deleted(replace(item(1), deleted_by=None))


def test_a_row_is_said_aloud_with_the_reason(app, trash):
    trash.items[0] = replace(trash.items[0], may_restore=Decision(False, "Only an admin."))
    model = TrashModel(app)
    model.reload()
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for each in (
        "IMG_1.jpg",
        "Willow Creek · Photos",
        "Dana Ruiz",
        "28 days left",
        "Only an admin.",
    ):
        assert each in said


def test_pictures_come_through_the_library(panel, app, trash, qtbot, tmp_path):
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    image.save(str(tmp_path / "a.png"))
    asked = []

    def picture(media, pixels):
        asked.append(media.public_id)
        return (tmp_path / "a.png").read_bytes()

    app.library.picture = picture
    panel.activate()
    qtbot.waitUntil(lambda: len(set(asked)) == 5)
    qtbot.waitUntil(
        lambda: panel.view.viewport().grab().toImage().pixelColor(30, 20) == QColor("#FF0000")
    )


def test_a_long_name_is_cut_in_the_question():
    made = item(1)
    long = replace(made.media, original_filename="x" * 200 + "-0042.jpg")
    said = words.what_goes([replace(made, media=long)], 1)
    assert len(said) == 40
    assert said.endswith("-0042.jpg")


def test_a_page_that_does_not_come_is_asked_for_once(panel, trash):
    fill(trash, 300)
    panel.activate()
    trash.error = Transient("down", "The database is silent.")
    asked = len(trash.asked)
    panel.view.scrollToBottom()
    assert len(trash.asked) == asked + 1
    assert panel.view.isVisible()
    assert panel.bar.found.text() == "Not up to date"
    assert panel.bar.found.toolTip() == "The database is silent."
    trash.error = None
    panel.view.scrollToTop()
    panel.view.scrollToBottom()
    assert panel.rows.rowCount() == 200
    assert panel.bar.found.text() == ""


def test_rows_of_another_search_do_not_stand_for_one_that_failed(panel, trash):
    panel.activate()
    trash.error = Transient("down", "The database is silent.")
    panel.rows.find("img_3")
    assert panel.state.isVisible()
    trash.error = None
    panel.refresh()
    assert [each.media.public_id for each in panel.rows.items] == ["MED-3"]
