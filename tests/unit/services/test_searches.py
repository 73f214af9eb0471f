import pytest

from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.errors import Conflict, NotFound, Permanent
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.services.searches import Searches


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


def test_they_are_kept_in_the_order_they_were_saved_in(path):
    searches = Searches(Settings(path))
    searches.save("  Without   alt text ", parse("missing:alt"))
    searches.save("Big", parse("size:>5mb sort:size"))
    searches.save("Without alt text", parse("missing:alt type:image"))
    kept = Searches(Settings(path)).all()
    assert list(kept) == ["Without alt text", "Big"]
    assert kept["Without alt text"].text == "missing:alt type:image"


def test_one_is_forgotten(path):
    searches = Searches(Settings(path))
    searches.save("Big", parse("size:>5mb"))
    searches.remove("Big")
    assert Searches(Settings(path)).all() == {}
    with pytest.raises(NotFound, match="Big"):
        searches.remove("Big")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_is_needed(path, name):
    with pytest.raises(Permanent) as caught:
        Searches(Settings(path)).save(name, parse(""))
    assert caught.value.code == "bad_name"


def test_what_is_broken_is_left_out(path):
    settings = Settings(path)
    settings.set(
        "searches", [["a", "status:nothing"], "b", ["c"], [["x"], "y"], ["d", 5], ["e", "f"]]
    )
    assert list(Searches(settings).all()) == ["e"]


def test_another_name_keeps_the_place(path):
    searches = Searches(Settings(path))
    searches.save("One", parse("pool"))
    searches.save("Two", parse("spa"))
    searches.rename("One", "  Three ")
    assert list(Searches(Settings(path)).all()) == ["Three", "Two"]
    with pytest.raises(Conflict, match="Two"):
        searches.rename("Three", "Two")
    with pytest.raises(NotFound):
        searches.rename("One", "Four")
    with pytest.raises(Permanent):
        searches.rename("Two", " ")
