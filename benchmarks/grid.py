"""A million media in the real window: how soon it shows pictures, and whether it is ever held up.

The window is the program's own on the offscreen platform (``grid_window.py``), the whole library in
the grid. A timer of four milliseconds measures every gap of the event loop while it jumps to any
place, scrolls fast, is resized, zoomed, selected and sorted; ``own_ms`` is what the GUI thread
itself computed of the worst one.

Every media has its small picture, of 400 pixels and 20 kB, as uploads make it: a hard link to one
of a few hundred JPEGs. ``painted_a_second`` is measured through the cache on this disk, as pictures
of a bucket are, with those of the newest 100,000 in it; ``painted_local_a_second`` from a library's
own folder. So few files stay in memory: a slow disk is not what is measured here.

MariaDB is measured where it is installed, as the platform that DATABASE_URL names. A team's server
stands on another machine; this one shares the cores with the window, so it runs with a lower
priority than the program (``nice`` 10, the program's workers 5), and is slower by that.
Run: ``make bench BENCH=grid`` (``ARGS="--rows N --only sqlite|mariadb --keep FOLDER"``; what is
kept is not made again the next time, if it has as many rows).
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Final

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import search_index
from artitec_media_desktop.domain.limits import SMALL

from .library import fill, settle, stem_of
from .million import is_filled, platform_server
from .report import report

#: A file system has room for 65,000 links of a file, or fewer.
_PICTURES: Final = 300
_CACHED: Final = 100_000
#: Of MariaDB, see above.
_NICENESS: Final = 10
#: The administrator of the platform's generated database.
_ACCOUNT: Final = "ada.admin@artitec.example:correct horse"
_MEASURED: Final = {
    "first_thumbnails_seconds": ("<=", 1.0),
    "painted_a_second": (">=", 500.0),
    "painted_local_a_second": (">=", 500.0),
    "megabytes_over_idle": ("<=", 250.0),
    "last_row_in_view": (">=", 1.0),
}


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--only", choices=("sqlite", "mariadb"))
    asked.add_argument("--keep", type=Path, help="where the libraries stay for the next run")
    given = asked.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        home = Home(folder / f"home-{given.rows}")
        if not home.thumbnails.exists():
            _make_pictures(home, given.rows)
        if given.only != "mariadb":
            _make_embedded(home, given.rows)
            figures |= _measured(home, given.rows, {})
        if given.only != "sqlite" and shutil.which("mariadbd"):
            with _server(folder / f"mariadb-{given.rows}", given.rows) as url:
                env = {"DATABASE_URL": url, "STORAGE_TYPE": "local"}
                env |= {"UPLOAD_DIR": str(home.objects), "BENCH_ACCOUNT": _ACCOUNT}
                found = _measured(home, given.rows, env)
            figures |= {f"mariadb_{name}": value for name, value in found.items()}
    return report("grid", figures, _reach(figures, given.rows))


def _reach(figures: dict[str, float], rows: int) -> dict[str, tuple[str, float]]:
    reach = {}
    for name in figures:
        plain = name.removeprefix("mariadb_")
        if plain.startswith("worst_ms"):
            reach[name] = ("<=", 50.0)
        elif plain in ("rows", "selected"):
            reach[name] = (">=", float(rows))
        elif plain in _MEASURED:
            reach[name] = _MEASURED[plain]
    return reach


def _measured(home: Home, rows: int, env: dict[str, str]) -> dict[str, float]:
    """Drive the window in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", f"{__package__}.grid_window", str(home.root), str(rows)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | env,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: round(value, 2) for name, value in found.items()}


# ---- libraries


def _make_embedded(home: Home, rows: int) -> None:
    library = Library.embedded(home)
    library.open()
    if not is_filled(library.database, rows):
        fill(library.database, rows)
        settle(library.database)
    library.close()


@contextmanager
def _server(folder: Path, rows: int) -> Iterator[str]:
    """A platform's server over that many media; gives the address of its database."""
    with platform_server(folder, _NICENESS) as platform:
        with closing(platform.open()) as database:
            if not is_filled(database, rows):
                fill(database, rows)
                search_index.catch_up(database)
                settle(database)
        yield platform.server.url(platform.name)


# ---- pictures


def _make_pictures(home: Home, rows: int) -> None:
    """In the library's folder for all rows, and in the cache on this disk for the newest."""
    real = [_picture(number) for number in range(_PICTURES)]
    store, cache = home.root / "pictures", home.root / "cached"
    for folder in (store, cache):
        folder.mkdir(parents=True)
    for number, data in enumerate(real):
        (store / str(number)).write_bytes(data)
        (cache / str(number)).write_bytes(hashlib.sha256(data).digest() + data)  # as DiskCache does
    for number, (at, _) in zip(range(1, rows + 1), cycle(enumerate(real)), strict=False):
        key = f"{stem_of(number)}_{SMALL.name}.jpg"
        _link(store / str(at), home.objects / key)
        if number > rows - _CACHED:
            name = hashlib.sha256(key.encode()).hexdigest()
            _link(cache / str(at), home.thumbnails / name[:2] / name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        os.link(source, target)


def _picture(seed: int) -> bytes:
    from PIL import Image, ImageDraw

    chance = random.Random(seed)  # noqa: S311
    wide, high = SMALL.side, SMALL.side * 3 // 4
    picture = Image.effect_noise((wide, high), 7).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        left, right = sorted(chance.choices(range(wide), k=2))
        top, bottom = sorted(chance.choices(range(high), k=2))
        draw.ellipse((left, top, right, bottom), fill=tuple(chance.randbytes(3)))
    out = BytesIO()
    picture.save(out, "JPEG", quality=SMALL.quality)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
