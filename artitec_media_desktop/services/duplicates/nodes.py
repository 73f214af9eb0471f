"""What groups are made of: media with the same bytes stand together, pairs that look alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...database.compared import Traits
from .alike import crossed
from .series import in_series
from .settled import Settled
from .stars import Edges, Ints, stars


@dataclass(frozen=True)
class Nodes:
    """``rows`` are indexes of media, node by node; those of a node begin at its ``starts``.

    ``alike`` are pairs of nodes, the lower number first and in rising order, ``series`` those of a
    burst or a bracket, ``numbers`` tell each node's series, -1 for none. ``distinct`` are rows of a
    node, a decision that it is another picture than others, and a number of what it was merged
    with.
    """

    rows: Ints
    starts: Ints
    alike: Edges
    series: Edges
    numbers: Ints
    distinct: NDArray[np.int64]

    @property
    def counts(self) -> Ints:
        """How many media each node has."""
        return np.diff(self.starts)

    def between(self, one: Ints, other: Ints) -> Ints:
        """How many bits media are apart, pair by pair; -1 for what is not alike."""
        a, b = self._node_of[one], self._node_of[other]
        result = np.where(a == b, 0, -1)
        keys, wanted = (
            low * len(self.counts) + high
            for low, high in (
                (self.alike.first, self.alike.second),
                (np.minimum(a, b), np.maximum(a, b)),
            )
        )
        if len(keys):
            place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            result = np.where(keys[place] == wanted, self.alike.distances[place], result)
        return result

    @cached_property
    def _node_of(self) -> Ints:
        numbers = np.full(int(self.rows.max(initial=-1)) + 1, -1, np.int64)
        numbers[self.rows] = np.repeat(np.arange(len(self.counts)), self.counts)
        return numbers


@dataclass(frozen=True, slots=True)
class Known:
    """What is settled, as arrays beside the media: see ``Settled``.

    ``same`` is a number that all media have which are known to be the same, -1 for none. The
    decisions of ``same`` numbers that are distinct, and those of each media about its group, are
    pairs of a number and a decision.
    """

    same: Ints
    distinct: NDArray[np.int64]
    own: NDArray[np.int64]


def nodes(traits: Traits, files: Ints, alike: Edges, within: bool, known: Known) -> Nodes:
    """Make nodes of media: of each file one, ``within`` one on each entity.

    Media that are to stay beside each other stand as one, the oldest of them, and apart from
    others with the same bytes; pairs that are settled are left out.
    """
    kept, sets = _representatives(traits, files, known)
    places = traits.entities[kept] if within else np.zeros(len(kept), np.int64)
    bases, node_base, node_of = _numbered(files[kept], places, sets)
    order = np.argsort(node_of, kind="stable")
    starts = np.searchsorted(node_of[order], np.arange(len(node_base) + 1))
    edges = _between_bases(bases, alike)
    row, one, other = crossed(edges.first, edges.second, *_runs(node_base, len(bases)))
    ahead = (edges.first[row] != edges.second[row]) | (one < other)
    found = Edges(one, other, edges.distances[row]).where(ahead)
    first = kept[order[starts[:-1]]]
    # A series that somebody kept is one all the same.
    beside, numbers = in_series(traits, first, found)
    settled = _shared(known.same[first], known.distinct, found)
    settled &= known.same[first][found.first] != known.same[first][found.second]
    settled |= _shared(first, known.own, found)
    rows, series = kept[order], found.where(beside & ~settled)
    alike = found.where(~beside & ~settled)
    distinct = _distinct(known.same[first], known.distinct)
    return _near_together(Nodes(rows, starts, alike, series, numbers, distinct))


def _near_together(found: Nodes) -> Nodes:
    """The same with what is alike numbered side by side: memory is read in order then."""
    keepers, _ = stars(np.arange(len(found.counts), dtype=np.uint64), found.alike)
    order = np.argsort(keepers, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    counts = found.counts[order]
    starts = np.concatenate([[0], np.cumsum(counts)])
    rows = np.repeat(found.starts[:-1][order] - starts[:-1], counts) + np.arange(starts[-1])

    def numbered(edges: Edges) -> Edges:
        one, other = place[edges.first], place[edges.second]
        low, high = np.minimum(one, other), np.maximum(one, other)
        rising = np.lexsort((high, low))
        return Edges(low[rising], high[rising], edges.distances[rising])

    series = numbered(found.series)
    distinct = found.distinct.copy()
    distinct[:, 0] = place[distinct[:, 0]]
    alike = numbered(found.alike)
    return Nodes(found.rows[rows], starts, alike, series, found.numbers[order], distinct)


def known(settled: Settled, traits: Traits, files: Ints, sums: dict[str, int]) -> Known:
    """Lay what is settled beside the media; ``sums`` are the files' numbers by their SHA-256."""
    same = np.full(len(traits.ids), -1, np.int64)
    rows = dict(zip(traits.ids.tolist(), range(len(traits.ids)), strict=True))
    by_file: dict[int, int] = {}
    numbers: dict[str, int] = {}
    own: set[tuple[int, int]] = set()
    for each in settled.members:
        root = settled.same_as((each.public_id, each.sha256))
        number = numbers.setdefault(root or each.public_id, len(numbers))
        row = rows.get(each.media_id or 0)
        if row is not None:
            same[row] = number
            own |= {(row, decision) for decision in settled.own.get(each.public_id, ())}
        if each.sha256 in sums:
            by_file[sums[each.sha256]] = number
    if by_file:
        table = np.full(int(files.max(initial=0)) + 1, -1, np.int64)
        table[list(by_file)] = list(by_file.values())
        same = np.where(table[files] >= 0, table[files], same)
    distinct = {(numbers[r], d) for r, ds in settled.roots.items() if r in numbers for d in ds}
    return Known(same, _table(distinct), _table(own))


def _representatives(traits: Traits, files: Ints, known: Known) -> tuple[Ints, Ints]:
    """The media that stand for all, and the number of what each is to stay beside; 0 for none."""
    sets = np.zeros(len(traits.ids), np.int64)
    decided: dict[int, list[int]] = {}
    for row, decision in known.own.tolist():
        decided.setdefault(row, []).append(decision)
    numbers: dict[tuple[int, ...], int] = {}
    for row, decisions in decided.items():
        sets[row] = numbers.setdefault(tuple(sorted(decisions)), len(numbers) + 1)
    order = np.lexsort((traits.ids, sets, files))
    same = np.zeros(len(order), np.bool_)
    same[1:] = (files[order][1:] == files[order][:-1]) & (sets[order][1:] == sets[order][:-1])
    stands = np.sort(order[~same | (sets[order] == 0)])
    return stands, sets[stands]


def _numbered(files: Ints, places: Ints, sets: Ints) -> tuple[NDArray[np.int64], Ints, Ints]:
    """Bases (file, place) in order, the base of each node, and the node of each media."""
    span = int(places.max(initial=0)) + 1
    keys, base_of = np.unique(files * span + places, return_inverse=True)
    bases = np.stack([keys // span, keys % span], axis=1)
    width = int(sets.max(initial=0)) + 1
    nodes, node_of = np.unique(base_of * width + sets, return_inverse=True)
    return bases, nodes // width, node_of


def _runs(node_base: Ints, count: int) -> tuple[Ints, Ints, Ints]:
    counts = np.bincount(node_base, minlength=count).astype(np.int64)
    return np.cumsum(counts) - counts, counts, counts


def _between_bases(bases: NDArray[np.int64], alike: Edges) -> Edges:
    """Pairs of files as pairs of bases at the same place, and each base with itself."""
    files = bases[:, 0]
    top = int(files.max(initial=-1)) + 1
    counts = np.bincount(files, minlength=max(top, 1)).astype(np.int64)
    starts = np.cumsum(counts) - counts
    there = (alike.first < top) & (alike.second < top)
    pairs = alike.where(there)
    row = np.repeat(np.arange(pairs.count), counts[pairs.first])
    nth = np.arange(len(row)) - np.repeat(
        np.cumsum(counts[pairs.first]) - counts[pairs.first], counts[pairs.first]
    )
    one = starts[pairs.first][row] + nth
    span = int(bases[:, 1].max(initial=0)) + 1
    keys = files * span + bases[:, 1]
    wanted = pairs.second[row] * span + bases[one, 1]
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    is_there = keys[at] == wanted if len(keys) else np.zeros(0, np.bool_)
    every = np.arange(len(bases))
    return Edges(
        np.concatenate([one[is_there], every]),
        np.concatenate([at[is_there], every]),
        np.concatenate([pairs.distances[row][is_there], np.zeros(len(every), np.int64)]),
    )


def _shared(numbers: Ints, decisions: NDArray[np.int64], edges: Edges) -> NDArray[np.bool_]:
    """Which pairs have a decision in common; ``numbers`` are those of the nodes, -1 for none."""
    result = np.zeros(edges.count, np.bool_)
    if not len(decisions) or not edges.count:
        return result
    ordered = decisions[np.lexsort((decisions[:, 1], decisions[:, 0]))]
    one, other = numbers[edges.first], numbers[edges.second]
    start = np.searchsorted(ordered[:, 0], one)
    count = np.searchsorted(ordered[:, 0], one, side="right") - start
    row = np.repeat(np.arange(edges.count), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    span = int(ordered[:, 1].max()) + 1
    wanted = other[row] * span + ordered[start[row] + nth, 1]
    result[row[np.isin(wanted, ordered[:, 0] * span + ordered[:, 1])]] = True
    return result


def _distinct(same: Ints, decisions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of a node, a decision and a number, of all nodes whose number has decisions."""
    nodes = np.flatnonzero(np.isin(same, decisions[:, 0]))
    ordered = decisions[np.argsort(decisions[:, 0], kind="stable")]
    start = np.searchsorted(ordered[:, 0], same[nodes])
    count = np.searchsorted(ordered[:, 0], same[nodes], side="right") - start
    row = np.repeat(np.arange(len(nodes)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return np.stack([nodes[row], ordered[start[row] + nth, 1], same[nodes[row]]], axis=1)


def _table(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)
