"""Groups over arrays, held against plain Python."""

from dataclasses import fields

import numpy as np
import pytest

from artitec_media_desktop.database.compared import Traits, seconds
from artitec_media_desktop.database.decisions import Member
from artitec_media_desktop.domain.duplicates import DEFAULT_RULES, Likeness, Rule, Verdict, rules_of
from artitec_media_desktop.services.duplicates.alike import crowds
from artitec_media_desktop.services.duplicates.grouping import grouped
from artitec_media_desktop.services.duplicates.nodes import known, nodes
from artitec_media_desktop.services.duplicates.settled import Settled
from artitec_media_desktop.services.duplicates.stars import Edges, stars


def traits_of(count, **columns):
    """Media 1, 2, 3 …, each older than the one before, with equal values otherwise."""
    ids = np.arange(1, count + 1)
    plain = {name: np.zeros(count, np.int64) for name in (each.name for each in fields(Traits))}
    plain |= {name: np.zeros(count, np.bool_) for name in ("primary", "approved", "has_alt")}
    plain |= {"ids": ids, "sizes": np.full(count, 10), "created": 1_000_000 - ids}
    return Traits(**plain | {name: np.array(values) for name, values in columns.items()})


def edges_of(*pairs):
    table = np.array(pairs, np.int64).reshape(-1, 3)
    return Edges(table[:, 0], table[:, 1], table[:, 2])


def groups(traits, files, edges, threshold=5, within=False, decided=(), rules=DEFAULT_RULES):
    files = np.array(files)
    found = nodes(traits, files, edges, within, known(Settled(decided), traits, files, {}))
    grouping = grouped(traits, files, found, threshold, rules)
    return [grouping.group(each) for each in range(grouping.count)]


def ids_of(found):
    return sorted(each.ids for each in found)


@pytest.mark.parametrize("seed", range(40))
def test_stars_are_those_of_plain_python(seed):
    random = np.random.default_rng(seed)
    count = int(random.integers(2, 40))
    weights = random.permutation(count).astype(np.uint64)
    pairs = [(i, j) for i in range(count) for j in range(i) if random.random() < 3 / count]
    bits = {pair: int(random.integers(0, 10)) for pair in pairs}
    near = {each: {} for each in range(count)}
    for (i, j), distance in bits.items():
        near[i][j] = near[j][i] = distance
    wanted: dict[int, int] = {}
    for each in sorted(range(count), key=lambda n: -int(weights[n])):
        if each not in wanted:
            wanted[each] = each
            for other in near[each]:
                wanted.setdefault(other, each)
    keepers, distances = stars(weights, edges_of(*((i, j, d) for (i, j), d in bits.items())))
    assert dict(enumerate(keepers.tolist())) == wanted
    assert all(d == near[n].get(wanted[n], 0) for n, d in enumerate(distances.tolist()))


def test_a_chain_is_no_group():
    # 1 ~ 2 ~ 3 ~ 4 ~ 5, the older the better: 5 keeps 4, 3 keeps 2, 1 stays alone.
    chain = edges_of(*((n, n + 1, 3) for n in range(4)))
    assert ids_of(groups(traits_of(5), range(5), chain)) == [(3, 2), (5, 4)]
    assert groups(traits_of(5), range(5), chain, threshold=2) == []


def test_five_thousand_copies_are_one_group_with_what_is_near():
    [group] = groups(traits_of(5_001), [0] * 5_000 + [1], edges_of((0, 1, 4)))
    assert (group.kind, group.distance, len(group.others)) == (Likeness.NEAR, 4, 5_000)


def test_a_crowd_of_one_look_is_one_group_whoever_is_kept():
    star = edges_of(*((0, n, 0) for n in range(1, 3_000)))
    stands, rest = crowds(3_000, star)
    assert rest.count == 0
    [group] = groups(traits_of(3_000), stands, rest)
    assert (group.keeper, len(group.others)) == (3_000, 2_999)


def test_within_entities_each_has_its_own_groups():
    traits = traits_of(6, entities=[1, 1, 2, 2, 3, 1])
    near = edges_of((0, 1, 2))
    found = groups(traits, [0, 0, 0, 1, 1, 1], near, within=True)
    assert ids_of(found) == [(4, 3), (6, 2, 1)]
    everywhere = groups(traits, [0, 0, 0, 1, 1, 1], near)
    assert ids_of(everywhere) == [(4, 3), (6, 2, 1), (6, 5, 4)]


def test_what_lies_on_one_entity_is_cleared_away_there_also_where_others_have_it():
    traits = traits_of(
        6, entities=[1, 2, 2, 3, 3, 2], places=[1, 2, 2, 3, 3, 2], primary=[True] + [False] * 5
    )
    # 4 and 5 look like the keeper of all, yet not like each other: both stay where they are.
    near = edges_of((0, 1, 3), (0, 2, 4), (0, 3, 2))
    here, everywhere = groups(traits, [0, 0, 0, 1, 2, 3], near)
    assert (here.ids, here.distances, here.freed, here.entities) == ((6, 3, 2), (2, 2), 20, 1)
    assert (everywhere.ids, everywhere.freed, everywhere.entities) == ((1, 6, 5, 4), 0, 3)
    assert everywhere.distances == (2, 4, 3)
    [here, everywhere] = groups(traits, [0, 0, 0, 1, 2, 3], near, threshold=1)
    assert (here.ids, everywhere.ids) == ((3, 2), (1, 3))


def test_what_lies_elsewhere_frees_nothing_and_comes_last():
    traits = traits_of(5, places=[1, 2, 1, 1, 1], sizes=[9, 99, 5, 5, 5])
    first, second = groups(traits, [0, 0, 1, 1, 1], edges_of())
    assert (first.ids, first.freed) == ((5, 4, 3), 10)
    assert (second.ids, second.freed) == ((2, 1), 0)


def test_rules_decide_in_their_order():
    traits = traits_of(
        3, primary=[False, True, False], pixels=[4, 1, 2], has_alt=[False, False, True]
    )
    keeper = lambda *rules: groups(traits, [0] * 3, edges_of(), rules=rules_of(rules))[0].keeper  # noqa: E731
    assert [keeper(), keeper("pixels"), keeper("alt_text", "nonsense"), keeper("older")] == [
        2, 1, 3, 3,
    ]  # fmt: skip
    assert rules_of(["older"])[0] is Rule.OLDER
    assert set(rules_of([])) == set(Rule)


def test_a_series_is_a_kind_of_its_own():
    traits = traits_of(
        4, cameras=[7, 7, 7, 7], taken=[100, 101, 101, 200], exposures=[1, 1, 2, 1],
        numbers=[11, 12, 12, 12], places=[1, 1, 1, 1],
    )  # fmt: skip
    # The last is a copy of the first that was taken at another time: near, of no series.
    found = groups(traits, range(4), edges_of((0, 1, 2), (1, 2, 2), (0, 2, 2), (0, 3, 2)))
    assert [(each.kind, each.freed) for each in found] == [
        (Likeness.NEAR, 10), (Likeness.SERIES, 0),
    ]  # fmt: skip
    assert found[0].ids == (4, 1)
    assert found[1].ids == (3, 2)


def test_a_series_is_one_however_long_it_lasts():
    burst = traits_of(6, cameras=[7] * 6, taken=[100, 102, 104, 106, 108, 110])
    pairs = [(one, other, 1) for other in range(6) for one in range(other)]
    [found] = groups(burst, range(6), edges_of(*pairs))
    assert (found.kind, len(found.ids), found.freed) == (Likeness.SERIES, 6, 0)


@pytest.mark.parametrize("best", [0, 2])
def test_what_is_like_many_of_a_series_takes_the_place_of_none(best):
    # The first is a copy of one of the others, yet has no camera data that tells of which.
    traits = traits_of(
        4, cameras=[0, 7, 7, 7], taken=[0, 100, 101, 102], primary=[n == best for n in range(4)]
    )
    pairs = [(one, other, 0) for other in range(4) for one in range(other)]
    found = groups(traits, range(4), edges_of(*pairs))
    if best == 0:
        [series] = found
        assert (series.kind, series.ids, series.freed) == (Likeness.SERIES, (1, 4, 3, 2), 0)
    else:
        copy, series = found
        assert (copy.kind, copy.ids) == (Likeness.NEAR, (3, 1))
        assert (series.kind, series.ids) == (Likeness.SERIES, (3, 4, 2))
    # Of one that is like it alone it may be.
    alone = groups(traits, range(4), edges_of((0, 2, 3), *pairs[2:3], *pairs[4:]))
    assert alone[0].ids == ((1, 3) if best == 0 else (3, 1))


def test_what_is_distinct_from_one_is_so_from_what_was_merged_into_it():
    traits = traits_of(4)
    near = edges_of((0, 1, 1), (1, 2, 1), (0, 2, 1))
    assert len(groups(traits, [0, 1, 2, 2], near)) == 1
    decided = [
        Member(1, Verdict.SAME, "a", "MED-1", "s1", 1),
        Member(1, Verdict.SAME, "a", "MED-2", "s2", 2),
        Member(2, Verdict.DISTINCT, "a", "MED-2", "s2", 2),
        Member(2, Verdict.DISTINCT, "a", "MED-3", "s3", 3),
    ]
    found = nodes(
        traits, np.array([0, 1, 2, 2]), near, False,
        known(Settled(decided), traits, np.array([0, 1, 2, 2]), {"s3": 2}),
    )  # fmt: skip
    grouping = grouped(traits, np.array([0, 1, 2, 2]), found, 5, DEFAULT_RULES)
    # The fourth has the bytes of the third.
    assert ids_of(map(grouping.group, range(grouping.count))) == [(2, 1), (4, 3)]


def test_what_is_distinct_is_no_copy_of_the_same_one():
    # The last is like both of those that somebody told apart: it can be a copy of one alone.
    traits = traits_of(3)
    decided = [
        Member(1, Verdict.DISTINCT, "a", "MED-1", None, 1),
        Member(1, Verdict.DISTINCT, "a", "MED-2", None, 2),
    ]
    near = edges_of((0, 1, 1), (0, 2, 2), (1, 2, 1))
    assert ids_of(groups(traits, range(3), near)) == [(3, 2, 1)]
    assert ids_of(groups(traits, range(3), near, decided=decided)) == [(3, 2)]


def test_a_group_that_is_decided_goes_at_once():
    traits = traits_of(4)
    files = np.array([0, 0, 1, 1])
    found = nodes(traits, files, edges_of(), False, known(Settled([]), traits, files, {}))
    grouping = grouped(traits, files, found, 5, DEFAULT_RULES)
    left = grouping.without([0])
    assert (left.count, left.freed) == (1, 10)
    assert grouping.without_media([1]).group(0).ids == (4, 3)
    assert grouping.index_of(2) == [e.ids for e in map(grouping.group, (0, 1))].index((2, 1))
    assert left.index_of(grouping.group(0).keeper) is None


def test_times_are_read_as_cameras_and_databases_write_them():
    found = seconds(["2024:05:01 12:30:05", "2024-05-01 12:30:05+00:00", "", None, "nonsense"])
    assert found.tolist() == [1714566605, 1714566605, 0, 0, 0]
