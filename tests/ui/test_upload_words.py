from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.domain.uploads import ItemProgress, UploadState
from artitec_media_desktop.ui import upload_words as words
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.places import PHOTOS

S = UploadState
MB = 1024 * 1024


@pytest.fixture
def queue(app, qapp):
    return UploadQueue(app)


def test_sizes_and_paces():
    assert words.of_size(214 * MB, 498 * MB) == "214 of 498 MB"
    assert words.of_size(10 * 1024, 500 * 1024) == "10 of 500 KB"
    assert words.speed(6.2 * MB) == "6.2 MB/s"
    assert words.speed(0.0) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (5, "Less than a minute left"),
        (62, "About 1 min left"),
        (45, "About 1 min left"),
        (1500, "About 25 min left"),
        (7300, "About 2 hours left"),
    ],
)
def test_time_left(seconds, text):
    assert words.time_left(seconds) == text


def test_one_file_is_not_files():
    assert (words.files(1), words.files(60)) == ("1 file", "60 files")


def test_a_time_of_another_day_names_the_day():
    now = datetime.now(UTC)
    assert "," not in words.clock_time(now)
    assert "," in words.clock_time(now - timedelta(days=3))
    assert words.clock_time(None) == ""


def test_a_time_without_a_zone_is_utc():
    moment = datetime(2025, 10, 14, 14, 6)
    assert words.clock_time(moment) == words.clock_time(moment.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Waiting"),
        ({"attempts": 2}, "Waiting to try again"),
        ({"state": S.DONE}, "Added"),
        ({"state": S.DUPLICATE}, "Already here"),
        ({"state": S.SKIPPED}, "Left out"),
        ({"state": S.WORKING}, "Checking"),
        (
            {"state": S.FAILED, "error": ("too_large", "Too large. Images can be up to 20 MB.")},
            "Too large. Images can be up to 20 MB.",
        ),
        ({"state": S.FAILED}, "Something went wrong."),
        ({"state": S.SKIPPED, "error": ("cancelled", "“a” was cancelled.")}, "“a” was cancelled."),
    ],
)
def test_states(queue, make_item, changes, text):
    assert words.state_text(queue, make_item(**changes)) == text


def test_sending_says_how_far(queue, app, make_item):
    item = make_item(S.WORKING)
    app.pump.items_changed.emit((item,))
    app.pump.progressed.emit((ItemProgress(item.id, "sending", 1, 2, 1.0),))
    assert words.state_text(queue, item) == "68%"
    app.pump.progressed.emit((ItemProgress(item.id, "making", 0, 0, 0.0),))
    assert words.state_text(queue, item) == "Making smaller sizes"


def test_a_duplicate_says_what_it_matches(make_item):
    same = make_item(S.DUPLICATE, duplicate_of="MED-1", distance=0)
    near = make_item(S.DONE, duplicate_of="MED-1", distance=3, note="The name says PNG.")
    assert words.remark(same) == "The same file as MED-1"
    assert words.remark(near) == "Looks like MED-1. The name says PNG"


def test_a_row_is_spoken_whole(queue, app, make_item):
    item = make_item(S.DUPLICATE, duplicate_of="MED-1", distance=0, size=2 * MB)
    app.pump.items_changed.emit((item,))
    assert words.spoken(queue, item) == (
        "IMG_4161.jpg, Willow Creek · Photos, 2 MB, Already here, The same file as MED-1"
    )


def test_a_batch_for_several_places_says_so(queue, app, make_item):
    there = make_item(place=replace(PHOTOS, entity_id=789, public_id="PROP-789"))
    app.pump.items_changed.emit((make_item(), there))
    title = words.batch_title(queue, queue.batches[1])
    assert title.endswith(" and other places")
