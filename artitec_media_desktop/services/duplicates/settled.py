"""What is settled between two media: nobody is asked about them again."""

from collections.abc import Iterable, Sequence

from ...database.decisions import Member, Token
from ...domain.duplicates import Verdict


class Settled:
    """The decisions that stand, by media.

    What was merged is the same: with A = B and B ≠ C, A ≠ C as well. A media is known by its
    public id and by the sum of its bytes, so that the same file is known when it is added again.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self._parent: dict[str, str] = {}
        self._members = list(members)
        for each in self._members:
            _unite(self._parent, *_words((each.public_id, each.sha256)))
        first: dict[int, str] = {}
        for each in self._members:
            if each.verdict is Verdict.SAME:
                word = first.setdefault(each.decision, each.public_id)
                _unite(self._parent, word, each.public_id)
        self._distinct: dict[str, set[int]] = {}
        self._own: dict[str, set[int]] = {}
        self._deciders = {each.decision: each for each in self._members}
        for each in self._members:
            if each.verdict is Verdict.DISTINCT:
                root = _root(self._parent, each.public_id)
                self._distinct.setdefault(root, set()).add(each.decision)
            if each.verdict is not Verdict.SAME:
                self._own.setdefault(each.public_id, set()).add(each.decision)

    def between(self, one: Token, other: Token) -> Member | None:
        """One who decided about these two, or None where nobody did."""
        here, there = self.same_as(one), self.same_as(other)
        shared = self._own.get(one[0], set()) & self._own.get(other[0], set())
        if here is not None and there is not None and here != there:
            shared |= self._distinct.get(here, set()) & self._distinct.get(there, set())
        return self._deciders[min(shared)] if shared else None

    def first(self, keeper: Token, others: Sequence[Token]) -> Member | None:
        """One who decided about the keeper and any of the others."""
        found = (self.between(keeper, each) for each in others)
        return next((each for each in found if each is not None), None)

    def same_as(self, token: Token) -> str | None:
        """A word that all have which are known to be the same; None for what is not known.

        Where its name and its bytes were met apart, they are the same from now on.
        """
        known = [each for each in _words(token) if each in self._parent]
        if not known:
            return None
        return _root(self._parent, known[-1])

    @property
    def roots(self) -> dict[str, set[int]]:
        """The decisions of each word of ``same_as`` that it is distinct from others."""
        return self._distinct

    @property
    def own(self) -> dict[str, set[int]]:
        """The decisions about each public id that its group stays as it is."""
        return self._own

    @property
    def members(self) -> Sequence[Member]:
        """All that was given."""
        return self._members


def _words(token: Token) -> tuple[str, ...]:
    public_id, sha256 = token
    return tuple(each for each in (public_id, sha256) if each)


def _root(parent: dict[str, str], word: str) -> str:
    root = word
    while parent[root] != root:
        root = parent[root]
    while parent[word] != root:
        parent[word], word = root, parent[word]
    return root


def _unite(parent: dict[str, str], *words: str) -> None:
    for each in words:
        parent.setdefault(each, each)
    roots = [_root(parent, each) for each in words]
    for each in roots[1:]:
        parent[each] = roots[0]
