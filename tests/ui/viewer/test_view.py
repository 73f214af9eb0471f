import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from artitec_media_desktop.ui.viewer.view import LARGEST, View

PHOTO, ROOM = QSizeF(4000, 3000), QSizeF(1000, 600)


def test_all_of_it_is_shown_in_the_middle():
    assert View().rect(PHOTO, ROOM) == QRectF(100, 0, 800, 600)
    assert View(turns=1).rect(PHOTO, ROOM) == QRectF(275, 0, 450, 600)


def test_a_small_picture_is_not_enlarged():
    assert View().scale(QSizeF(200, 100), ROOM) == 1


def test_what_is_under_the_pointer_stays_there():
    at, room = QPointF(700, 200), QSizeF(800, 600)

    def spot(view):
        rect = view.rect(PHOTO, room)
        return (at.x() - rect.x()) / rect.width(), (at.y() - rect.y()) / rect.height()

    before, view = spot(View()), View()
    for _ in range(8):
        view = view.zoomed(1.25, at, PHOTO, room)
        assert spot(view) == pytest.approx(before, abs=0.003)


def test_one_to_one_and_the_bounds():
    view = View().at_scale(1.0, QPointF(500, 300), PHOTO, ROOM)
    assert view.scale(PHOTO, ROOM) == pytest.approx(1)
    assert view.rect(PHOTO, ROOM) == QRectF(-1500, -1200, 4000, 3000)
    assert view.zoomed(1000, QPointF(0, 0), PHOTO, ROOM).scale(PHOTO, ROOM) == LARGEST
    assert view.zoomed(0.001, QPointF(0, 0), PHOTO, ROOM) == View()


def test_moving_ends_at_the_edges():
    view = View().at_scale(1.0, QPointF(500, 300), PHOTO, ROOM)
    assert view.panned(QPointF(10, 20), PHOTO, ROOM).rect(PHOTO, ROOM).x() == -1490
    far = view.panned(QPointF(9999, -9999), PHOTO, ROOM).rect(PHOTO, ROOM)
    assert (far.left(), far.bottom()) == (0, 600)
    assert View().panned(QPointF(50, 50), PHOTO, ROOM) == View()


def test_four_turns_are_none():
    view = View(zoom=3, x=0.2, y=0.3)
    assert view.turned(1) == View(3, 0.7, 0.2, 1)
    for _ in range(4):
        view = view.turned(1)
    assert (view.x, view.y, view.turns) == (pytest.approx(0.2), pytest.approx(0.3), 0)
    assert view.turned(-1).turns == 3
