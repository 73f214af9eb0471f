from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from artitec_media_desktop.ui.panels.library.grid.layout import GridLayout

layouts = st.builds(
    GridLayout,
    thumb=st.integers(12, 40).map(lambda step: step * 8),
    width=st.integers(50, 3000),
    count=st.integers(1, 300),
)


def test_five_cells_of_128_fill_720_pixels_as_drawn():
    layout = GridLayout(128, 720, 41)
    assert layout.columns == 5 and layout.lines == 9
    assert layout.rect(0) == QRect(12, 12, 136, 124)
    assert layout.rect(6) == QRect(152, 140, 136, 124)
    assert layout.rect(4).right() + 1 == 720 - 12
    assert layout.height == 12 + 9 * 128 - 4 + 12


def test_a_scroll_bar_costs_no_column():
    assert GridLayout(128, 720 - 9, 41).columns == 5


def test_a_million_rows_are_arithmetic():
    layout = GridLayout(128, 720, 1_000_000)
    assert layout.rect(999_999).bottom() < layout.height
    assert layout.row_at(20, layout.rect(999_995).top() + 10) == 999_995


@given(layouts, st.data())
def test_every_cell_is_found_where_it_is(layout, data):
    row = data.draw(st.integers(0, layout.count - 1))
    rect = layout.rect(row)
    for point in (rect.topLeft(), rect.bottomRight(), rect.center()):
        assert layout.row_at(point.x(), point.y()) == row
    assert layout.row_at(rect.left() - 1, rect.top()) is None
    assert layout.row_at(rect.left(), rect.bottom() + 1) is None


@given(layouts, st.data())
def test_what_is_in_view_is_every_cell_a_strip_touches(layout, data):
    top = data.draw(st.integers(0, layout.height))
    high = data.draw(st.integers(1, 2000))
    first, last = layout.between(top, top + high)
    for row in range(layout.count):
        rect = layout.rect(row)
        if rect.bottom() >= top and rect.top() <= top + high:
            assert first <= row <= last


@given(layouts, st.data())
def test_a_rubber_band_takes_exactly_what_it_touches(layout, data):
    xs, ys = st.integers(-50, layout.width + 50), st.integers(-50, layout.height + 50)
    one = QPoint(data.draw(xs), data.draw(ys))
    other = QPoint(data.draw(xs), data.draw(ys))
    area = QRect(
        QPoint(min(one.x(), other.x()), min(one.y(), other.y())),
        QPoint(max(one.x(), other.x()), max(one.y(), other.y())),
    )
    taken = {row for first, last in layout.inside(area) for row in range(first, last + 1)}
    assert taken == {row for row in range(layout.count) if layout.rect(row).intersects(area)}
