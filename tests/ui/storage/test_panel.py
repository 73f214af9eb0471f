"""The storage page: sums, charts by mouse and keys, counting, checking, and the table."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.limits import size_text
from artitec_media_desktop.services.analytics import Analytics
from artitec_media_desktop.ui.panels.storage import StoragePanel, words
from artitec_media_desktop.ui.panels.storage.charts import scale, shares
from artitec_media_desktop.ui.panels.storage.table import table
from artitec_media_desktop.ui.table_file import save_table
from artitec_media_desktop.ui.theme import Mode, theme

from .conftest import GB, MONTH, WILLOW


def texts(widget):
    return [each.text() for each in widget.findChildren(QLabel)]


def test_key_figures(panel):
    shown = texts(panel.tiles)
    assert "9 GB" in shown and "30 files, originals only" in shown
    assert "3 GB" in shown  # in the trash
    assert "Videos 1 GB" in shown


def test_the_keyboard_goes_to_the_bars_when_they_come(app, sums, qtbot):
    made = StoragePanel(app)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.take_focus()
    assert not made.by_place.hasFocus()
    made.activate()
    assert made.by_place.hasFocus()


def test_keys_go_from_bar_to_bar_and_show_what_it_stands_for(panel, qtbot):
    chart = panel.by_place
    assert [bar.label for bar in chart.bars] == ["Properties", "Communities"]
    chart.setFocus()
    assert chart.accessibleName() == "By place and kind. Properties: 21 files, 7 GB"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert "Communities: 9 files, 2 GB" in chart.accessibleName()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    ((page, search),) = panel.went
    assert (page, search.text) == ("library", "entity:community")
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 0


def test_a_click_on_a_month_shows_what_came_in_it(panel, qtbot):
    chart = panel.by_month
    assert len(chart.bars) == 12 and chart.current == 11
    spot = chart.box(11).center().toPoint()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot)
    assert panel.went[-1][1].text == f"added:{MONTH}"
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.box(0).center().toPoint())
    assert len(panel.went) == 1  # nothing came then
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert len(panel.went) == 1


def test_statuses_say_their_share(panel):
    labels = [bar.label for bar in panel.by_status.bars]
    assert labels == ["Approved, 96.7%", "Pending, 3.3%", "Flagged, 0.0%", "Rejected, 0.0%"]
    panel.by_status.chosen.emit(panel.by_status.bars[1].search)
    assert panel.went[-1][1].text == "status:pending"


def test_within_a_scope_the_rest_is_searched_for_there(panel, sums):
    panel.scope.setCurrentIndex(panel.scope.findData(EntityType.PROPERTY.value))
    assert sums.asked[-1] is EntityType.PROPERTY
    assert panel.by_status.bars[1].search.text == "entity:property status:pending"
    panel.freeing.large.button.click()
    assert panel.went[-1][1].text == "entity:property type:image size:>8mb"


def test_what_can_be_freed_and_the_largest_lead_on(panel):
    panel.freeing.trash.button.click()
    assert panel.went[-1] == ("trash", None)
    (name,) = panel.largest.findChildren(QPushButton)
    name.click()
    assert panel.went[-1] == ("library", WILLOW.ref)


def test_counting_adds_the_smaller_sizes(panel):
    assert "not counted yet" in panel.held.counted.text()
    panel.count.click()
    assert "150 objects, 11 GB" in panel.held.counted.text()
    assert "11 GB" in texts(panel.tiles)  # 9 and 2
    assert panel.by_place.bars[0].parts[-1].token == "chart3"


def test_the_check_says_what_it_found_and_leads_there(panel, sums):
    sums.findings.missing_objects = [{"public_id": "MED-1-AAAAAA", "key": "a.jpg"}]
    sums.findings.orphan_objects = [{"key": "b.jpg", "size": 3}]
    panel.held.check.click()
    shown = texts(panel.held)
    assert "Entries without their file" in shown and "All sizes are right" in shown
    buttons = {e.text(): e for e in panel.held.findChildren(QPushButton)}
    buttons["Show"].click()
    assert panel.went[-1][1].text == "MED-1-AAAAAA"


def test_one_thing_at_a_time(panel, app):
    app.runner.held = True
    panel.count.click()
    assert not panel.count.isEnabled() and not panel.held.check.isEnabled()
    app.runner.release()
    assert panel.count.isEnabled()


def test_a_fault_before_and_after_there_was_something(panel, sums):
    sums.error = Transient("gone", "The database does not answer.")
    panel.refresh()
    assert panel.sentence.text() == "Not up to date: The database does not answer."
    panel.figures = None
    panel.refresh()
    assert panel.state.isVisible() and "did not answer" in panel.state.accessibleName()
    sums.error = None
    panel.refresh()
    assert panel.by_place.isVisible()


def test_an_empty_library_says_where_to_begin(panel, sums):
    sums.sums = Analytics(0, 0, (), (), (), ())
    panel.refresh()
    assert "Nothing is stored yet" in panel.state.accessibleName()


def test_it_is_read_anew_only_after_something_happened(panel, sums, app):
    before = len(sums.asked)
    panel.activate()
    assert len(sums.asked) == before
    app.changes.happened.emit(object())
    panel.activate()
    assert len(sums.asked) == before + 1


def test_the_table(panel, tmp_path):
    panel.figures.places[0][1]
    text = table(panel.figures)
    assert text.splitlines()[0] == "By,Of,Kind,Files,Bytes"
    assert f"place,property,IMAGE,20,{6 * GB}" in text.splitlines()
    assert f"largest,Willow Creek (CMY-456),,9,{2 * GB}" in text.splitlines()
    save_table(text, str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_text("utf-8-sig") == text.replace("\r\n", "\n")


def test_both_themes_are_painted(panel):
    light = panel.grab().toImage()
    theme().set_mode(Mode.DARK)
    dark = panel.grab().toImage()
    assert light.pixelColor(4, 4).lightness() > 200 > 80 > dark.pixelColor(4, 4).lightness()


def test_a_narrow_window_has_one_column(panel, qtbot):
    panel.resize(780, 600)
    assert panel._columns == 1
    qtbot.waitUntil(lambda: panel.by_month.width() > 600)


@pytest.mark.parametrize(
    ("most", "step"), [(0, GB), (29, 10), (30 * 1024, 10 * 1024), (12 * GB, 4 * GB), (13, 5)]
)
def test_the_lines_of_a_chart_are_round_and_reach_above(most, step):
    found, lines = scale(most)
    assert found == step and (found * lines >= most)


def test_words():
    now = datetime.now(UTC)
    assert words.ago(now - timedelta(minutes=6), now) == "6 minutes ago"
    assert words.ago(now - timedelta(days=1, hours=2), now) == "1 day ago"
    assert words.share(1, 100_000) == "under 0.1%"
    assert size_text(int(98.9 * GB)) == "98.9 GB"
    assert size_text(GB - 1 << 10 >> 10) == "1024 MB"
    assert words.place("home_plan") == "Home plan"


def test_a_bar_of_shares_is_full_and_little_is_seen():
    assert shares([85, 0, 0, 0], 600) == [600, 0, 0, 0]
    assert shares([0, 0], 600) == [0, 0]
    most, few, none, fewer = shares([49_327, 18, 0, 2], 600)
    assert (few, none, fewer) == (6, 0, 6)
    assert most == pytest.approx(588)
