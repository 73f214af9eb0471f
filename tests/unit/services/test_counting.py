import pytest

from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import Cancelled
from tests.unit.services.conftest import objects


class Stopped:
    def progress(self, done, total, text=""):
        pass

    def check_cancelled(self):
        raise Cancelled


def test_what_the_store_holds_is_counted_and_kept(library, upload, photo):
    assert library.counting.last() is None
    upload([photo("a.jpg"), photo("b.jpg", hue=41)])
    held = objects(library)
    found = library.counting.count()
    assert (found.objects, found.total_bytes) == (len(held), sum(held.values()))
    media = library.analytics.run()
    assert found.smaller == {"community": found.total_bytes - media.total_bytes}
    assert library.counting.last() == found


def test_what_can_not_be_read_was_not_counted(library):
    library.home.counted.write_text("{")
    assert library.counting.last() is None
    library.counting.count()
    assert library.counting.last().objects == 0


def test_it_can_be_stopped(library, monkeypatch):
    monkeypatch.setattr("artitec_media_desktop.services.counting._TELL_EVERY", 1)
    library.store.list = lambda: iter([type("O", (), {"key": "a", "size": 1})])
    with pytest.raises(Cancelled):
        library.counting.count(Stopped())
    assert library.counting.last() is None


def test_the_places_that_take_most(library, upload, photo):
    upload([photo("a.jpg", size=(1200, 900)), photo("b.jpg", hue=41)])
    upload([photo("c.jpg", hue=91)], to="property:PROP-789/photos")
    (first, sums), (second, _) = library.analytics.places()
    assert (first.public_id, sums.count, second.public_id) == ("CMY-456", 2, "PROP-789")
    assert sums.total_bytes > library.analytics.places()[1][1].total_bytes
    ((only, _),) = library.analytics.places(entity_type=EntityType.PROPERTY)
    assert only.ref == EntityRef(EntityType.PROPERTY, only.ref.id)


def test_originals_over_a_size(library, upload, photo):
    (item,) = upload([photo("a.jpg")])
    size = library.library.media(item.media_public_id).file_size
    assert library.analytics.larger_than(size - 1) == (1, size)
    assert library.analytics.larger_than(size) == (0, 0)
    assert library.analytics.larger_than(0, EntityType.USER) == (0, 0)


def test_months_are_told_by_kind_too(library, upload, photo):
    upload([photo("a.jpg"), photo("b.jpg", hue=41)])
    ((month,), (month_of_images, kind)) = (
        each[0].key
        for each in (library.analytics.run().by_month, library.analytics.run().by_month_and_type)
    )
    assert (month, kind) == (month_of_images, "IMAGE")
