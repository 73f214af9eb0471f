"""A whole library compared: 1,000,000 media that have signatures, in bounded time and memory.

Signatures are random, 5 % are near copies of others: a few bits of every hash and some grey levels
differ. Peak memory is of a process that does nothing else; files that are mapped count.
Run: ``make bench BENCH=comparing`` (``ARGS="--rows 60000 --keep FOLDER"``; what is kept is not made
again the next time).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from artitec_media_desktop.domain.hashes import FINGERPRINT_VERSION
from artitec_media_desktop.processing.signature import FRAME

from .library import fill, settle
from .million import library_file
from .report import report

_AT_ONCE: Final = 20_000
#: Every twentieth is a copy of one of the same chunk.
_EVERY: Final = 20
_HEAD: Final = b"\x01\x01" + np.float32("nan").tobytes()
_REACH: Final = {
    "missed_of_planted": ("<=", 0.0),
    "megabytes": ("<=", 1.5 * 1024),
    "slowest_stop_seconds": ("<=", 1.0),
}
_COMPARE: Final = """
import json, sys, time
from pathlib import Path
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.duplicates import MAX_THRESHOLD, Scope
from artitec_media_desktop.services.duplicates.comparing import compare

class Watched:
    def __init__(self):
        self.last, self.longest, self.at = time.perf_counter(), 0.0, {}
        self.began = self.last
    def check_cancelled(self):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now
    def progress(self, done, total, text=""):
        self.at[done] = time.perf_counter() - self.began

library, work = Database.file(Path(sys.argv[1])), Watched()
found = compare(library, Scope(), work)
took = time.perf_counter() - work.began
began = time.perf_counter()
groups = found.grouped(MAX_THRESHOLD).count
grouped = time.perf_counter() - began
lines = Path("/proc/self/status").read_text().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps({
    "media": found.compared, "pairs": found.edges.count, "groups": groups,
    "seconds": round(took, 1), "reading_seconds": round(work.at.get(52, 0.0), 1),
    "first_grouping_seconds": round(grouped, 2), "slowest_stop_seconds": round(work.longest, 2),
    "megabytes": round(peak / 1024),
}))
"""


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    given = argparse.ArgumentParser()
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--keep", type=Path)
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        _prepare(folder, options.rows)
        done = subprocess.run(
            [sys.executable, "-c", _COMPARE, folder / "library.db"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    planted = options.rows // _EVERY
    figures["missed_of_planted"] = max(planted - figures["pairs"], 0)
    return report("comparing", figures, _REACH)


def _prepare(folder: Path, rows: int) -> None:
    if (folder / "library.db").exists():
        return
    with library_file(folder) as library:
        fill(library, rows)
        insert = (
            "INSERT INTO media_fingerprints (media_id, version, sha256, signature, created_at) "
            "VALUES (?, ?, ?, ?, '2026-01-01 00:00:00')"
        )
        chance = np.random.default_rng(5)
        with library.write() as tx:
            for start in range(0, rows, _AT_ONCE):
                frames = _frames(min(_AT_ONCE, rows - start), chance)
                numbers = range(start + 1, start + len(frames) + 1)
                sums = (chance.bytes(32).hex() for _ in numbers)
                signatures = (_HEAD + each.tobytes() for each in frames)
                versions = [FINGERPRINT_VERSION] * len(frames)
                made = zip(numbers, versions, sums, signatures, strict=True)
                tx.exec_driver_sql(insert, list(made))
        settle(library)


def _frames(count: int, chance: np.random.Generator) -> NDArray[Any]:
    frames = np.empty(count, FRAME)
    frames["hashes"] = chance.integers(0, 1 << 64, frames["hashes"].shape, np.uint64)
    frames["grey"] = chance.integers(8, 240, frames["grey"].shape, np.uint8)
    copies = frames[_EVERY - 1 :: _EVERY]
    copies[:] = frames[::_EVERY][: len(copies)]
    # Two bits of each hash, or one.
    flips = np.uint64(1) << chance.integers(0, 64, (2, *copies["hashes"].shape), np.uint64)
    copies["hashes"] ^= flips[0] | flips[1]
    copies["grey"] += chance.integers(0, 8, copies["grey"].shape, np.uint8)
    return frames


if __name__ == "__main__":
    raise SystemExit(main())
