from itertools import count

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.tasks.runner import Pool
from artitec_media_desktop.ui.panels.library import thumbnails as module
from artitec_media_desktop.ui.panels.library.pixmap_cache import Miss, PixmapCache
from artitec_media_desktop.ui.panels.library.thumbnails import (
    Thumbnails,
    center_crop,
    key_of,
    source_width,
)


def pixmap(width, height=10):
    made = QPixmap(width, height)
    made.fill()
    return made


def test_the_cache_is_bounded_by_bytes_and_forgets_the_longest_unused(qapp):
    cache = PixmapCache(limit=3 * 10 * 10 * 4)
    for key in (1, 2, 3):
        cache.put(key, 10, pixmap(10))
    assert cache.get(1, 10) is not None  # used just now
    cache.put(4, 10, pixmap(10))
    assert [cache.get(key, 10) is not None for key in (1, 2, 3, 4)] == [True, False, True, True]
    assert cache.bytes == 3 * 400


def test_one_that_is_larger_than_the_cache_is_kept_alone(qapp):
    cache = PixmapCache(limit=100)
    cache.put(1, 5, pixmap(5))
    cache.put(2, 50, pixmap(50))
    assert len(cache) == 1 and cache.get(2, 50) is not None


def test_misses_are_remembered_until_they_are_forgotten(qapp):
    cache = PixmapCache(limit=10_000)
    cache.put(1, 10, Miss("not_in_storage"))
    cache.put(2, 10, pixmap(10))
    assert cache.get(1, 10) == Miss("not_in_storage")
    cache.forget_misses()
    assert cache.get(1, 10) is None and cache.get(2, 10) is not None


def test_putting_twice_counts_once(qapp):
    cache = PixmapCache(limit=10_000)
    cache.put(1, 10, pixmap(10))
    cache.put(1, 10, pixmap(10))
    assert cache.bytes == 400 and len(cache) == 1


def test_the_next_best_width_stands_in_a_larger_one_first(qapp):
    cache = PixmapCache(limit=100_000)
    for width in (10, 30, 60):
        cache.put(1, width, pixmap(width))
    assert cache.nearest(1, 20).width() == 30
    assert cache.nearest(1, 90).width() == 60
    assert cache.nearest(2, 20) is None


@pytest.mark.parametrize(
    ("size", "pixel", "expected"),
    [
        ((400, 300), 128, (128, 96)),
        ((300, 400), 128, (128, 96)),
        ((1600, 400), 200, (200, 150)),
        ((401, 303), 130, (130, 98)),
        ((5, 4000), 128, (5, 4)),
        ((129, 96), 128, (128, 96)),
    ],
)
def test_the_middle_is_cut_out_at_4_to_3(make, size, pixel, expected):
    image = center_crop(make.jpeg(*size), pixel)
    assert (image.width(), image.height()) == expected


def test_a_photo_that_lies_on_its_side_is_turned_before_its_middle_is_cut_out(qapp):
    from io import BytesIO

    from PIL import Image

    picture, out = Image.new("RGB", (400, 300), "#ff0000"), BytesIO()
    picture.paste("#0000ff", (0, 0, 200, 300))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    picture.save(out, "JPEG", exif=exif)
    image = center_crop(out.getvalue(), 128)
    assert (image.width(), image.height()) == (128, 96)
    assert image.pixelColor(64, 5).blue() > 200 and image.pixelColor(64, 90).red() > 200


def test_small_pictures_are_not_enlarged(make):
    image = center_crop(make.jpeg(60, 90), 256)
    assert (image.width(), image.height()) == (60, 45)


def test_what_is_no_picture_is_said(qapp):
    for data in (b"", b"no picture at all"):
        with pytest.raises(Permanent) as caught:
            center_crop(data, 100)
        assert caught.value.code == "unreadable"


def test_a_wide_picture_is_asked_for_wide_enough_for_its_middle(make):
    assert source_width(make.media(1, width=4000, height=3000), 128) == 128
    assert source_width(make.media(1, width=3200, height=1800), 128) == 171
    assert source_width(make.media(1, width=3000, height=4000), 128) == 128
    assert source_width(make.media(1, width=None, height=None), 128) == 128


@pytest.fixture
def thumbnails(app):
    return Thumbnails(app)


def test_pictures_come_once_together_and_are_kept(thumbnails, app, make, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.ui.panels.library.thumbnails._BATCH_SECONDS", 600)
    rows = [make.media(1), make.media(2)]
    arrived = []
    thumbnails.arrived.connect(arrived.append)
    thumbnails.want("grid", rows, 128)
    assert arrived == [[1, 2]]
    assert thumbnails.get(1, 128).width() == 128
    started = app.runner.count
    thumbnails.want("grid", rows, 128)
    assert app.runner.count == started


@pytest.fixture
def fetched(app):
    """The numbers of the media whose pictures were fetched, in order."""
    numbers, fetch = [], app.library.picture
    app.library.picture = lambda row, pixels: numbers.append(row.id) or fetch(row, pixels)
    return numbers


def test_they_are_made_in_their_own_pool_by_few_workers_the_first_first(
    thumbnails, app, make, fetched
):
    app.runner.held = True
    thumbnails.want("grid", [make.media(number) for number in (7, 8, 9)], 128)
    assert [job.pool for job in app.runner.jobs] == [Pool.THUMBNAILS] * 2
    app.runner.release()
    assert fetched == [7, 8, 9]


def test_a_worker_hands_over_what_it_made_soon_and_takes_what_is_urgent_then(
    thumbnails, app, make, fetched, monkeypatch
):
    monkeypatch.setattr(module, "_WORKERS", 1)
    rows = [make.media(number) for number in range(1, 6)]
    clock = count()  # of each three looks at it the third is late: there is time for one
    monkeypatch.setattr(module, "monotonic", lambda: next(clock) % 3 // 2)
    app.runner.held = True
    thumbnails.want("grid", rows, 128)
    app.runner.step()
    thumbnails.want("grid", rows[::-1], 128)
    app.runner.release()
    assert fetched == [1, 5, 4, 3, 2]


def test_what_was_scrolled_away_is_not_begun(thumbnails, app, make, fetched):
    app.runner.held = True
    thumbnails.want("grid", [make.media(1), make.media(2)], 128)
    thumbnails.want("grid", [make.media(2), make.media(3)], 128)
    app.runner.release()
    assert fetched == [2, 3]


def test_what_another_place_still_wants_is_made(thumbnails, app, make, fetched):
    app.runner.held = True
    thumbnails.want("slots", [make.media(1), make.media(2)], 52)
    thumbnails.want("grid", [make.media(1), make.media(3)], 52)
    thumbnails.want("grid", [], 52)
    app.runner.release()
    assert fetched == [1, 2]


def test_what_is_being_made_is_not_made_twice(thumbnails, app, make, fetched):
    row = make.media(1)
    fetch = app.library.picture

    def asked_again(each, pixels):
        thumbnails.want("slots", [row], 128)
        return fetch(each, pixels)

    app.library.picture = asked_again
    thumbnails.want("grid", [row], 128)
    assert fetched == [1] and thumbnails.get(1, 128) is not None


def test_a_passing_fault_takes_nothing_from_what_was_made_before(thumbnails, app, make):
    fetch = app.library.picture

    def busy(row, pixels):
        if row.id == 2:
            raise Transient("busy", "The store is busy.")
        return fetch(row, pixels)

    app.library.picture = busy
    thumbnails.want("grid", [make.media(number) for number in (1, 2, 3)], 128)
    assert [thumbnails.get(key, 128) is not None for key in (1, 2, 3)] == [True, False, True]


def test_missing_files_are_remembered_passing_faults_are_not(thumbnails, app, make):
    app.library.pictures[1] = None
    thumbnails.want("grid", [make.media(1)], 128)
    assert thumbnails.get(1, 128) == Miss("not_in_storage")
    started = app.runner.count
    thumbnails.want("grid", [make.media(1)], 128)
    assert app.runner.count == started

    def busy(row, pixels):
        raise Transient("busy", "The store is busy.")

    app.library.picture = busy
    thumbnails.want("grid", [make.media(2)], 128)
    assert thumbnails.get(2, 128) is None
    thumbnails.want("grid", [make.media(2)], 128)
    assert app.runner.count == started + 2


def test_files_on_their_way_have_pictures_too(thumbnails, make):
    coming = make.upload(5)
    assert key_of(coming) == -5
    thumbnails.want("grid", [coming], 64)
    assert thumbnails.get(-5, 64).width() == 64


def test_another_screen_asks_for_pictures_of_its_own(panel, app, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(
        panel._thumbnails, "want", lambda owner, items, width: asked.append((owner, width))
    )
    parts = (panel.page.grid, panel.page.strip, panel.browser.recent)
    for part in parts:
        monkeypatch.setattr(type(part), "devicePixelRatioF", lambda self: 2.0)
        QApplication.sendEvent(part, QEvent(QEvent.Type.DevicePixelRatioChange))
    qtbot.waitUntil(lambda: len(asked) >= len(parts))
    assert ("grid", 2 * panel.page.grid.zoom) in asked
    assert len({owner for owner, _ in asked}) == len(parts)
