from datetime import timedelta

import pytest

from artitec_media_desktop.database import moves
from artitec_media_desktop.database.moves import Move

NOW, LONG = timedelta(0), timedelta(minutes=5)
WANTED = Move("MED-1-AAAAAA", (("a.jpg", "private/a.jpg"), ("b é.jpg", "private/b é.jpg")), "USR-1")


@pytest.fixture
def do(library):
    """Run one function of ``moves`` in a transaction of its own."""

    def run(function, *arguments):
        with library.write() as tx:
            return function(tx, *arguments)

    return run


def test_one_move_at_a_time(do):
    begun = do(moves.begin, WANTED)
    assert (begun.pairs, begun.account) == (WANTED.pairs, WANTED.account)
    assert do(moves.find, WANTED.public_id) == begun
    assert do(moves.begin, WANTED) is None
    do(moves.end, begun)
    assert do(moves.find, WANTED.public_id) is None
    assert do(moves.begin, WANTED).token != begun.token


def test_whoever_was_relieved_notices(do):
    begun = do(moves.begin, WANTED)
    taken = do(moves.take, begun)
    assert do(moves.is_held, taken)
    assert not do(moves.is_held, begun)
    assert do(moves.take, begun) is None
    assert do(moves.keep, begun) is None
    for forgotten in (moves.let_go, moves.end):  # of somebody else's nothing
        do(forgotten, begun)
    assert do(moves.is_held, taken)
    assert do(moves.older_than, LONG) == []


def test_a_move_that_was_settled_meanwhile_begins_anew(do):
    begun = do(moves.begin, WANTED)
    do(moves.end, do(moves.take, begun))
    assert do(moves.keep, begun) == begun
    assert do(moves.is_held, begun)


def test_how_long_a_holder_was_not_heard_of(do):
    begun = do(moves.begin, WANTED)
    assert do(moves.older_than, NOW) == [begun]
    assert do(moves.older_than, LONG) == []
    do(moves.let_go, begun)
    assert do(moves.older_than, LONG) == [begun]
    assert do(moves.keep, begun) == begun
    assert do(moves.older_than, LONG) == []
