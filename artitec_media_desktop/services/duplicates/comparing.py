"""Compares media with each other: reads their looks as arrays, finds what is alike."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...database import compared, decisions
from ...database.compared import CHUNK, Looks, TraitCodes, Traits
from ...database.decisions import Member
from ...database.engine import Database, Tx
from ...domain.duplicates import (
    DEFAULT_RULES,
    DEFAULT_THRESHOLD,
    MAX_THRESHOLD,
    Rule,
    Scope,
)
from ...domain.work import Work
from .alike import Share, alike, crowds, files
from .grouping import Grouping, grouped
from .nodes import Nodes, known, nodes
from .settled import Settled
from .stars import Edges, Ints, Words

#: Shares of the whole by what takes how long, in hundredths.
_READ: Final = 10
_FOUND: Final = 95


@dataclass(frozen=True)
class Comparison:
    """What was found alike; ``grouped`` groups it at any threshold.

    ``compared`` media of which ``unprinted`` have no fingerprint yet, in ``seconds``. ``involved``
    are those that are like another one, by rising number, each with that of its file; ``traits``
    are of those among them that are live now.
    """

    scope: Scope
    compared: int
    unprinted: int
    seconds: float
    involved: tuple[Ints, Ints]
    traits: Traits
    edges: Edges
    standing: Sequence[Member]
    #: Of each file, in rising order.
    sums: Words
    codes: TraitCodes

    def grouped(
        self,
        threshold: int = DEFAULT_THRESHOLD,
        rules: Sequence[Rule] = DEFAULT_RULES,
        divided: bool = True,
    ) -> Grouping:
        """The groups at 0 … 10 bits; what is settled is left out.

        ``divided``: what lies on one entity is a group of its own, beside the one over entities.
        """
        return grouped(self.traits, self.files, self._nodes, threshold, rules, divided)

    @cached_property
    def files(self) -> Ints:
        """The number of the file of each media that has traits."""
        ids, numbers = self.involved
        return numbers[np.searchsorted(ids, self.traits.ids)]

    @cached_property
    def _nodes(self) -> Nodes:
        by_sum = _file_numbers(self.standing, self.sums)
        settled = known(Settled(self.standing), self.traits, self.files, by_sum)
        stands, edges = crowds(len(self.sums), self.edges)
        return nodes(self.traits, stands[self.files], edges, self.scope.within, settled)


def compare(database: Database, scope: Scope, work: Work) -> Comparison:
    """Compare the media of a scope. Raises Transient and Permanent as the database; Cancelled."""
    began = time.monotonic()
    with database.read(work) as tx:
        total = compared.count(tx, scope)
        looks = _read(tx, scope, total, work)
    numbers, first = files(looks)
    edges = alike(database, looks, first, MAX_THRESHOLD, Share(work, _READ, _FOUND))
    involved = _involved(numbers, edges)
    involved = involved[np.argsort(looks.ids[involved])]
    codes = TraitCodes()
    with database.read(work) as tx:
        traits = compared.traits(tx, looks.ids[involved], codes)
        standing = decisions.standing(tx)
    work.progress(100, 100)
    return Comparison(
        scope=scope,
        compared=total,
        unprinted=total - int(looks.has_look.sum()),
        seconds=time.monotonic() - began,
        involved=(looks.ids[involved], numbers[involved]),
        traits=traits,
        edges=edges,
        standing=standing,
        sums=looks.sums[first],
        codes=codes,
    )


def refreshed(database: Database, old: Comparison, ids: Collection[int] | None) -> Comparison:
    """The same with these media (None: all) and every decision as they are now.

    What was in the trash meanwhile and came back is there again.
    """
    every = old.involved[0]
    touched = every if ids is None else every[np.isin(every, list(ids))]
    with database.read() as tx:
        new = compared.traits(tx, touched, old.codes)
        standing = decisions.standing(tx)
    kept = _some(old.traits, ~np.isin(old.traits.ids, touched))
    traits = compared.joined([kept, new], Traits)
    return replace(old, traits=_some(traits, np.argsort(traits.ids)), standing=standing)


def _some(traits: Traits, wanted: NDArray[Any]) -> Traits:
    return Traits(*(getattr(traits, each.name)[wanted] for each in fields(Traits)))


def _read(tx: Tx, scope: Scope, total: int, work: Work) -> Looks:
    parts = [compared.no_looks()]
    for number, part in enumerate(compared.looks(tx, scope)):
        work.check_cancelled()
        parts.append(part)
        done = min((number + 1) * CHUNK / max(total, 1), 1)
        work.progress(int(done * _READ), 100)
    return compared.joined(parts, Looks)


def _involved(numbers: Ints, edges: Edges) -> Ints:
    """The media whose file another one has too, or looks like."""
    counts = np.bincount(numbers, minlength=1)
    counts[edges.first] += 1
    counts[edges.second] += 1
    return np.flatnonzero(counts[numbers] > 1)


def _file_numbers(standing: Sequence[Member], sums: Words) -> dict[str, int]:
    """The numbers of the files that decisions know, by their SHA-256."""
    words = sorted({each.sha256 for each in standing if each.sha256 is not None})
    wanted = compared.sums_of(words)
    start = np.searchsorted(sums[:, 0], wanted[:, 0])
    end = np.searchsorted(sums[:, 0], wanted[:, 0], side="right")
    found = {}
    for word, low, high, second in zip(words, start, end, wanted[:, 1], strict=True):
        for number in range(low, high):
            if sums[number, 1] == second:
                found[word] = number
    return found
