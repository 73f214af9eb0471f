"""The same searches find the same on a server as in a library of our own."""

from dataclasses import replace

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search, tags
from artitec_media_desktop.database import newest as looking
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.listing import Cursor, MediaQuery
from artitec_media_desktop.domain.search import Order, parse
from tests.searches import CASES, FIXTURE

WILLOW = EntityRef(EntityType.COMMUNITY, 1)


@pytest.fixture
def filled(newest, platform_of):
    with newest.write() as tx:
        rows.remove(tx, [1, 2, 3])
        for number, each in enumerate(FIXTURE, 1):
            rows.add(tx, replace(each, id=number))
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


def test_every_order_and_search_on_every_age(library, platform):
    with library.write() as tx:
        for each in FIXTURE:
            rows.add(
                tx,
                replace(
                    each, public_id=each.public_id.replace("-S", "-")[:17] + each.public_id[-3:]
                ),
            )
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


def test_what_was_written_by_the_platform_is_noticed(newest, platform_of):
    with newest.read() as tx:
        seen = looking.mark(tx)
        assert not looking.since(tx, seen)
    with newest.write() as tx:
        tx.exec_driver_sql("UPDATE media SET updated_at = UTC_TIMESTAMP() WHERE id = 2")
        tx.exec_driver_sql(
            "INSERT INTO media (public_id, filename, original_filename, media_type, content_type, "
            "file_size, storage_type, storage_path, original_url, entity_type, entity_id, "
            "uploaded_by) VALUES ('MED-9', '', '', 'IMAGE', '', 1, 's3', '', '', 'user', 1, 'U')"
        )
    with newest.read() as tx:
        changed = looking.since(tx, seen)
        assert (changed.ids, changed.removed, changed.everything) == ({2, 4}, set(), False)
    with newest.write() as tx:
        tx.exec_driver_sql("DELETE FROM media WHERE id = 1")
    with newest.read() as tx:
        assert looking.since(tx, changed.mark).everything
        assert not looking.since(tx, looking.mark(tx))
