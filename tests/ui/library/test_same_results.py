"""One grammar: the window and ``list --search`` find the same, in the same order."""

import json

import pytest

from artitec_media_desktop.__main__ import main
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.domain.uploads import UploadOptions
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.ui.panels.library.page.page import MediaPage
from artitec_media_desktop.ui.panels.library.thumbnails import Thumbnails

SEARCHES = (
    "", "kitchen", "tag:kitchen", "-tag:kitchen sort:name", "missing:alt", "status:pending",
    'tag:"model home" slot:photos', "size:>1kb sort:size", "entity:willow sort:oldest",
    "uploader:me type:image -status:rejected", "nowhere",
)  # fmt: skip
NAMES = ("kitchen.jpg", "pool.jpg", "porch.jpg", "yard.jpg")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three photos of a community, one of a post."""
    root = tmp_path_factory.mktemp("library")
    library = Library.embedded(Home(root / "home"))
    library.open()
    for at, name in enumerate(NAMES):
        (root / name).write_bytes(draw_room(400 + 160 * at, 300))
        place = "post:1/media" if name == "yard.jpg" else "community:CMY-456/photos"
        library.uploads.drop([str(root / name)], library.library.target(place), UploadOptions())
    while (item := library.uploads.claim()) is not None:
        library.uploads.work_on(item, Unwatched(), lambda _: None)
    first, second, *_ = library.library.page(_query("sort:name")).items
    library.editing.edit([first.public_id], MediaEdit(alt_text="Sink", add_tags=("kitchen",)))
    library.editing.edit([second.public_id], MediaEdit(add_tags=("model home",)))
    library.close()
    return root / "home"


def _query(text):
    return MediaQuery(search=parse(text))


@pytest.fixture
def page(home, qtbot):
    app = App(Home(home))
    page = MediaPage(app, Thumbnails(app, None))
    qtbot.addWidget(page)
    opened = []
    app.open(lambda: opened.append(True))
    qtbot.waitUntil(lambda: bool(opened))
    yield page
    app.close()


def test_window_and_command_find_the_same(page, home, qtbot, capsys):
    found = {}
    for text in SEARCHES:
        page.show_all(parse(text))
        qtbot.waitUntil(lambda: page.model.is_complete)
        keys = list(page.model.keys_of([(0, page.model.rowCount() - 1)]))
        found[text] = [page.model.media(key).public_id for key in keys]
    for text in SEARCHES:
        capsys.readouterr()
        assert main(["--home", str(home), "list", "--json", "--search", text]) == 0
        listed = json.loads(capsys.readouterr().out)["items"]
        assert found[text] == [each["public_id"] for each in listed], text
    assert len(found[""]) == len(NAMES) and not found["nowhere"]
    assert 0 < len(found["tag:kitchen"]) < len(NAMES)
