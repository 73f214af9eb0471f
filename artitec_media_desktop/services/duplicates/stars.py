"""Groups that are no chains: around each keeper what is alike to it, and nothing else."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of nodes that are alike, so many bits apart; each pair once."""

    first: Ints
    second: Ints
    distances: Ints

    def where(self, wanted: NDArray[np.bool_]) -> "Edges":
        """Some of them."""
        return Edges(self.first[wanted], self.second[wanted], self.distances[wanted])

    @property
    def count(self) -> int:
        """How many pairs."""
        return len(self.first)


def joined(one: Edges, other: Edges) -> Edges:
    """Both."""
    return Edges(
        np.concatenate([one.first, other.first]),
        np.concatenate([one.second, other.second]),
        np.concatenate([one.distances, other.distances]),
    )


def stars(weights: Words, edges: Edges) -> tuple[Ints, Ints]:
    """Give each node its keeper, itself where it is one, and its distance from it.

    The heaviest node is a keeper, its neighbours are none, then the heaviest of the others is one,
    and so on; who is none belongs to the heaviest keeper among its neighbours. Every node whose
    free neighbours are all lighter is found at once, and each round looks only at pairs of nodes
    that are still free: a million pairs take a few rounds. Weights differ.
    """
    a = np.concatenate([edges.first, edges.second])
    by_node = np.argsort(a, kind="stable")
    a, b = a[by_node], np.concatenate([edges.second, edges.first])[by_node]
    is_keeper = _heaviest(weights, a, b)
    keepers = np.arange(len(weights), dtype=np.int64)
    distances = np.zeros(len(weights), np.int64)
    taken = np.flatnonzero(is_keeper[b])
    if len(taken):
        bits = np.concatenate([edges.distances, edges.distances])[by_node][taken]
        a, b = a[taken], b[taken]
        starts = _starts(a)
        heaviest = np.maximum.reduceat(weights[b], starts)
        chosen = weights[b] == np.repeat(heaviest, np.diff(starts, append=len(a)))
        keepers[a[chosen]] = b[chosen]
        distances[a[chosen]] = bits[chosen]
    return keepers, distances


def _heaviest(weights: Words, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Which nodes are keepers: none of their heavier neighbours is one. ``a`` is sorted."""
    is_keeper = np.ones(len(weights), np.bool_)
    is_keeper[a] = False
    free = ~is_keeper
    while len(a):
        starts = _starts(a)
        nodes = a[starts]
        new = nodes[weights[nodes] > np.maximum.reduceat(weights[b], starts)]
        is_keeper[new] = True
        free[new] = False
        free[a[is_keeper[b]]] = False
        left = free[a] & free[b]
        # Whose neighbours are all taken by others stands alone.
        alone = np.zeros(len(weights), np.bool_)
        alone[a] = True
        a, b = a[left], b[left]
        alone[a] = False
        is_keeper |= alone & free
        free &= ~alone
    return is_keeper


def _starts(sorted_nodes: Ints) -> Ints:
    return np.flatnonzero(np.concatenate([[True], sorted_nodes[1:] != sorted_nodes[:-1]]))
