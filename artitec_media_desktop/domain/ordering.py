"""The fewest sort orders to write so that a field comes into another order."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_ORDERS: Final = range(-(2**31), 2**31)


def rearranged(orders: Sequence[int], ages: Sequence[int]) -> dict[int, int]:
    """The new sort orders by place, of those that have to change.

    ``orders`` are the present sort orders in the wanted order, ``ages`` how many are newer than
    each: the platform lists by sort order, then newest first. So two neighbours may share an order
    where the newer one comes first, and else need a step between them. A place can keep its order
    together with a later one where the later is higher by at least the steps between them: the
    longest row of such places is kept.
    """
    steps = [0]
    for newer, older in pairwise(ages):
        steps.append(steps[-1] + (older < newer))
    kept = _longest([order - step for order, step in zip(orders, steps, strict=True)])
    wanted = list(orders)
    for place in range(len(orders)):
        if place in kept:
            continue
        if place and place > kept[0]:
            wanted[place] = wanted[place - 1] + steps[place] - steps[place - 1]
    for place in reversed(range(kept[0] if kept else 0)):
        wanted[place] = wanted[place + 1] - (steps[place + 1] - steps[place])
    if any(order not in _ORDERS for order in wanted):
        wanted = list(range(1, len(orders) + 1))
    return {place: new for place, new in enumerate(wanted) if new != orders[place]}


def _longest(values: Sequence[int]) -> list[int]:
    """The places of a longest row of values that never fall."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        at = bisect_right(ends, value)
        before.append(places[at - 1] if at else None)
        ends[at:] = [value, *ends[at + 1 :]] if at < len(ends) else [value]
        places[at:] = [place, *places[at + 1 :]] if at < len(places) else [place]
    found: list[int] = []
    last: int | None = places[-1] if places else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
