"""What lies on one entity is a group of its own, also where others have the same picture.

Copies on one entity are to be cleared away, the same photo on two may be right: as one group
they could only be kept or given up together.
"""

import numpy as np

from ...database.compared import Traits
from .nodes import Nodes
from .stars import Ints, Words


def by_entity(
    traits: Traits, each: Words, nodes: Nodes, threshold: int, rows: Ints, bits: Ints, starts: Ints
) -> tuple[Ints, Ints, Ints]:
    """Divide groups that span entities: rows, distances and starts of what they become.

    On each entity the best media gathers what is alike to itself, at most ``threshold`` bits
    apart. What was gathered leaves the group that spans entities, the best ones stay in it.
    """
    counts = np.diff(starts)
    group = np.repeat(np.arange(len(counts)), counts)
    if not len(rows):
        return rows, bits, starts
    entities = traits.entities[rows]
    lowest = np.minimum.reduceat(entities, starts[:-1])
    spans = np.repeat(lowest != np.maximum.reduceat(entities, starts[:-1]), counts)
    # Few groups have two on one entity: sorting plain numbers finds them fastest.
    cells = group * (int(entities.max()) + 1) + entities
    ordered = np.sort(cells[spans])
    at = np.flatnonzero(spans & np.isin(cells, ordered[1:][ordered[1:] == ordered[:-1]]))
    at = at[np.lexsort((~each[rows[at]], cells[at]))]
    is_best = np.ones(len(at), np.bool_)
    is_best[1:] = cells[at][1:] != cells[at][:-1]
    cell = np.cumsum(is_best) - 1
    apart = np.zeros(len(at), np.int64)
    others = ~is_best
    apart[others] = nodes.between(rows[at[others]], rows[at[is_best]][cell[others]])
    moves = others & (apart >= 0) & (apart <= threshold)
    gathering = moves | (is_best & np.isin(cell, cell[moves]))
    left = np.ones(len(rows), np.bool_)
    left[at[moves]] = False
    numbers = np.concatenate([group[left], len(counts) + cell[gathering]])
    starts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    return (
        np.concatenate([rows[left], rows[at[gathering]]]),
        np.concatenate([bits[left], apart[gathering]]),
        np.append(starts, len(numbers)),
    )
