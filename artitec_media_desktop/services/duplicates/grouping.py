"""Groups at a threshold, the most reclaimable first; made anew in a moment when it moves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...database.compared import Traits
from ...domain.duplicates import Group, Likeness, Rule
from .nodes import Nodes
from .series import doubtful
from .splitting import by_entity
from .stars import Edges, Ints, joined, stars
from .weighing import Words, weights


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups as arrays; ``group`` makes one of them.

    ``rows`` are indexes of media, group by group; ``weights`` say which are the better ones;
    ``order`` are the groups, as places in ``starts``, in the order they are shown in.
    """

    traits: Traits
    files: Ints
    weights: Words
    rows: Ints
    distances: Ints
    starts: Ints
    is_series: NDArray[np.bool_]
    freeable: Ints
    order: Ints

    @property
    def count(self) -> int:
        """How many groups."""
        return len(self.order)

    @property
    def freed(self) -> int:
        """How many bytes accepting every suggestion frees."""
        return int(self.freeable[self.order].sum())

    def group(self, index: int) -> Group:
        """One of them, from 0 on."""
        place = self.order[index]
        of = slice(self.starts[place], self.starts[place + 1])
        better = np.argsort(~self.weights[self.rows[of]])
        rows = self.rows[of][better]
        kind = Likeness.NEAR
        if self.is_series[place]:
            kind = Likeness.SERIES
        elif (self.files[rows] == self.files[rows[0]]).all():
            kind = Likeness.EXACT
        ids = self.traits.ids[rows].tolist()
        return Group(
            keeper=ids[0],
            others=tuple(ids[1:]),
            distances=tuple(self.distances[of][better][1:].tolist()),
            kind=kind,
            freed=int(self.freeable[place]),
            entities=len(np.unique(self.traits.entities[rows])),
        )

    def index_of(self, media_id: int) -> int | None:
        """The first group that a media is in; None for none."""
        found = self._places([media_id])
        at = np.flatnonzero(np.isin(self.order, found))
        return int(at[0]) if len(at) else None

    def without(self, indexes: Collection[int]) -> "Grouping":
        """Without the groups at these indexes, after they were decided."""
        left = np.ones(len(self.order), np.bool_)
        left[list(indexes)] = False
        return replace(self, order=self.order[left])

    def without_media(self, media_ids: Collection[int]) -> "Grouping":
        """Without every group that one of these media is in."""
        gone = self._places(media_ids)
        return replace(self, order=self.order[~np.isin(self.order, gone)])

    def _places(self, media_ids: Collection[int]) -> Ints:
        found = np.flatnonzero(np.isin(self.traits.ids[self.rows], list(media_ids)))
        return np.searchsorted(self.starts, found, side="right") - 1


def grouped(
    traits: Traits,
    files: Ints,
    nodes: Nodes,
    threshold: int,
    rules: Sequence[Rule],
    divided: bool = True,
) -> Grouping:
    """Group what is at most ``threshold`` bits apart; keepers are chosen by the rules in order.

    ``divided``: see ``by_entity``.
    """
    each = weights(traits, rules)
    best = np.zeros(len(nodes.starts) - 1, np.uint64)
    if len(best):
        best = np.maximum.reduceat(each[nodes.rows], nodes.starts[:-1])
    alike = nodes.alike.where(nodes.alike.distances <= threshold)
    beside = nodes.series.where(nodes.series.distances <= threshold)
    if len(left := doubtful(best, nodes.numbers, alike)):
        is_left = np.zeros(alike.count, np.bool_)
        is_left[left] = True
        beside, alike = joined(beside, alike.where(is_left)), alike.where(~is_left)
    keepers, distances = stars(best, alike)
    _leave_distinct(keepers, distances, nodes.distinct)
    rows, bits, starts = _gathered(nodes, keepers, distances)
    if divided:
        rows, bits, starts = by_entity(traits, each, nodes, threshold, rows, bits, starts)
    first = rows, bits, starts, _freed(traits, each, rows, starts)
    # What another picture stands for is in no series of its own.
    stands = keepers == np.arange(len(keepers))
    beside = beside.where(stands[beside.first] & stands[beside.second])
    second = _series(nodes, best, beside)
    return _joined(traits, files, each, first, second)


def _leave_distinct(keepers: Ints, distances: Ints, distinct: Ints) -> None:
    """Of what somebody told apart a keeper has the nearest: it can't be a copy of both."""
    here = distinct[keepers[distinct[:, 0]] != distinct[:, 0]]
    node, decision, number = here.T
    order = np.lexsort((distances[node], decision, keepers[node]))
    node, decision, number = node[order], decision[order], number[order]
    if len(node):
        new = (keepers[node][1:] != keepers[node][:-1]) | (decision[1:] != decision[:-1])
        first = np.maximum.accumulate(np.where(np.append(True, new), np.arange(len(node)), 0))
        left = node[number != number[first]]
        keepers[left], distances[left] = left, 0


def _series(nodes: Nodes, best: Words, edges: Edges) -> tuple[Ints, Ints, Ints, Ints]:
    """Bursts and brackets around the best one of each; nodes in none are left out."""
    keepers, distances = stars(best, edges)
    there = np.zeros(len(keepers), np.bool_)
    there[edges.first] = there[edges.second] = True
    rows, bits, starts = _gathered(nodes, np.where(there, keepers, -1), distances)
    return rows, bits, starts, np.zeros(len(starts) - 1, np.int64)


def _gathered(nodes: Nodes, keepers: Ints, distances: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows, distances and starts of all groups of two or more media."""
    sizes = np.bincount(keepers[keepers >= 0], nodes.counts[keepers >= 0], len(keepers))
    grouped = (keepers >= 0) & (sizes[keepers] > 1)
    wanted = np.repeat(grouped, nodes.counts)
    group = np.repeat(keepers, nodes.counts)[wanted]
    bits = np.repeat(distances, nodes.counts)[wanted]
    rows = nodes.rows[wanted]
    order = np.argsort(group, kind="stable")
    rows, bits, group = rows[order], bits[order], group[order]
    if not len(rows):
        return rows, bits, np.zeros(1, np.int64)
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    return rows, bits, np.append(starts, len(rows))


def _freed(traits: Traits, each: Words, rows: Ints, starts: Ints) -> Ints:
    """What goes where nobody chooses: all that lies at the place of its keeper."""
    if not len(rows):
        return np.zeros(0, np.int64)
    counts = np.diff(starts)
    best = np.repeat(np.maximum.reduceat(each[rows], starts[:-1]), counts)
    kept = rows[each[rows] == best]
    here = traits.places[rows] == np.repeat(traits.places[kept], counts)
    freed = np.add.reduceat(np.where(here, traits.sizes[rows], 0), starts[:-1])
    return np.asarray(freed - traits.sizes[kept])


def _joined(
    traits: Traits,
    files: Ints,
    each: Words,
    first: tuple[Ints, Ints, Ints, Ints],
    second: tuple[Ints, Ints, Ints, Ints],
) -> Grouping:
    rows, bits = (np.concatenate([first[n], second[n]]) for n in (0, 1))
    starts = np.concatenate([first[2], second[2][1:] + len(first[0])])
    freed = np.concatenate([first[3], second[3]])
    is_series = np.arange(len(freed)) >= len(first[3])
    total = np.zeros(0, np.int64)
    if len(rows):
        total = np.add.reduceat(traits.sizes[rows], starts[:-1])
    order = np.lexsort((-total, is_series, -freed))
    return Grouping(traits, files, each, rows, bits, starts, is_series, freed, order)
