"""A library of many media, generated: what searching and scrolling are measured on."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import text

from artitec_media_desktop.database.engine import Database, Tx

_WORDS: Final = [
    "kitchen",
    "bathroom",
    "bedroom",
    "living",
    "dining",
    "garden",
    "pool",
    "patio",
    "garage",
    "porch",
    "hallway",
    "office",
    "stairs",
    "balcony",
    "terrace",
    "laundry",
    "closet",
    "fireplace",
    "island",
    "window",
    "door",
    "roof",
    "driveway",
    "facade",
    "sunset",
    "morning",
    "evening",
    "bright",
    "cosy",
    "modern",
    "rustic",
    "spacious",
    "corner",
    "view",
    "mountain",
    "desert",
    "lake",
    "street",
    "oak",
    "marble",
    "granite",
    "steel",
    "brick",
    "stone",
    "wood",
    "tile",
    "carpet",
    "glass",
    "copper",
]
_RARE: Final = [f"{a}{b}{c}wick" for a in "bdfghklmnp" for b in "aeiou" for c in "lmnrst"]
_TAGS: Final = [*_WORDS[:24], "two words", "Küche", "for sale"]
_CAMERAS: Final = (("Canon", "EOS R5"), ("NIKON CORPORATION", "NIKON Z 6"), ("Apple", "iPhone 15"))
_START: Final = datetime(2019, 1, 1, tzinfo=UTC)
_PLACES: Final = ("community", "amenity", "builder", "property", "property", "sales_rep", "user")
COLUMNS: Final = (
    "id", "public_id", "filename", "original_filename", "media_type", "content_type", "file_size",
    "width", "height", "duration", "image_hash", "storage_type", "bucket_name", "storage_path",
    "original_url", "thumbnail_url", "medium_url", "large_url", "entity_type", "entity_id",
    "entity_field", "alt_text", "caption", "sort_order", "is_primary", "tags", "metadata",
    "uploaded_by", "is_public", "is_approved", "moderation_status", "created_at", "updated_at",
)  # fmt: skip


def fill(database: Database, count: int, waiting: int = 97) -> None:
    """Put ``count`` media into an empty table; what searches use is made at the end, in one go.

    One of so many is pending.
    """
    mark = "%s" if database.is_shared else "?"
    marks = ", ".join([mark] * len(COLUMNS))
    insert = f"INSERT INTO media ({', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608
    made = _rows(count, waiting)
    with database.write() as tx:
        later = [] if database.is_shared else _taken_down(tx)
        while part := list(islice(made, 20_000)):
            tx.exec_driver_sql(insert, part)
        for statement in later:
            tx.exec_driver_sql(statement)


def _taken_down(tx: Tx) -> list[str]:
    """Remove indexes and triggers; returns what fills and makes them again."""
    made = tx.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND "
        "tbl_name IN ('media', 'media_search') AND type IN ('index', 'trigger') ORDER BY type"
    ).all()
    for kind, name, _ in made:
        tx.exec_driver_sql(f"DROP {kind} {name}")
    (follow,) = [sql for _, name, sql in made if name == "media_insert"]
    values = follow[follow.index("INSERT INTO media_search") : follow.rindex("; END")]
    rows = values.replace("VALUES (", "SELECT ", 1).replace("new.", "media.").removesuffix(")")
    rebuild = "INSERT INTO media_words (media_words) VALUES ('rebuild')"
    return [f"{rows} FROM media", rebuild, *(sql for _, _, sql in made)]


def stem_of(number: int) -> str:
    """The keys of that media, without their endings: ``_small.jpg``, ``.jpg``."""
    return f"properties/photos/PROP-{number % 9000}/2024-05/photo-20240501101010-{number:06x}"


def _rows(count: int, waiting: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(5)  # noqa: S311
    every = timedelta(days=2700) / count
    for number in range(1, count + 1):
        video = number % 25 == 0
        words = chance.choices(_WORDS, k=5)
        if number % 500 == 0:
            words[2] = chance.choice(_RARE)
        public_id = f"MED-{1_546_300_800 + number}-{number:06X}"
        stem = stem_of(number)
        status = (
            "pending" if number % waiting == 0 else "flagged" if number % 997 == 0 else "approved"
        )
        at = _START + every * number
        make, model = _CAMERAS[number % 3]
        taken = f'"datetime_original": "{at - timedelta(days=number % 40):%Y:%m:%d %H:%M:%S}", '
        exif = "{}" if number % 6 == 0 else f'{{{taken}"make": "{make}", "model": "{model}"}}'
        tags = ", ".join(f'"{each}"' for each in chance.choices(_TAGS, k=number % 4))
        yield (
            number, public_id, stem.rpartition("/")[2] + ".jpg",
            f"{words[0]}_{number}.{'mp4' if video else 'jpg'}", "VIDEO" if video else "IMAGE",
            "video/mp4" if video else "image/jpeg", chance.randrange(2_000, 12_000_000), 4000, 3000,
            30 if video else None, f"{chance.getrandbits(64):016x}", "local", None, f"{stem}.jpg",
            f"{stem}.jpg", f"{stem}_thumb.jpg", f"{stem}_medium.jpg", f"{stem}_large.jpg",
            _PLACES[number % 7], number * 7919 % 1400 + 1, "gallery" if number % 11 else "cover",
            None if number % 9 == 0 else f"The {words[1]} with a {words[2]} {words[3]}",
            None if number % 3 else " ".join(words), number % 60, number % 61 == 0, f"[{tags}]",
            f'{{"exif": {exif}, "small_url": "{stem}_small.jpg"}}',
            f"USR-{100 + number % 30}", number % 50 != 0, True, status,
            f"{at:%Y-%m-%d %H:%M:%S}.000000", f"{at:%Y-%m-%d %H:%M:%S}.000000",
        )  # fmt: skip


def settle(database: Database) -> None:
    """What a database does by itself in time."""
    with database.read() as tx:
        if not database.is_shared:
            tx.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            tx.execute(text("ANALYZE TABLE media, media_search, media_words, media_blocks"))
