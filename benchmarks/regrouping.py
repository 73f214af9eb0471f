"""Groups made anew when the threshold moves: 100,000 of them, in at most 200 ms."""

import time
from dataclasses import fields
from typing import Any, Final

import numpy as np

from artitec_media_desktop.database.compared import Traits
from artitec_media_desktop.domain.duplicates import DEFAULT_RULES, MAX_THRESHOLD
from artitec_media_desktop.services.duplicates.grouping import grouped
from artitec_media_desktop.services.duplicates.nodes import known, nodes
from artitec_media_desktop.services.duplicates.settled import Settled
from artitec_media_desktop.services.duplicates.stars import Edges

GROUPS: Final = 100_000


def regrouping(count: int = GROUPS) -> dict[str, float]:
    """Milliseconds that the slowest of all thresholds takes, and how many groups there are."""
    random = np.random.default_rng(7)
    # Two to four files a group, some of which two media have.
    sizes = random.integers(2, 5, count)
    group = np.repeat(np.arange(count), sizes)
    files = random.permutation(len(group))
    leaders = np.repeat(np.cumsum(sizes) - sizes, sizes)
    others = np.flatnonzero(leaders != np.arange(len(group)))
    bits = random.integers(0, MAX_THRESHOLD + 1, len(others))
    edges = Edges(files[leaders[others]], files[others], bits)
    twice = random.choice(len(files), len(files) // 5, replace=False)
    media = np.concatenate([files, files[twice]])
    traits = _traits(len(media), random)
    found = nodes(traits, media, edges, False, known(Settled([]), traits, media, {}))
    times, most = [], 0
    for threshold in range(MAX_THRESHOLD + 1):
        began = time.perf_counter()
        grouping = grouped(traits, media, found, threshold, DEFAULT_RULES)
        times.append((time.perf_counter() - began) * 1_000)
        most = max(most, grouping.count)
    return {"groups": most, "regrouping_ms": max(times)}


def _traits(count: int, random: Any) -> Traits:
    values = {each.name: random.integers(0, 50, count) for each in fields(Traits)}
    values |= {name: random.random(count) < 0.2 for name in ("primary", "approved", "has_alt")}
    values |= {"ids": np.arange(1, count + 1), "types": np.zeros(count, np.int64)}
    values |= {"created": random.integers(0, 1 << 30, count), "taken": np.zeros(count, np.int64)}
    values |= {"pixels": random.integers(1, 1 << 24, count)}
    values |= {"sizes": random.integers(1, 1 << 24, count)}
    return Traits(**values)
