"""The end of every benchmark: a table for people, then one line of JSON for scripts."""

import json
import operator
from collections.abc import Callable, Mapping
from typing import Final

Reach = Mapping[str, tuple[str, float]]

_HOLDS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<=": operator.le,
    ">=": operator.ge,
}


def report(bench: str, figures: Mapping[str, float], reach: Reach) -> int:
    """Print figures, all ratios or counts of this run; returns 0 when every reach is met."""
    missed = {
        name for name, (sign, bound) in reach.items() if not _HOLDS[sign](figures[name], bound)
    }
    width = max(map(len, figures))
    for name, value in figures.items():
        sign, bound = reach.get(name, ("", 0.0))
        goal = f"  {sign} {bound:g}  {'missed' if name in missed else 'met'}" if sign else ""
        print(f"{name:<{width}}  {value:>8g}{goal}")
    bounds = {name: f"{sign} {bound:g}" for name, (sign, bound) in reach.items()}
    print(
        json.dumps({"bench": bench, "figures": figures, "reach": bounds, "met": not missed}),
        flush=True,
    )
    return 1 if missed else 0
