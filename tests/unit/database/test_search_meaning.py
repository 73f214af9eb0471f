"""A search finds in the database what it finds in plain Python, whatever the media."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search
from artitec_media_desktop.domain.listing import MediaQuery
from tests.plain_search import ROW, SEARCHES, plain

HYPOTHESIS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@HYPOTHESIS
@given(st.lists(ROW, min_size=1, max_size=8), st.lists(SEARCHES, min_size=1, max_size=6))
def test_a_search_means_in_a_file_what_it_says(library, make_media, new, searches):
    with library.write() as tx:
        tx.execute(text("DELETE FROM media"))
        media = [rows.add(tx, make_media(**each)) for each in new]
        meaning = plain(tx)
        for search in searches:
            query = MediaQuery(search=search)
            wanted = meaning.found(media, search)
            assert (search.text, set(media_search.ids(tx, query))) == (search.text, wanted)
            assert media_search.count(tx, query) == len(wanted)
            assert {each.id for each in media_search.page(tx, query, 20)[0]} == wanted
