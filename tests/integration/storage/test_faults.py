"""A line that is cut, reset or hangs, before a real server: nothing lost, nothing left over."""

import hashlib
import os

import pytest

from artitec_media_desktop.domain.errors import Conflict, Transient
from artitec_media_desktop.storage import Payload
from tests.services.fault_proxy import fault_proxy

LARGE = (24 << 20) + 5


def payload(data):
    return Payload(data, len(data), hashlib.sha256(data).hexdigest(), "image/jpeg")


@pytest.fixture
def line(s3_server):
    with fault_proxy(s3_server.port) as proxy:
        yield proxy


@pytest.fixture
def over(line, opened):
    """A store that reaches the server over the line; it does not wait long for one that hangs."""

    def make(kind="", **settings):
        values = {"read_timeout": 2} if kind == "hang" else {}
        return opened(endpoint=f"http://127.0.0.1:{line.port}", **values | settings)

    return make


def left_over(store):
    return store.setup._client.call("list_multipart_uploads").get("Uploads", [])


@pytest.mark.parametrize("size", [200_000, LARGE])
@pytest.mark.parametrize(
    ("kind", "where", "after"),
    [
        ("cut", "request", 100_000),
        ("reset", "request", 100_000),
        ("hang", "request", 100_000),
        ("cut", "response", 0),
        ("reset", "response", 0),
        ("hang", "response", 0),
        ("cut", "response", 30),
    ],
)
def test_one_fault_while_putting_is_not_noticed(line, over, store, size, kind, where, after):
    data = os.urandom(size)
    through = over(kind)
    line.arm(kind, where, after)
    through.put("users/a.jpg", payload(data))
    assert line.struck == 1
    assert store.get("users/a.jpg") == data
    assert [each.key for each in store.list()] == ["users/a.jpg"]
    assert left_over(store) == []


@pytest.mark.parametrize("kind", ["cut", "reset"])
def test_a_put_whose_every_answer_is_lost_is_looked_up(line, over, store, kind):
    """Two lost answers to the put; the question whether it is there gets one."""
    through = over(attempts=2)
    line.arm(kind, "response", 0, times=2)
    through.put("users/a.jpg", payload(b"x" * 1000))
    assert store.get("users/a.jpg") == b"x" * 1000


def test_a_put_that_nobody_answered_is_found_by_the_next_one(line, over, store):
    line.arm("hang", "response", 0, times=2)
    with pytest.raises(Transient) as caught:
        over(read_timeout=0.3).put("users/a.jpg", payload(b"x" * 1000))
    assert caught.value.code == "no_answer"
    line.clear()
    over().put("users/a.jpg", payload(b"x" * 1000))
    assert store.get("users/a.jpg") == b"x" * 1000


def test_a_put_whose_answer_is_lost_never_takes_another_object_for_its_own(line, over, store):
    store.put("users/a.jpg", payload(b"theirs"))
    through = over()
    line.arm("cut", "response", 0)
    with pytest.raises(Conflict):
        through.put("users/a.jpg", payload(b"ours.."))
    assert store.get("users/a.jpg") == b"theirs"


@pytest.mark.parametrize("size", [200_000, LARGE])
@pytest.mark.parametrize("kind", ["cut", "reset"])
def test_a_fault_that_lasts_is_said_and_a_later_put_finishes(line, over, store, size, kind):
    data = os.urandom(size)
    through = over()
    line.arm(kind, "request", 100_000, times=1000)
    with pytest.raises(Transient) as caught:
        through.put("users/a.jpg", payload(data))
    assert caught.value.code in ("cut_off", "no_answer")
    assert "127.0.0.1" in caught.value.message
    line.clear()
    through.put("users/a.jpg", payload(data))
    assert store.get("users/a.jpg") == data
    assert left_over(store) == []


@pytest.mark.parametrize("kind", ["cut", "reset", "hang"])
@pytest.mark.parametrize("after", [0, 100_000, 2_000_000])
def test_one_fault_while_reading_is_not_noticed(line, over, store, kind, after):
    data = os.urandom(3_000_000)
    store.put("users/a.jpg", payload(data))
    through = over(kind)
    line.arm(kind, "response", after)
    assert through.get("users/a.jpg") == data
    line.arm(kind, "response", after)
    with through.open("users/a.jpg") as file:
        assert file.read() == data
    assert line.struck == 2


@pytest.mark.parametrize("after", [0, 1000])
@pytest.mark.parametrize("act", ["get", "list", "put", "delete", "copy"])
def test_a_server_that_hangs_is_not_waited_for_for_ever(line, over, store, act, after):
    store.put("users/a.jpg", payload(b"x" * 3_000_000))
    through = over(read_timeout=0.3)
    acts = {
        "get": lambda: through.get("users/a.jpg"),
        "list": lambda: list(through.list()),
        "put": lambda: through.put("users/b.jpg", payload(b"y" * 100_000)),
        "delete": lambda: through.delete("users/a.jpg"),
        "copy": lambda: through.copy("users/a.jpg", "users/c.jpg"),
    }
    line.arm("hang", "request" if act != "get" else "response", after if act == "get" else 0, 1000)
    with pytest.raises(Transient) as caught:
        acts[act]()
    assert caught.value.code == "no_answer"
    assert "did not answer" in caught.value.message
    assert line.struck <= (4 if act == "get" else 2)


@pytest.mark.parametrize("copy", ["copy", "move"])
@pytest.mark.parametrize("kind", ["cut", "reset", "hang"])
def test_a_copy_whose_answer_is_lost_is_looked_up(line, over, store, copy, kind):
    store.put("private/a.jpg", payload(b"x" * 100_000))
    through = over(kind)
    # The question whether the copy is there gets its answer, that of the last try never came.
    line.arm(kind, "response", 0, times=2 if kind == "hang" else 3, once=b"x-amz-copy-source")
    getattr(through, copy)("private/a.jpg", "users/a.jpg")
    assert store.get("users/a.jpg") == b"x" * 100_000
    assert (store.info("private/a.jpg") is None) is (copy == "move")
    assert line.struck == (2 if kind == "hang" else 3)


def test_nobody_at_the_other_end(opened, line):
    line.close()
    store = opened(endpoint=f"http://127.0.0.1:{line.port}")
    with pytest.raises(Transient) as caught:
        store.get("users/a.jpg")
    assert caught.value.code == "refused"
