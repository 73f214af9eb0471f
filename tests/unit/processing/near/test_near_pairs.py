"""Whatever is asked of it, the search finds what comparing each with each finds."""

import tracemalloc
from time import process_time

import numpy as np
import pytest

from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.near import bands, buckets, near_pairs, search


def uniform(random, count):
    return random.integers(0, 1 << 64, count, np.uint64, endpoint=False)


def flipped(random, hashes, most):
    """Each with up to so many bits of it changed."""
    changed = hashes.copy()
    for n in range(most):
        some = random.random(len(hashes)) < 0.8 if n else np.ones(len(hashes), bool)
        bits = random.integers(0, 64, int(some.sum()), np.uint64)
        changed[some] ^= np.uint64(1) << bits
    return changed


def by_hand(hashes, radius, queries=None):
    ours, theirs = np.unique(hashes if queries is None else queries), np.unique(hashes)
    near = np.bitwise_count(ours[:, None] ^ theirs[None]) <= radius
    return np.argwhere(np.triu(near, 1) if queries is None else near).tolist()


def told(pairs):
    assert (pairs.distance == np.bitwise_count(
        pairs.queries.values[pairs.first] ^ pairs.hashes.values[pairs.second]
    )).all()  # fmt: skip
    return np.stack([pairs.first, pairs.second], 1).tolist()


def sparse(random, count):
    """Few bits of each are set, as in difference hashes of plans and of plain walls."""
    return np.bitwise_and.reduce([uniform(random, count) for _ in range(4)])


def banded(random, count):
    """Alike in 40 bits, as pictures in one frame are."""
    return uniform(random, count) & np.uint64((1 << 24) - 1)


def cluster(random, count):
    """All within three bits of one."""
    return flipped(random, np.full(count, uniform(random, 1)[0]), 3)


KINDS = {each.__name__: each for each in (uniform, sparse, banded, cluster)}


@pytest.mark.parametrize("radius", [0, 1, 2, 3, 5, 8, 10])
@pytest.mark.parametrize("kind", KINDS)
def test_exactly_the_pairs_that_comparing_all_finds(kind, radius):
    random = np.random.default_rng(radius)
    hashes = KINDS[kind](random, 250 if kind == "cluster" else 600)
    hashes = np.concatenate([hashes, flipped(random, hashes[:200], radius)])
    assert told(near_pairs(hashes, radius)) == by_hand(hashes, radius)


@pytest.mark.parametrize("radius", [0, 1, 5, 8])
@pytest.mark.parametrize("kind", KINDS)
def test_exactly_the_hashes_near_a_query(kind, radius):
    random = np.random.default_rng(radius)
    hashes = KINDS[kind](random, 500)
    queries = np.concatenate([flipped(random, hashes[:300], radius), hashes[:50], hashes[:50]])
    assert told(near_pairs(hashes, radius, queries)) == by_hand(hashes, radius, queries)


@pytest.mark.parametrize("bits", [64, 20])
@pytest.mark.parametrize("against", [None, 300])
@pytest.mark.parametrize("radius", [0, 2, 5, 9])
def test_popular_keys_are_searched_by_their_other_bits(monkeypatch, radius, against, bits):
    """As in a library of millions, where some keys have thousands, within others' again."""
    monkeypatch.setattr(buckets, "POPULAR", 20)
    monkeypatch.setattr(bands, "_CALL", 0)
    random = np.random.default_rng(radius)
    hashes = np.concatenate([sparse(random, 400), banded(random, 200), cluster(random, 100)])
    hashes &= np.uint64((1 << bits) - 1)
    queries = None if against is None else hashes[:against]
    assert told(near_pairs(hashes, radius, queries)) == by_hand(hashes, radius, queries)


@pytest.mark.parametrize("hashes", [[], [7], [7, 7], [0, (1 << 64) - 1]])
def test_few(hashes):
    hashes = np.array(hashes, np.uint64)
    assert told(near_pairs(hashes, 10)) == []
    assert told(near_pairs(hashes, 64)) == by_hand(hashes, 64)
    assert told(near_pairs(hashes, 5, np.empty(0, np.uint64))) == []


def test_equal_hashes_are_one_value_with_many_members():
    logo, other = np.uint64(12345), np.uint64(12345 ^ 5)
    hashes = np.array([other, *[logo] * 100_000, other, np.uint64(1 << 60)])
    began = process_time()
    pairs = near_pairs(hashes, 5)
    assert process_time() - began < 2
    assert told(pairs) == [[0, 1]]
    assert pairs.distance.tolist() == [2]
    assert pairs.hashes.values.tolist() == [logo, other, 1 << 60]
    assert pairs.hashes.members(0).tolist() == list(range(1, 100_001))
    assert pairs.hashes.members(1).tolist() == [0, 100_001]
    assert pairs.hashes.counts.tolist() == [100_000, 2, 1]
    assert (pairs.hashes.values[pairs.hashes.inverse] == hashes).all()


@pytest.mark.parametrize("kind", ["banded", "cluster"])
def test_what_very_many_share_takes_bounded_time_and_memory(kind):
    """Comparing each with each of these would be 5,000,000,000 comparisons, half a minute."""
    random = np.random.default_rng(3)
    hashes = np.unique(KINDS[kind](random, 100_000 if kind == "banded" else 5_000))
    tracemalloc.start()
    began = process_time()
    blocks = [len(first) for first, _ in search(hashes, None, 2, Unwatched())]
    took, (_, peak) = process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(blocks) > 10_000
    assert took < 5
    assert peak < 100 << 20


def test_it_is_stopped_between_blocks_and_says_how_far_it_is():
    class Stopping(Unwatched):
        def __init__(self):
            self.told = []

        def progress(self, done, total, text=""):
            self.told.append((done, total))

        def check_cancelled(self):
            if len(self.told) == 3:
                raise Cancelled

    work = Stopping()
    with pytest.raises(Cancelled):
        near_pairs(uniform(np.random.default_rng(1), 50_000), 5, work=work)
    assert [done for done, _ in work.told] == [1, 2, 3]
    assert len({total for _, total in work.told}) == 1


@pytest.mark.parametrize("count", [2, 1000, 10_000_000])
@pytest.mark.parametrize("radius", [0, 1, 3, 5, 8, 10])
def test_a_cut_can_miss_nothing(radius, count):
    for bits in (64, 43, 22, 8, 1, 0):
        cut = bands.bands(bits, radius, count, None)
        if not cut:
            continue
        covered = [bit for each in cut for bit in range(each.shift, each.shift + each.width)]
        assert sorted(covered) == list(range(len(covered)))
        assert len(covered) <= bits
        assert sum(each.flips + 1 for each in cut) > radius
        assert all(1 << each.width <= 4 * count for each in cut)
        assert all(len(set(each.patterns())) == round(each.share * 2**each.width) for each in cut)
