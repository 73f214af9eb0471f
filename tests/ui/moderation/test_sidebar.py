"""The sidebar: what is said of an item, what is not, and the reasons."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.moderation import Lease, Look, Policy, Reason, Rule
from artitec_media_desktop.ui.panels.moderation.facts_words import (
    breakable,
    history_line,
    lasting,
)
from artitec_media_desktop.ui.panels.moderation.sidebar.sidebar import Sidebar
from artitec_media_desktop.ui.theme import theme

from .facts import WILLOW, S, claimed, facts, record


def png(*colors):
    """Stripes of a clear picture, which nobody can take for its blur."""
    image = QImage(144, 108, QImage.Format.Format_RGB32)
    for x in range(image.width()):
        for y in range(image.height()):
            image.setPixelColor(x, y, QColor(colors[x // 4 % len(colors)]))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


@pytest.fixture
def known(app):
    app.known = {f"MED-{n}": facts(n) for n in range(1, 6)}
    app.read = []

    def of(public_id):
        app.read.append(public_id)
        found = app.known[public_id]
        if isinstance(found, Exception):
            raise found
        return found

    app.review_facts = SimpleNamespace(of=of)
    app.policy = SimpleNamespace(get=lambda: Policy(reasons=(Reason("spam", "Spam"),)))
    app.library.picture = lambda media, pixels: png("black", "white")
    return app.known


@pytest.fixture
def sidebar(app, known, light, qtbot):
    made = Sidebar(app)
    qtbot.addWidget(made)
    made.resize(312, 840)
    made.show()
    return made


def told(sidebar):
    """Every word that is in view."""
    words = [each.text() for each in sidebar.findChildren(QLabel) if each.isVisible()]
    return " | ".join(words).replace("\u200b", "")


def settle(sidebar, app, public_id, qtbot):
    qtbot.waitUntil(lambda: public_id in app.read)


def test_the_facts_of_an_item(sidebar, app, qtbot):
    sidebar.show_item(claimed())
    assert "First sail" in told(sidebar)  # before anything was read
    settle(sidebar, app, "MED-1", qtbot)
    words = told(sidebar)
    for each in (
        "“First sail of the season.”",
        "post media",
        "Jordan T., resident",
        "JPG · 2560\u00a0×\u00a01920 · 1.9\u00a0MB",
        "Red sailboat at the dock",
        "GPS data was removed",
        "41 approved",
        "1 rejected",
        "not about the community",
        "Nothing found",
        "score 0.02",
        "A hint only. The decision is yours.",
        "Looks like a rejected picture: Unsafe or offensive",
    ):
        assert each in words
    assert sidebar.facts.place.text() == "Willow Creek"
    assert sidebar.facts.waiting.text == "2 days, 6 hours"
    assert sidebar.facts.waiting.is_urgent


def test_what_came_today_is_not_amber(sidebar):
    sidebar.show_item(claimed(hours=2))
    assert sidebar.facts.waiting.text == "2 hours"
    assert not sidebar.facts.waiting.is_urgent


def test_the_place_leads_to_its_page(sidebar, app, qtbot):
    went = []
    sidebar.place_wanted.connect(went.append)
    sidebar.show_item(claimed())
    assert not sidebar.facts.place.isEnabled()  # nobody knows yet which one it is
    settle(sidebar, app, "MED-1", qtbot)
    sidebar.facts.place.click()
    assert went == [WILLOW]


def test_facts_that_come_late_are_not_told_of_another_item(sidebar, app, qtbot):
    app.known["MED-1"] = facts(uploader_name="Somebody Else")
    app.runner.held = True
    sidebar.show_item(claimed(1))
    qtbot.waitUntil(lambda: bool(app.runner.waiting))
    sidebar.show_item(claimed(2))
    app.runner.release()
    assert "Somebody Else" not in told(sidebar)


def test_who_decides_quickly_asks_for_no_facts(sidebar, app, qtbot):
    for number in (1, 2, 3):
        sidebar.show_item(claimed(number))
    settle(sidebar, app, "MED-3", qtbot)
    assert app.read == ["MED-3"]


@pytest.mark.parametrize("look", [Look.SAMPLE, Look.APPEAL])
def test_a_second_look_names_nobody(sidebar, app, qtbot, look):
    sidebar.show_item(claimed(look=look, asked="It is my own boat."))
    settle(sidebar, app, "MED-1", qtbot)
    words = told(sidebar)
    assert "Ada" not in words and "u9" not in words
    asks = "The uploader asks: “It is my own boat.”"
    assert (asks if look is Look.APPEAL else "somebody approved this") in words


def test_the_history_names_people_otherwise(sidebar, app, qtbot):
    sidebar.show_item(claimed())
    settle(sidebar, app, "MED-1", qtbot)
    assert "Advertising, by Ada Byron" in told(sidebar)


def test_what_a_rule_decided_is_not_said_of_a_person():
    line = history_line(record(1, S.FLAGGED, rule=Rule.KNOWN_BAD), Policy(), {"u9": "Ada"})
    assert "at the door" in line and "Ada" not in line
    undone = record(1, S.FLAGGED, undone_at=datetime.now(UTC))
    assert history_line(undone, Policy(), {}).endswith("taken back")


def test_an_error_says_what_happened(sidebar, app, qtbot):
    app.known["MED-1"] = Transient("no_database", "The database does not answer.")
    sidebar.show_item(claimed())
    settle(sidebar, app, "MED-1", qtbot)
    assert "The database does not answer." in told(sidebar)
    sidebar.show_item(claimed(2))
    assert "The database does not answer." not in told(sidebar)


def test_rejected_lookalikes_are_never_clear(sidebar, app, qtbot):
    opened = []
    sidebar.similar_opened.connect(opened.append)
    sidebar.show_item(claimed())
    settle(sidebar, app, "MED-1", qtbot)
    row = sidebar.background.similar
    approved, rejected = row.thumbs[:2]  # the nearest first
    assert (approved.similar.status, rejected.similar.status) == (S.APPROVED, S.REJECTED)
    assert row.thumbs[2].isHidden()

    def spread(thumb):
        """How far its colours are apart over its lower part, where no sign is painted."""
        image = thumb.grab().toImage()
        line = [image.pixelColor(x, 8).lightness() for x in range(4, 68)]
        return max(line) - min(line)

    qtbot.waitUntil(lambda: spread(approved) > 200)
    qtbot.waitUntil(lambda: row.pictures.get(rejected.similar, 1.0) is not None)
    assert spread(rejected) < 60
    rejected.click()
    assert opened == ["MED-7"]


def test_reasons_by_number(sidebar, qtbot):
    chosen = []
    sidebar.reason_chosen.connect(chosen.append)
    sidebar.show_item(claimed())
    assert [each.code for each in sidebar.reasons][-1] == "other"
    row = sidebar.list.rows[2]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert chosen == ["advertising"]
    assert row.accessibleName() == "3: Advertising"
    sidebar.arm_reject(True, flagging=True)
    assert "Reasons to flag" in told(sidebar)
    sidebar.arm_reject(False)
    assert "Reasons to reject" in told(sidebar)


def test_reasons_of_the_policy(sidebar):
    sidebar.read_policy()
    assert [each.text for each in sidebar.reasons] == ["Spam"]
    assert [row.text() for row in sidebar.list.rows] == ["Spam"]


def test_reasons_are_always_in_view_and_none_without_an_item(sidebar, app, qtbot):
    assert not sidebar.list.isVisible()
    sidebar.resize(312, 560)
    sidebar.show_item(claimed())
    settle(sidebar, app, "MED-1", qtbot)
    bar = sidebar.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for at in (0, bar.maximum()):
        bar.setValue(at)
        for part in (*sidebar.list.rows, sidebar.list.note):
            assert part.visibleRegion().boundingRect() == part.rect()
            assert part.mapTo(sidebar, part.rect().bottomLeft()).y() < sidebar.foot.y()
    sidebar.show_item(None)
    assert not sidebar.list.isVisible()


def test_the_facts_take_the_keyboard_only_where_there_are_some(sidebar):
    taken = []
    for item in (None, claimed(), None):
        sidebar.show_item(item)
        taken.append(bool(sidebar.area.focusPolicy() & Qt.FocusPolicy.TabFocus))
    assert taken == [False, True, False]


def test_the_note(sidebar, qtbot):
    entered, dropped = [], []
    sidebar.note_entered.connect(lambda: entered.append(sidebar.note()))
    sidebar.note_dropped.connect(lambda: dropped.append(True))
    sidebar.show_item(claimed(1))
    qtbot.keyClicks(sidebar.list.note, " a blurred face ")
    qtbot.keyClick(sidebar.list.note, Qt.Key.Key_Return)
    assert entered == ["a blurred face"]
    qtbot.keyClick(sidebar.list.note, Qt.Key.Key_Escape)
    assert dropped
    sidebar.show_item(claimed(1))
    assert sidebar.note() == "a blurred face"  # the same one, renewed
    sidebar.show_item(claimed(2))
    assert sidebar.note() == ""


def test_how_long_it_is_held(sidebar):
    sidebar.show_item(claimed(minutes=9.5))
    foot = sidebar.foot
    assert (foot.words.text(), foot.left.text()) == ("Held for you, nobody else sees it", "9 min")
    foot.tell(datetime.now(UTC) + timedelta(minutes=8, seconds=50))
    assert foot.left.text().endswith(" s")
    foot.tell(datetime.now(UTC) + timedelta(minutes=10))
    assert foot.words.text() == "Your time ran out: others may get it"
    sidebar.show_lease(Lease("MED-1", "t", "u1", datetime.now(UTC) + timedelta(minutes=20.5)))
    assert foot.left.text() == "20 min"


@pytest.mark.parametrize("wide", [440, 264, 312])
def test_nothing_is_wider_than_the_column(sidebar, app, qtbot, wide):
    long = "x" * 300
    app.known["MED-1"] = facts(entity_name=long, uploader_name=long)
    sidebar.resize(wide, 500)
    item = claimed(caption=long, alt_text=long)
    name = replace(item.item.media, original_filename=f"{long}.jpg")
    sidebar.show_item(replace(item, item=replace(item.item, media=name)))
    settle(sidebar, app, "MED-1", qtbot)
    body, view = sidebar.area.widget(), sidebar.area.viewport()
    assert body.width() == view.width()
    assert body.minimumSizeHint().width() <= view.width()


def test_words():
    assert lasting(timedelta(seconds=20)) == "under a minute"
    assert lasting(timedelta(days=2, minutes=5)) == "2 days"
    assert lasting(timedelta(days=1, hours=1)) == "1 day, 1 hour"
    assert breakable("a b") == "a b" and "\u200b" in breakable("x" * 30)


def test_it_follows_the_theme(sidebar):
    sidebar.show_item(claimed())
    ground = sidebar.grab().toImage().pixelColor(2, 300)
    assert ground == theme().color("surface")
