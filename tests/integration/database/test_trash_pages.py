"""The trash as a list, on a real server."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from artitec_media_desktop.database import trash, trash_pages
from artitec_media_desktop.domain.media import Media, MediaType

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Media(
    id=1,
    public_id="MED-1-A",
    filename="a.jpg",
    original_filename="Küche.jpg",
    media_type=MediaType.IMAGE,
    content_type="image/jpeg",
    file_size=3_000_000_000,
    storage_path="private/a.jpg",
    original_url="private/a.jpg",
    entity_type="community",
    entity_id=99_999,
    entity_field="gallery",
)


def test_pages_totals_and_words(newest):
    others = [
        replace(ONE, id=2, public_id="MED-1-B", original_filename="b.jpg", alt_text="50%_off"),
        replace(ONE, id=3, public_id="MED-1-C", original_filename="c.jpg", caption="Pool"),
    ]
    with newest.write() as tx:
        for number, one in enumerate([ONE, *others]):
            # Two at once: a server keeps whole seconds.
            trash.put(tx, one, "USR-100", NOON + timedelta(seconds=number // 2))
    with newest.read() as tx:
        first, place = trash_pages.page(tx, [], 2, None)
        rest, end = trash_pages.page(tx, [], 2, place)
        assert [each.media.public_id for each in first + rest] == ["MED-1-C", "MED-1-B", "MED-1-A"]
        assert end is None
        assert trash_pages.totals(tx, []) == (3, 9_000_000_000)
        for word, expected in (
            ("KÜCHE", ["MED-1-A"]),
            ("50%_", ["MED-1-B"]),
            ("pool", ["MED-1-C"]),
            ("null", []),
        ):
            found, _ = trash_pages.page(tx, [word], 10, None)
            assert [each.media.public_id for each in found] == expected, word
