"""Look-alikes: all pairs of 1,000,000 and of 10,000,000 hashes, and the look-up at the door.

5 % of the hashes are near copies of others, 1 to 5 bits away. The search is compared with faiss's
IndexBinaryMultiHash in the same run, each in a process of its own: three hashes of 21 bits, one of
which may differ, is its cheapest setting that misses nothing at 5 bits, as it is ours; faiss takes
every core, here one is used. The pairs of both, of a plain comparison of each with each in a sample
of 20,000, and those that were planted have to agree.

The look-up is the one that an upload makes, of files that have look-alikes and of others, in a file
and, where MariaDB is installed, on a server; 1 % of what is there is one blank picture.
Run: ``make bench BENCH=duplicates`` (``ARGS="--only pairs|groups|file|server --keep FOLDER"``;
what is kept is not made again the next time).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from artitec_media_desktop.processing.near import Distinct

from .duplicates_door import in_a_file, on_a_server
from .regrouping import regrouping
from .report import report

_RADIUS: Final = 5
_MILLION: Final = 1_000_000
_SAMPLE: Final = 20_000
_ROUNDS: Final = 3
_MEMORY: Final = """
import json, sys, time
import numpy as np
hashes, began = np.load(sys.argv[1]), time.perf_counter()
{work}
took = time.perf_counter() - began
np.save(sys.argv[2], np.stack([first, second]))
lines = open("/proc/self/status").read().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps({{"seconds": took, "megabytes": peak / 1024}}))
"""
_OURS: Final = """
from artitec_media_desktop.processing.near import near_pairs
pairs = near_pairs(hashes, 5)
first, second = pairs.first, pairs.second
"""
# What it finds is shorter than the radius that it is given.
_FAISS: Final = """
import faiss
index = faiss.IndexBinaryMultiHash(64, 3, 21)
index.nflip = 1
index.add(hashes.view(np.uint8).reshape(-1, 8))
starts, _, second = index.range_search(hashes.view(np.uint8).reshape(-1, 8), 6)
first = np.repeat(np.arange(len(hashes)), np.diff(starts.astype(np.int64)))
"""
_REACH: Final = {
    "missed_of_planted": ("<=", 0.0),
    "wrong_in_sample": ("<=", 0.0),
    "other_than_faiss": ("<=", 0.0),
    "times_as_fast_as_faiss": (">=", 5.0),
    "regrouping_ms": ("<=", 200.0),
    "megabytes": ("<=", 600.0),
    "megabytes_of_10_million": ("<=", 3.0 * 1024),
    "look_up_ms": ("<=", 20.0),
    "mariadb_look_up_ms": ("<=", 20.0),
}


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    given = argparse.ArgumentParser()
    given.add_argument("--only", choices=("pairs", "groups", "file", "server"))
    given.add_argument("--rows", type=int, default=_MILLION)
    given.add_argument("--keep", type=Path)
    options = given.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if options.only in (None, "pairs"):
            figures |= _pairs(Path(made))
        if options.only in (None, "groups"):
            figures |= regrouping()
        if options.only in (None, "file"):
            figures |= in_a_file(folder, options.rows)
        if options.only in (None, "server"):
            figures |= on_a_server(folder / "mariadb", options.rows)
    reach = {name: bound for name, bound in _REACH.items() if name in figures}
    return report("duplicates", figures, reach)


def _pairs(folder: Path) -> dict[str, float]:
    hashes, copies, sources = _planted(_MILLION)
    np.save(folder / "hashes.npy", hashes)
    ours = [_in_a_process(_OURS, folder, "ours") for _ in range(_ROUNDS)]
    faiss = _in_a_process(_FAISS, folder, "faiss")
    distinct = Distinct.of(hashes)
    found = _packed(np.load(folder / "ours.npy"))
    planted = _packed(distinct.inverse[np.stack([copies, sources])])
    its = _packed(distinct.inverse[np.load(folder / "faiss.npy")])
    seconds = median(each["seconds"] for each in ours)
    np.save(folder / "hashes.npy", _planted(10 * _MILLION)[0])
    many = _in_a_process(_OURS, folder, "many")
    return {
        "hashes": len(hashes),
        "pairs": len(found),
        "missed_of_planted": len(np.setdiff1d(planted, found)),
        "wrong_in_sample": _wrong_in_sample(distinct, found, copies, sources),
        "other_than_faiss": len(np.setxor1d(its, found)),
        "seconds": round(seconds, 2),
        "faiss_seconds": round(faiss["seconds"], 2),
        "times_as_fast_as_faiss": round(faiss["seconds"] / seconds, 1),
        "megabytes": round(max(each["megabytes"] for each in ours)),
        "seconds_of_10_million": round(many["seconds"], 1),
        "megabytes_of_10_million": round(many["megabytes"]),
    }


def _planted(count: int) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Hashes, and the indexes of those that are near copies, and of what they are copies of."""
    chance = np.random.default_rng(5)
    hashes = chance.integers(0, 1 << 64, count, np.uint64)
    chosen = chance.permutation(count)[: count // 10]
    copies, sources = np.split(chosen, 2)
    bits = np.tile(np.arange(64, dtype=np.uint64), (len(copies), 1))
    flipped = np.uint64(1) << chance.permuted(bits, axis=1)[:, :_RADIUS]
    # The first is always flipped, of the others as many as there are to be.
    flipped[np.arange(_RADIUS) >= chance.integers(1, _RADIUS, (len(copies), 1), endpoint=True)] = 0
    changed = np.bitwise_or.reduce(flipped, axis=1)
    hashes[copies] = hashes[sources] ^ changed
    return hashes, copies, sources


def _in_a_process(work: str, folder: Path, name: str) -> dict[str, float]:
    """What it took; the pairs are saved by that name."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            _MEMORY.format(work=work),
            folder / "hashes.npy",
            folder / f"{name}.npy",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _packed(pairs: NDArray[Any]) -> NDArray[np.uint64]:
    """Pairs of two places as one number each, once, whichever came first."""
    low, high = pairs.min(axis=0).astype(np.uint64), pairs.max(axis=0).astype(np.uint64)
    return np.unique((low << np.uint64(32) | high)[low != high])


def _wrong_in_sample(
    distinct: Distinct,
    found: NDArray[np.uint64],
    copies: NDArray[np.int64],
    sources: NDArray[np.int64],
) -> int:
    """Pairs found too many or too few in a sample, a quarter of it copies and what they are of."""
    few = _SAMPLE // 8
    some = np.random.default_rng(6).permutation(len(distinct))
    near = distinct.inverse[np.concatenate([copies[:few], sources[:few]])]
    sample = np.sort(np.concatenate([near, np.setdiff1d(some, near, assume_unique=True)])[:_SAMPLE])
    values = distinct.values[sample]
    expected = []
    for start in range(0, _SAMPLE, 500):
        block = np.bitwise_count(values[start : start + 500, None] ^ values) <= _RADIUS
        first, second = np.nonzero(block)
        expected.append(np.stack([sample[first + start], sample[second]]))
    inside = np.isin(found >> np.uint64(32), sample) & np.isin(found & np.uint64(2**32 - 1), sample)
    return len(np.setxor1d(found[inside], _packed(np.concatenate(expected, axis=1))))


if __name__ == "__main__":
    sys.exit(main())
