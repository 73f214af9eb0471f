"""The same searches find the same on a server as in a library of our own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.database import (
    changes,
    media_search,
    search_index,
    search_words,
    tags,
    trash,
)
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import newest as looking
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.listing import Cursor, MediaQuery
from artitec_media_desktop.domain.search import Order, parse
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.library import LibraryService
from tests.plain_search import ROW, SEARCHES, plain
from tests.searches import CASES, FIXTURE

from .test_edits import store  # noqa: F401  # a fixture

WILLOW = EntityRef(EntityType.COMMUNITY, 1)


@pytest.fixture
def indexed(monkeypatch):
    """Makes the companions by which a large table is searched, and has a small one searched so."""

    def make(database):
        monkeypatch.setattr(search_index, "_SMALL", 0)
        search_index.catch_up(database)
        with database.read() as tx:
            assert media_search.facts(tx) is search_words.OF_SERVER

    return make


@pytest.fixture(params=["plain", "indexed", "far"])
def filled(request, newest, indexed, monkeypatch):
    with newest.write() as tx:
        rows.remove(tx, [1, 2, 3])
        for number, each in enumerate(FIXTURE, 1):
            rows.add(tx, replace(each, id=number))
    if request.param != "plain":
        indexed(newest)
    if request.param == "far":
        monkeypatch.setattr(media_search, "_NEAR", 1)
    return newest


def walked(tx, query, limit):
    seen, place = [], None
    while True:
        items, place = media_search.page(tx, query, limit, place)
        seen += [each.id for each in items]
        if place is None:
            return seen
        place = Cursor.decode(place.encode())


def test_cases(filled):
    wrong = []
    with filled.read() as tx:
        for search, names in CASES:
            query = MediaQuery(search=parse(search))
            ids = list(media_search.ids(tx, query))
            found = {FIXTURE[n - 1].original_filename for n in ids}
            if found != set(names) or media_search.count(tx, query) != len(ids):
                wrong.append((search, found ^ set(names)))
            assert walked(tx, query, 2) == ids
    assert wrong == []


@pytest.mark.parametrize("by_index", [False, True])
def test_every_order_and_search_on_every_age(library, platform, indexed, by_index):
    with library.write() as tx:
        for each in FIXTURE:
            rows.add(
                tx,
                replace(
                    each, public_id=each.public_id.replace("-S", "-")[:17] + each.public_id[-3:]
                ),
            )
    if by_index:
        indexed(library)
    with library.read() as tx:
        number = media_search.count(tx, MediaQuery())
        for order in Order:
            for entity in (None, WILLOW):
                query = MediaQuery(entity, search=replace(parse("-nothing"), order=order))
                seen = walked(tx, query, 2)
                assert seen == list(media_search.ids(tx, query))
            assert len(walked(tx, replace(query, entity=None), 3)) == number
        for search, _ in CASES[::4]:
            query = MediaQuery(search=parse(search))
            ids = list(media_search.ids(tx, query))
            assert media_search.count(tx, query) == len(ids)
            facets = media_search.facets(tx, query)
            assert facets.total == sum(facets.slots.values()) == len(ids)
            negated = tuple(replace(t, negated=not t.negated) for t in query.search.terms[:1])
            if len(query.search.terms) == 1:
                others = MediaQuery(search=replace(query.search, terms=negated))
                assert media_search.count(tx, others) == number - len(ids)
        used = [] if platform.age == "oldest" else ["Küche"]
        assert [tag for tag, _ in tags.in_use(tx, "k", 5)] == used


ADD = (
    "INSERT INTO media (public_id, filename, original_filename, media_type, content_type, "
    "file_size, storage_type, storage_path, original_url, entity_type, entity_id, uploaded_by) "
    "VALUES ('MED-9', '', 'kitchen', 'IMAGE', '', 1, 's3', '', '', 'user', 1, 'U')"
)


NOW = datetime(2026, 1, 2, tzinfo=UTC)
ODD = [
    ("tags", "'{\"a\": \"kitchen\"}'"), ("tags", "'[1, null, [2], {}]'"), ("tags", "'[]'"),
    ("tags", "'[\"K\\\\u00fcche\", \"POOL\"]'"), ("tags", "NULL"), ("metadata", "'[1]'"),
    ("metadata", "'{\"exif\": 5}'"), ("metadata", "'{\"exif\": {\"datetime_original\": [1]}}'"),
    ("metadata", "'{\"exif\": {\"datetime_original\": 20240601, \"make\": {\"a\": 1}}}'"),
    ("moderation_status", "NULL"), ("entity_field", "NULL"), ("entity_type", "'home_plan'"),
    ("entity_type", "'küche'"), ("alt_text", "'  '"), ("caption", "REPEAT('kitchen ', 12500)"),
    ("original_filename", "'İΣς.jpg'"), ("is_public", "NULL"), ("sort_order", "NULL"),
    ("created_at", "NULL"), ("created_at", "'0000-00-00'"), ("updated_at", "NULL"),
]  # fmt: skip


def test_the_index_finds_what_the_table_has(filled, monkeypatch):
    with filled.write() as tx:
        tx.exec_driver_sql("SET SESSION sql_mode=''")
        for number, (column, value) in enumerate(ODD, 101):
            one = rows.add(tx, replace(FIXTURE[number % 7], id=number, public_id=f"MED-{number}"))
            tx.exec_driver_sql(
                f"UPDATE media SET {column} = {value.replace('%', '%%')} WHERE id = {one.id}"
            )
    orders = list(Order)
    some = [(search, orders[n % len(orders)]) for n, (search, _) in enumerate(CASES)]
    queries = [
        MediaQuery(search=replace(parse(search), order=order))
        for search, order in [*(("", order) for order in orders), *some]
    ]
    with filled.read() as tx:
        found = [list(media_search.ids(tx, each)) for each in queries]
        walks = [walked(tx, each, 3) for each in queries[::3]]
        facets = [media_search.facets(tx, each) for each in queries[len(orders) :]]
        monkeypatch.setattr(search_index, "_SMALL", 1000)
        for query, ids in zip(queries, found, strict=True):
            assert (query, list(media_search.ids(tx, query))) == (query, ids)
        assert walks == found[::3]
        for query, counted in zip(queries[len(orders) :], facets, strict=True):
            again = media_search.facets(tx, query)
            assert (counted.total, counted.statuses, counted.types) == (
                again.total, again.statuses, again.types
            )  # fmt: skip


def found(database, search):
    with database.read() as tx:
        page = media_search.page(tx, MediaQuery(search=parse(search)), 9)[0]
        return sorted(each.id for each in page)


def test_what_we_write_is_found_at_once(newest, indexed):
    indexed(newest)
    with newest.write() as tx:
        one = rows.add(tx, replace(FIXTURE[0], id=0, alt_text="kitchen"))
    assert found(newest, "kitchen is:primary") == [one.id]
    with newest.write() as tx:
        rows.change(tx, one.public_id, {"alt_text": "garden", "updated_at": NOW})
        change = (MediaChange(one.public_id, WILLOW, {}, {}),)
        changes.add(tx, Change(ChangeKind.EDITED, change, "USR-1", NOW))
    assert (found(newest, "kitchen"), found(newest, "garden")) == ([], [one.id])
    with newest.write() as tx:
        trash.put(tx, rows.by_id(tx, one.id), "USR-1", NOW)
        changes.add(tx, Change(ChangeKind.TRASHED, change, "USR-1", NOW))
    with newest.read() as tx:
        assert list(media_search.ids(tx, MediaQuery(search=parse("garden")))) == []


def test_what_the_platform_writes_is_found(newest, platform_of, indexed):
    indexed(newest)
    with newest.write() as tx:
        tx.exec_driver_sql(ADD)
    assert found(newest, "kitchen") == [4]
    with newest.write() as tx:
        tx.exec_driver_sql(
            "UPDATE media SET original_filename = 'garden', updated_at = UTC_TIMESTAMP() "
            "WHERE id = 4"
        )
        tx.exec_driver_sql("DELETE FROM media WHERE id = 1")
    # Nothing is shown for what it was; for what it is once it has been looked for.
    assert found(newest, "kitchen") == []
    assert found(newest, "") == [2, 3, 4]
    with newest.write() as tx:
        tx.exec_driver_sql("UPDATE media_indexed SET seen_at = seen_at - INTERVAL 1 HOUR")
    search_index.catch_up(newest)
    assert found(newest, "garden") == [4]
    with newest.read() as tx:
        assert sorted(media_search.ids(tx, MediaQuery())) == [2, 3, 4]


def test_what_the_platform_writes_is_found_once_it_was_looked_for(newest, indexed, store):  # noqa: F811
    indexed(newest)
    library = LibraryService(newest, store, Access(newest, lambda: None))
    mark = library.mark(whole=True)
    with newest.write() as tx:
        tx.exec_driver_sql(
            "UPDATE media SET original_filename = 'garden', updated_at = '1999-01-01' WHERE id = 2"
        )
    assert library.changed_since(mark).ids == {2}
    assert found(newest, "garden") == [2]


def test_after_much_was_written_the_index_is_caught_up_with(
    newest,
    indexed,
    store,  # noqa: F811
    monkeypatch,
):
    indexed(newest)
    library = LibraryService(newest, store, Access(newest, lambda: None))
    mark = library.mark(whole=True)
    for module, name in ((search_index, "_AT_ONCE"), (looking, "_MOST")):
        monkeypatch.setattr(module, name, 1)
    with newest.write() as tx:
        tx.exec_driver_sql("UPDATE media_indexed SET seen_at = seen_at - INTERVAL 11 SECOND")
        tx.exec_driver_sql("UPDATE media SET alt_text = 'garden', updated_at = '1999-01-01'")
        tx.exec_driver_sql("DELETE FROM media WHERE id = 1")
        for number in range(4):
            rows.add(tx, replace(FIXTURE[2], id=0, public_id=f"MED-{number}"))
    assert library.changed_since(mark).everything
    with newest.read() as tx:
        assert media_search.facts(tx) is search_words.OF_SERVER
    assert (found(newest, "garden"), len(found(newest, "nfd"))) == ([2, 3], 4)


def test_much_that_is_new_is_left_to_the_next_look(newest, indexed, monkeypatch):
    indexed(newest)
    monkeypatch.setattr(search_index, "_AT_ONCE", 1)
    with newest.write() as tx:
        for number in range(4):
            rows.add(tx, replace(FIXTURE[2], id=0, public_id=f"MED-{number}"))
    with newest.read() as tx:
        assert media_search.facts(tx) is not search_words.OF_SERVER
    assert len(found(newest, "nfd")) == 4
    with newest.write() as tx:
        tx.exec_driver_sql("UPDATE media_indexed SET seen_at = seen_at - INTERVAL 1 HOUR")
    search_index.catch_up(newest)
    with newest.read() as tx:
        assert media_search.facts(tx) is search_words.OF_SERVER
    assert len(found(newest, "nfd")) == 4


def test_an_index_is_made_bit_by_bit(newest, monkeypatch):
    monkeypatch.setattr(search_index, "_SMALL", 0)
    with newest.write() as tx:
        for number in range(3):
            rows.add(tx, replace(FIXTURE[2], id=6000 * (number + 1), public_id=f"MED-{number}"))
    seen = []
    while not seen or (len(seen) < 9 and not seen[-1]):
        search_index.catch_up(newest, seconds=0.001)
        with newest.read() as tx:
            seen.append(media_search.facts(tx) is search_words.OF_SERVER)
    assert seen[-1]
    assert found(newest, "nfd") == [6000, 12_000, 18_000]


def test_numbers_that_a_server_cuts_off_are_read_one_by_one(newest):
    with newest.read() as tx:
        tx.exec_driver_sql("SET SESSION group_concat_max_len = 8")
        assert sorted(media_search.ids(tx, MediaQuery())) == [1, 2, 3]
        tx.exec_driver_sql("SET SESSION group_concat_max_len = 12")
        assert sorted(media_search.ids(tx, MediaQuery())) == [1, 2, 3]
        assert list(media_search.ids(tx, MediaQuery(search=parse("nowhere")))) == []
        tx.invalidate()


MEANING = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("by_index", [False, True])
@MEANING
@given(
    st.lists(ROW, min_size=1, max_size=8, unique_by=lambda each: each["alt_text"]),
    st.lists(SEARCHES, min_size=4, max_size=8),
)
def test_a_search_means_what_it_says(newest, monkeypatch, by_index, new, searches):
    monkeypatch.setattr(search_index, "_SMALL", 0 if by_index else 10**9)
    with newest.write() as tx:
        for table in ("media", "media_search", "media_words", "media_blocks", "media_indexed"):
            tx.exec_driver_sql(f"DELETE FROM {table}")
        media = [
            rows.add(tx, replace(FIXTURE[0], id=n, public_id=f"MED-{n}", **each))
            for n, each in enumerate(new, 1)
        ]
    search_index.catch_up(newest)
    with newest.read() as tx:
        assert (media_search.facts(tx) is search_words.OF_SERVER) is by_index
        meaning = plain(tx)
        for search in searches:
            query = MediaQuery(search=search)
            wanted = meaning.found(media, search)
            assert (search.text, set(media_search.ids(tx, query))) == (search.text, wanted)
            assert media_search.count(tx, query) == len(wanted)
            assert {each.id for each in media_search.page(tx, query, 20)[0]} == wanted
