"""500 decisions by keys in the real window: how soon the next picture is painted.

The window is the program's own on the offscreen platform, the library an embedded one of 520
pictures that wait, each with its variants on disk. A key is pressed as soon as the picture before
is painted and the next one has been read ahead, by events as a keyboard sends them: nine approvals
for each reject or flag with its reason. Decisions are carried out meanwhile, as always: rows,
history, records, objects moved. A timer of one millisecond measures every gap of the event loop;
``own_ms`` is what the GUI thread itself computed of the worst one.

Run: ``make bench BENCH=moderation`` (``ARGS="--pace MS"`` waits between two keys as a person does).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.keys import private_key
from artitec_media_desktop.domain.limits import VARIANTS

from .report import report

ITEMS: Final = 520
DECISIONS: Final = 500
_PICTURES: Final = 40
_SIZE: Final = (2400, 1800)
_REACH: Final = {
    "decisions": (">=", float(DECISIONS)),
    "on_record": (">=", float(DECISIONS)),
    "key_to_paint_p99_ms": ("<=", 50.0),
    "worst_gap_ms": ("<=", 50.0),
}


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--pace", type=int, default=0, help="milliseconds between two keys")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Home(Path(made))
        _make(home)
        figures = _measured(home, given.pace)
    return report("moderation", figures, _REACH)


def _measured(home: Home, pace: int) -> dict[str, float]:
    """Drive the window in a process of its own."""
    command = [sys.executable, "-m", f"{__package__}.moderation_window", str(home.root), str(pace)]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: round(value, 2) for name, value in found.items()}


def _make(home: Home) -> None:
    library = Library.embedded(home)
    library.open()
    _make_objects(home)
    with library.database.write() as tx:
        for number in range(1, ITEMS + 1):
            row = _row(number)
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            tx.execute(text(f"INSERT INTO media ({names}) VALUES ({marks})"), row)  # noqa: S608
    library.close()


def _stem(number: int) -> str:
    return f"posts/media/PST-1/2026-11/post-20261101101010-{number:06x}"


def _make_objects(home: Home) -> None:
    """Hard links of a few pictures: what is decided on moves, and leaves the others alone."""
    pictures = home.root / "pictures"
    pictures.mkdir()
    for at in range(_PICTURES):
        for name, data in _picture(at).items():
            (pictures / f"{at}{name}").write_bytes(data)
    private = home.objects.with_name(f"{home.objects.name}-private")  # as LocalStore has it
    for number in range(1, ITEMS + 1):
        for name in ("", *(f"_{each.name}" for each in VARIANTS)):
            target = private / f"{_stem(number)}{name}.jpg"
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(pictures / f"{number % _PICTURES}{name}", target)


def _picture(seed: int) -> dict[str, bytes]:
    """An original and its variants, by what is appended to the key."""
    from PIL import Image, ImageDraw

    chance = random.Random(seed)  # noqa: S311
    wide, high = _SIZE
    whole = Image.effect_noise((wide // 4, high // 4), 40).convert("RGB").resize(_SIZE)
    draw = ImageDraw.Draw(whole)
    for _ in range(30):
        left, right = sorted(chance.choices(range(wide), k=2))
        top, bottom = sorted(chance.choices(range(high), k=2))
        draw.ellipse((left, top, right, bottom), fill=tuple(chance.randbytes(3)))
    made = {"": _jpeg(whole, 90)}
    for each in VARIANTS:
        small = whole.copy()
        small.thumbnail((each.side, each.side))
        made[f"_{each.name}"] = _jpeg(small, each.quality)
    return made


def _jpeg(picture: Any, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _row(number: int) -> dict[str, Any]:
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
    stem = private_key(_stem(number))
    urls = {f"{each.name}_url": f"{stem}_{each.name}.jpg" for each in VARIANTS}
    small = urls.pop("small_url")
    urls["thumbnail_url"] = urls.pop("thumb_url")
    return urls | {
        "public_id": f"MED-{1_700_000_000 + number}-{number:06X}",
        "filename": f"{number}.jpg",
        "original_filename": f"IMG_{number}.jpg",
        "media_type": "IMAGE",
        "content_type": "image/jpeg",
        "file_size": 900_000,
        "width": _SIZE[0],
        "height": _SIZE[1],
        "image_hash": f"{random.Random(number).getrandbits(64):016x}",  # noqa: S311
        "storage_type": "local",
        "storage_path": f"{stem}.jpg",
        "original_url": f"{stem}.jpg",
        "entity_type": "post",
        "entity_id": 1,
        "entity_field": "media",
        "alt_text": f"Picture {number}",
        "sort_order": number,
        "is_primary": False,
        "tags": "[]",
        "metadata": json.dumps({"small_url": small}),
        "uploaded_by": "USR-123",
        "is_public": True,
        "is_approved": False,
        "moderation_status": "pending",
        "created_at": f"{at:%Y-%m-%d %H:%M:%S}.000000",
        "updated_at": f"{at:%Y-%m-%d %H:%M:%S}.000000",
    }


if __name__ == "__main__":
    sys.exit(main())
