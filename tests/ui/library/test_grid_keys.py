from array import array

from artitec_media_desktop.ui.panels.library.grid.keys import Difference, Keys


def test_of_many_selected_there_is_an_array():
    keys = Keys.of(array("q", range(1, 30_001)))
    found = keys.of_runs([(0, 9), (100, 20_000), (29_999, 40_000)])
    assert isinstance(found, array)
    assert list(found) == [*range(1, 11), *range(101, 20_002), 30_000]
    assert keys.of_runs([(2, 4)]) == [3, 4, 5] and keys.of_runs([]) == []


def test_what_comes_twice_counts_once():
    assert Keys.of([5, 3, 5, 9, 3]).between(0, 9) == [5, 3, 9]


def test_rows_by_id():
    keys = Keys.of([50, 10, 30])
    assert [keys.row_of(key) for key in (50, 10, 30, 20, 60)] == [0, 1, 2, None, None]
    assert Keys().row_of(1) is None and keys.lacking([10, 20]) == [20]


def test_some_before_another_or_last():
    keys = Keys.of([1, 2, 3, 4, 5])
    assert keys.moved([4, 2], 1).between(0, 9) == [4, 2, 1, 3, 5]
    assert keys.moved([1], None).between(0, 9) == [2, 3, 4, 5, 1]
    assert keys.moved([2, 3], 3).between(0, 9) == [1, 2, 3, 4, 5]


def test_a_million_rows_change_in_a_few_places_or_start_afresh():
    old = Keys.of(array("q", range(1, 1_000_001)))
    ids = old.ids.tolist()
    few = Difference.between(old, Keys.of([*ids[:10], *ids[11:], 2_000_000]))
    assert (few.afresh, few.gone, few.come) == (False, [(10, 10)], [(999_999, 999_999)])
    turned = Difference.between(old, Keys.of(ids[::-1]))
    assert turned.afresh and turned.followed([(0, 2)]) == [(999_997, 999_999)]
