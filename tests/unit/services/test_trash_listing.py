from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.database import trash
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.domain.permissions import Account, Role

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def lying(library):
    """Put rows into the trash: ``lying(3)``, or one with values of its own."""
    last = 0

    def put(count=1, minutes=1, entity=("community", 1), by=None, **values):
        nonlocal last
        made = []
        with library.database.write() as tx:
            for _ in range(count):
                last += 1
                media = Media(
                    **{
                        "id": last,
                        "public_id": f"MED-1-{last:06}",
                        "filename": f"{last}.jpg",
                        "original_filename": f"IMG_{last}.jpg",
                        "media_type": MediaType.IMAGE,
                        "content_type": "image/jpeg",
                        "file_size": 1000,
                        "storage_path": f"private/{last}.jpg",
                        "original_url": f"private/{last}.jpg",
                        "entity_type": entity[0],
                        "entity_id": entity[1],
                        "entity_field": "gallery",
                    }
                    | values
                )
                at = NOON + timedelta(minutes=last * minutes)
                trash.put(tx, media, by or library.account.user_id, at)
                made.append(media.public_id)
        return made

    return put


def names(page):
    return [each.media.original_filename for each in page.items]


def test_pages_are_newest_first_and_join_without_a_gap(library, lying):
    ids = lying(7)
    first = library.trash_listing.page(limit=3)
    second = library.trash_listing.page(limit=3, after=first.next)
    third = library.trash_listing.page(limit=3, after=second.next)
    read = [each.media.public_id for page in (first, second, third) for each in page.items]
    assert read == ids[::-1]
    assert third.next is None
    assert (first.total, first.total_bytes) == (7, 7000)


def test_what_was_deleted_at_once_is_read_once(library, lying):
    ids = lying(5, minutes=0)
    first = library.trash_listing.page(limit=2)
    rest = library.trash_listing.page(limit=10, after=first.next)
    read = [each.media.public_id for page in (first, rest) for each in page.items]
    assert sorted(read) == ids


def test_what_is_deleted_meanwhile_hides_nothing(library, lying):
    ids = lying(4)
    first = library.trash_listing.page(limit=2)
    lying(1)
    rest = library.trash_listing.page(limit=2, after=first.next)
    assert [each.media.public_id for each in rest.items] == ids[1::-1]


def test_an_item_says_where_from_by_whom_and_until_when(library, lying):
    lying()
    (item,) = library.trash_listing.page().items
    assert item.entity.public_id == "CMY-456"
    assert item.deleted_by.name == library.account.name
    assert item.deleted_at == NOON + timedelta(minutes=1)
    assert item.expires_at - item.deleted_at == timedelta(days=30)
    assert item.may_restore


def test_a_place_and_an_account_may_be_gone(library, lying):
    lying(entity=("community", 99_999), by="USR-GONE")
    lying(entity=("event", 3))
    event, gone = library.trash_listing.page().items
    assert event.entity is None
    assert gone.entity is None
    assert gone.deleted_by is None


@pytest.mark.parametrize(
    "search",
    ["kuche", "KÜCHE.jpg", "küche", "light pendant", "willow küche", "cmy-456 küche", "50%_"],
)
def test_words_are_looked_for_in_all_that_is_shown(library, lying, search):
    lying(3, entity=("property", 1))
    lying(
        original_filename="Küche.jpg",
        alt_text="Pendant light, kuche",
        caption="50%_off",
    )
    assert names(library.trash_listing.page(search)) == ["Küche.jpg"]


def test_a_search_has_its_own_totals(library, lying):
    lying(3, alt_text="Pool")
    lying(4)
    page = library.trash_listing.page("pool", limit=2)
    assert (page.total, page.total_bytes, len(page.items)) == (3, 3000, 2)
    assert page.next is not None
    assert library.trash_listing.page("null").total == 0


def test_who_deleted_it_is_found_by_name(library, lying):
    lying(2)
    assert library.trash_listing.page(library.account.name).total == 2
    assert library.trash_listing.page("nobody at all").total == 0


def test_what_may_not_be_put_back_says_why(library, lying):
    owner = library.library.resolve(EntityType.COMMUNITY, "CMY-456")
    lying(2)
    lying(entity=("event", 3))
    library.account = Account("stranger", "Sam", Role.BUILDER)
    page = library.trash_listing.page()
    assert not page.may_purge
    assert all(not each.may_restore and each.may_restore.reason for each in page.items)
    held = library.library.overview(owner.ref).entity.holders
    if held:
        library.account = Account(next(iter(held)), "Alex", Role.COMMUNITY_ADMIN)
        decisions = [bool(each.may_restore) for each in library.trash_listing.page().items]
        assert decisions == [False, True, True]
