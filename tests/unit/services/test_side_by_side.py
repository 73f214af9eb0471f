import threading
from types import SimpleNamespace

import pytest

from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.services.settling import side_by_side

PAIRS = tuple((f"from/{each}", f"to/{each}") for each in range(4))


def test_objects_that_wait_for_the_network_wait_for_it_together():
    together = threading.Barrier(len(PAIRS), timeout=60)
    store = SimpleNamespace(storage_type=StorageType.S3)
    assert len(side_by_side(store, lambda *_: together.wait(), PAIRS)) == len(PAIRS)


def test_on_this_disk_one_object_comes_after_another():
    busy, most = [], []

    def act(source, target):
        busy.append(source)
        most.append(len(busy))
        threading.Event().wait(0.005)
        busy.remove(source)
        return target

    store = SimpleNamespace(storage_type=StorageType.LOCAL)
    assert side_by_side(store, act, PAIRS) == [target for _, target in PAIRS]
    assert max(most) == 1


@pytest.mark.parametrize("storage_type", [StorageType.LOCAL, StorageType.S3])
def test_one_that_fails_stops_no_other(storage_type):
    done = []

    def act(source, target):
        if source == PAIRS[0][0]:
            raise LookupError
        done.append(source)

    with pytest.raises(LookupError):
        side_by_side(SimpleNamespace(storage_type=storage_type), act, PAIRS)
    assert sorted(done) == [source for source, _ in PAIRS[1:]]


def test_a_media_without_objects_has_nothing_to_be_done():
    store = SimpleNamespace(storage_type=StorageType.S3)
    assert side_by_side(store, lambda *_: None, ()) == []
