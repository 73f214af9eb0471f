"""Searching a library of our own; what a platform's server finds is held against the same cases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.database import (
    changes,
    media_search,
    newest,
    search_trigrams,
    tags,
    trash,
)
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.listing import Cursor, MediaQuery
from artitec_media_desktop.domain.media import MediaType, ModerationStatus
from artitec_media_desktop.domain.search import Order, Search, parse
from tests.searches import CASES, FIXTURE

from .conftest import AT

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
HYPOTHESIS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def found(tx, search="", entity=None, field=None):
    return list(media_search.ids(tx, MediaQuery(entity, field, parse(search))))


def walked(tx, query, limit):
    """All pages put together."""
    seen, place = [], None
    while True:
        items, place = media_search.page(tx, query, limit, place)
        seen += [each.id for each in items]
        if place is None:
            return seen
        place = Cursor.decode(place.encode())


@pytest.fixture(scope="module", params=["indexed", "plain"])
def filled(request, tmp_path_factory):
    """The cases' media, with the tables of ours and, as in a file of another make, without."""
    from artitec_media_desktop.database.engine import Database
    from artitec_media_desktop.services.opening import open_embedded

    folder = tmp_path_factory.mktemp("filled")
    library, journal = Database.file(folder / "l.db"), Database.file(folder / "j.db", "journal")
    open_embedded(library, journal)
    with library.write() as tx:
        for number, each in enumerate(FIXTURE, 1):
            rows.add(tx, replace(each, id=number))
        if request.param == "plain":
            tx.execute(text("DROP TABLE media_search"))
            for name in ("insert", "update", "delete"):
                tx.execute(text(f"DROP TRIGGER media_{name}"))
    library.look_again()
    yield library
    library.close()
    journal.close()


@pytest.mark.parametrize(("search", "names"), CASES)
def test_cases(filled, search, names):
    with filled.read() as tx:
        query = MediaQuery(search=parse(search))
        ids = list(media_search.ids(tx, query))
        assert {FIXTURE[n - 1].original_filename for n in ids} == set(names)
        assert media_search.count(tx, query) == len(ids) == len(set(ids))
        assert walked(tx, query, 2) == ids


@pytest.mark.parametrize("order", Order)
def test_cases_in_every_order(filled, order):
    with filled.read() as tx:
        for entity in (None, WILLOW):
            query = MediaQuery(entity, search=Search(order=order))
            assert walked(tx, query, 1) == list(media_search.ids(tx, query))


ROW = st.fixed_dictionaries(
    {
        "sort_order": st.integers(0, 2),
        "created_at": st.integers(0, 2).map(lambda hours: AT - timedelta(hours=hours)),
        "file_size": st.integers(0, 2),
        "original_filename": st.sampled_from(["a", "A", "Ä", "b", ""]),
        "entity_id": st.integers(1, 2),
        "moderation_status": st.sampled_from(ModerationStatus),
        "metadata": st.sampled_from(
            [{}, *({"exif": {"datetime_original": f"202{n}:01:01 00:00:00"}} for n in (1, 2))]
        ),
        "alt_text": st.sampled_from(["pool", "kitchen", None]),
    }
)
QUERIES = st.builds(
    MediaQuery,
    st.sampled_from([None, WILLOW]),
    st.just(None),
    st.builds(
        Search, st.sampled_from([(), parse("pool").terms, parse("-kitchen").terms]),
        st.sampled_from(Order),
    ),
)  # fmt: skip


@HYPOTHESIS
@given(st.lists(ROW, max_size=12), QUERIES, st.integers(1, 5), st.lists(ROW, max_size=3))
def test_pages_are_the_whole_list_whatever_comes_between(
    library, make_media, old, query, limit, new
):
    with library.write() as tx:
        tx.execute(text("DELETE FROM media"))
        before = {rows.add(tx, make_media(**each)).id for each in old}
        wanted = list(media_search.ids(tx, query))
        assert walked(tx, query, limit) == wanted
        assert media_search.count(tx, query) == len(wanted)
        first, place = media_search.page(tx, query, limit)
        for each in new:
            rows.add(tx, make_media(**each))
        seen = [each.id for each in first]
        while place is not None:
            items, place = media_search.page(tx, query, limit, place)
            seen += [each.id for each in items]
        assert len(set(seen)) == len(seen)
        assert [each for each in seen if each in before] == wanted


def test_what_the_near_rows_lack_is_found_far_away(library, make_media, monkeypatch):
    monkeypatch.setattr(media_search, "_NEAR", 2)
    with library.write() as tx:
        for n in range(9):
            at = AT - timedelta(hours=n)
            rows.add(tx, make_media(alt_text="pool" if n > 6 else "kitchen", created_at=at))
        for search in ("pool", "po", "tag:none", "-kitchen", "pool size:>1b", "sort:name pool"):
            query = MediaQuery(search=parse(search))
            assert walked(tx, query, 1) == list(media_search.ids(tx, query))
        assert found(tx, "pool") == [8, 9]
        monkeypatch.setattr(search_trigrams, "_COMMON", 1)
        assert found(tx, "pool") == [8, 9]


def test_the_platforms_order_is_by_sort_order_then_newest(library, make_media):
    with library.write() as tx:
        old = rows.add(tx, make_media(sort_order=1, created_at=AT - timedelta(days=1)))
        new = rows.add(tx, make_media(sort_order=1))
        first = rows.add(tx, make_media(sort_order=0))
        assert found(tx, entity=WILLOW) == [first.id, new.id, old.id]


def test_a_place_in_another_order_is_refused(library, make_media):
    with library.write() as tx:
        for _ in range(2):
            rows.add(tx, make_media())
        _, place = media_search.page(tx, MediaQuery(), 1)
        with pytest.raises(Permanent) as caught:
            media_search.page(tx, MediaQuery(search=parse("sort:size")), 1, place)
        assert caught.value.code == "bad_cursor"


@pytest.mark.parametrize("word", ["", "!", "W10", "bnVsbA", "WyJuYW1lIiwgW11d", "x" * 5000])
def test_what_is_no_place_is_refused(word):
    with pytest.raises(Permanent) as caught:
        Cursor.decode(word)
    assert caught.value.code == "bad_cursor"


def test_the_index_follows_every_write(library, make_media):
    with library.write() as tx:
        one = rows.add(tx, make_media(alt_text="kitchen", tags=("pool",)))
        rows.change(tx, one.public_id, {"alt_text": "garden", "tags": ["spa"], "updated_at": AT})
        assert found(tx, "kitchen") == found(tx, "tag:pool") == []
        assert found(tx, "garden tag:spa") == [one.id]
        rows.change(tx, one.public_id, {"is_primary": True, "updated_at": AT})
        assert found(tx, "garden is:primary") == [one.id]
        trash.put(tx, rows.by_id(tx, one.id), "USR-100", AT)
        assert found(tx, "garden") == []
        trash.put_back(tx, trash.get(tx, one.public_id), AT)
        assert found(tx, "garden") == [one.id]
        tx.execute(text("INSERT INTO media_words (media_words) VALUES ('integrity-check')"))


def test_odd_rows_break_no_search(library, make_media):
    with library.write() as tx:
        rows.add(
            tx, make_media(caption="kitchen " * 12_500, tags=tuple(f"t{n}" for n in range(4000)))
        )
        for column, value in [
            ("tags", "not json"), ("tags", '{"a": "kitchen"}'), ("tags", "[1, null, [2], {}]"),
            ("tags", None), ("metadata", "{broken"), ("metadata", "[1]"), ("metadata", None),
            ("metadata", '{"exif": 5}'), ("metadata", '{"exif": {"datetime_original": [1]}}'),
            ("metadata", '{"exif": {"datetime_original": 20240601, "make": {"a": 1}}}'),
            ("moderation_status", "weird"), ("media_type", ""), ("entity_field", None),
            ("alt_text", None), ("entity_type", "home_plan"), ("original_filename", "\x1fpool\x1f"),
        ]:  # fmt: skip
            one = rows.add(tx, make_media())
            tx.execute(
                text(f"UPDATE media SET {column} = :value WHERE id = :id"),
                {"value": value, "id": one.id},
            )
        number = media_search.count(tx, MediaQuery())
        orders = list(Order)
        every = [("", order) for order in orders]
        for search, order in every + [
            (s, orders[n % len(orders)]) for n, (s, _) in enumerate(CASES)
        ]:
            query = MediaQuery(search=replace(parse(search), order=order))
            assert walked(tx, query, 7) == list(media_search.ids(tx, query))
        assert found(tx, "tag:t3999") == [1]
        assert found(tx, "tag:pool") == []
        assert len(found(tx, "status:approved")) == number
        assert len(found(tx, "taken:..9999")) == 0
        facets = media_search.facets(tx, MediaQuery())
        assert facets.total == number
        assert facets.types == {"image": number}


def test_facets_count_each_kind(library, make_media):
    with library.write() as tx:
        rows.add(tx, make_media(media_type=MediaType.VIDEO, alt_text="pool"))
        rows.add(tx, make_media(entity_field="cover", moderation_status=ModerationStatus.PENDING))
        every = media_search.facets(tx, MediaQuery())
        assert every.total == 2
        assert every.statuses == {"approved": 1, "pending": 1}
        assert every.types == {"video": 1, "image": 1}
        assert every.slots == {("community", "gallery"): 1, ("community", "cover"): 1}
        assert media_search.facets(tx, MediaQuery(search=parse("pool"))).types == {"video": 1}


def test_tags_in_use_most_used_first(library, make_media):
    with library.write() as tx:
        rows.add(tx, make_media(tags=("Kitchen", "pool", "pool")))
        rows.add(tx, make_media(tags=("Kitchen", "kids")))
        rows.add(tx, make_media(tags=("kitchen", "Küche")))
        rows.add(tx, make_media(caption="kiosk"))
        assert tags.in_use(tx, "K", 9) == [("Kitchen", 3), ("kids", 1), ("Küche", 1)]
        assert tags.in_use(tx, "kit", 9) == [("Kitchen", 3)]
        assert tags.in_use(tx, "", 1) == [("Kitchen", 3)]
        assert tags.in_use(tx, "kÜ", 9) == [("Küche", 1)]
        assert tags.in_use(tx, "none", 9) == []


def test_tags_are_found_on_older_media_too(library, make_media, monkeypatch):
    monkeypatch.setattr(tags, "_NEWEST", 1)
    with library.write() as tx:
        rows.add(tx, make_media(tags=("spa",), created_at=AT - timedelta(days=9)))
        rows.add(tx, make_media(tags=("pool",)))
        assert tags.in_use(tx, "spa", 9) == [("spa", 1)]


def test_what_others_change_is_noticed(library, make_media):
    def change(tx, kind, public_ids):
        media = tuple(MediaChange(each, WILLOW, {}, {}) for each in public_ids)
        changes.add(tx, Change(kind, media, "USR-100", AT))

    with library.write() as tx:
        one, two = (rows.add(tx, make_media()) for _ in range(2))
        seen = newest.mark(tx)
        assert not newest.since(tx, seen)
        three = rows.add(tx, make_media())
        change(tx, ChangeKind.UPLOADED, [three.public_id, one.public_id])
        changed = newest.since(tx, seen)
        assert (changed.ids, changed.removed, changed.everything) == ({1, 3}, set(), False)
        trash.put(tx, two, "USR-100", AT)
        change(tx, ChangeKind.TRASHED, [two.public_id])
        again = newest.since(tx, changed.mark)
        assert (again.ids, again.removed, again.everything) == (set(), {2}, False)
        change(tx, ChangeKind.TRASHED, ["MED-gone"])
        assert newest.since(tx, again.mark).everything
