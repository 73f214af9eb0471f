from dataclasses import replace

import pytest
from sqlalchemy import text

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain import right_of_way
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.media import MediaType, ModerationStatus, StorageType

from .conftest import AT

WILLOW = EntityRef(EntityType.COMMUNITY, 1)


def test_every_column_comes_back(library, make_media):
    wanted = make_media(
        media_type=MediaType.VIDEO, width=640, height=480, duration=12, image_hash="0" * 16,
        storage_type=StorageType.S3, bucket_name="b", thumbnail_url="t", medium_url="m",
        large_url="l", video_processed_url="v", alt_text="Küche", caption="c", is_primary=True,
        source_url="s", tags=("kitchen", 'a "quoted" one'), metadata={"small_url": "s", "n": 1},
        is_public=False, is_approved=False, moderation_status=ModerationStatus.FLAGGED,
    )  # fmt: skip
    with library.write() as tx:
        added = rows.add(tx, wanted)
    assert added == replace(wanted, id=added.id)
    assert added.small_url == "s"


def test_before_each_media_of_a_page_the_window_may_go_first(library, make_media, monkeypatch):
    with library.write() as tx:
        ids = [rows.add(tx, make_media()).id for _ in range(3)]
    given = []
    with library.read() as tx:
        monkeypatch.setattr(right_of_way, "give", lambda: given.append(1))
        assert list(rows.by_ids(tx, ids)) == ids
    assert len(given) > 3  # and once before the query


@pytest.mark.parametrize(
    ("column", "stored", "read"),
    [
        ("media_type", "image", MediaType.IMAGE),
        ("media_type", "VIDEO", MediaType.VIDEO),
        ("storage_type", "S3", StorageType.S3),
        ("storage_type", "local", StorageType.LOCAL),
        ("moderation_status", "PENDING", ModerationStatus.PENDING),
        ("tags", None, ()),
        ("metadata", " ", {}),
        ("image_hash", "", ""),
    ],
)
def test_every_spelling_is_read(library, make_media, column, stored, read):
    one = _written(library, make_media, column, stored)
    assert (getattr(one, column), one.unread) == (read, ())


@pytest.mark.parametrize(
    ("column", "stored", "read"),
    [
        ("media_type", "AUDIO", MediaType.IMAGE),
        ("storage_type", "gcs", StorageType.LOCAL),
        ("moderation_status", "something", ModerationStatus.APPROVED),
        ("moderation_status", "", ModerationStatus.APPROVED),
        ("tags", "not json", ()),
        ("tags", '{"a": 1}', ()),
        ("metadata", "[1]", {}),
        ("width", "wide", None),
        ("file_size", "big", 0),
    ],
)
def test_what_can_not_be_read_is_told(library, make_media, column, stored, read):
    one = _written(library, make_media, column, stored)
    assert (getattr(one, column), one.unread) == (read, (column,))


def _written(library, make_media, column, stored):
    with library.write() as tx:
        media = rows.add(tx, make_media())
        tx.execute(text(f"UPDATE media SET {column} = :value"), {"value": stored})
    with library.read() as tx:
        return rows.by_id(tx, media.id)


def test_only_one_is_primary(library, make_media):
    with library.write() as tx:
        first = rows.add(tx, make_media(is_primary=True))
        elsewhere = rows.add(tx, make_media(is_primary=True, entity_field="cover"))
        rows.demote(tx, WILLOW, "gallery", AT)
        assert not rows.by_id(tx, first.id).is_primary
        assert rows.by_id(tx, elsewhere.id).is_primary


def test_summaries_and_cover(library, make_media):
    with library.write() as tx:
        rows.add(tx, make_media(file_size=10))
        primary = rows.add(tx, make_media(file_size=20, is_primary=True))
        (summary,) = rows.summaries(tx, WILLOW)
        assert (summary.field, summary.count, summary.total_bytes) == ("gallery", 2, 30)
        assert rows.cover(tx, WILLOW, "gallery").id == primary.id
        assert rows.cover(tx, WILLOW, "cover") is None
