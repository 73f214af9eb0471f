"""Sums over a million media take part of a second: each walks through one index and no more."""

import pytest
from sqlalchemy import event

from artitec_media_desktop.database import usage
from artitec_media_desktop.domain.entities import EntityType


@pytest.fixture
def plan(library):
    """How the database goes about what is read; without the marks of what is sorted at the end."""
    steps = []

    def explain(connection, cursor, statement, parameters, context, many):
        another = cursor.connection.cursor()
        another.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps.extend(row[3] for row in another.fetchall() if "ORDER BY" not in row[3])

    def found(ask):
        with library.read() as tx:
            usage.sums(tx)  # it learns of the tables
            event.listen(library.engine, "after_cursor_execute", explain)
            ask(tx)
            event.remove(library.engine, "after_cursor_execute", explain)
        return steps

    return found


@pytest.mark.parametrize("kind", [None, EntityType.PROPERTY])
def test_the_places_that_take_most_are_summed_in_the_order_of_an_index(plan, kind):
    (step,) = plan(lambda tx: usage.places(tx, 10, kind))
    assert "USING COVERING INDEX idx_media_search_place" in step


@pytest.mark.parametrize("kind", [None, EntityType.PROPERTY])
def test_large_originals_are_counted_by_the_index_of_the_sums(plan, kind):
    (step,) = plan(lambda tx: usage.larger_than(tx, 1 << 23, kind))
    assert "USING COVERING INDEX idx_media_search_usage" in step
