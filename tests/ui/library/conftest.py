"""The library page over a library in memory."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QLocale

from artitec_media_desktop.domain.changes import Change
from artitec_media_desktop.tasks.changes import Changes
from artitec_media_desktop.ui.panels.library.browser.browser import Browser
from artitec_media_desktop.ui.theme import theme
from tests.ui.library.dragger import Dragger, mime_of
from tests.ui.library.fakes import Library, Pump, Settings, Trash
from tests.ui.library.makers import (
    CEDAR,
    DANA,
    HOUSE,
    PARK,
    POOL,
    WILLOW,
    change,
    jpeg,
    media,
    upload,
)
from tests.ui.library.panels import make_panel
from tests.ui.library.runner import Runner


@pytest.fixture(autouse=True)
def _dressed(qapp, monkeypatch):
    # Where the mouse was left by the test before is no concern of this one.
    monkeypatch.setattr(Browser, "underMouse", lambda self: False)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    if not qapp.styleSheet():
        theme().apply(qapp)
    yield
    QLocale.setDefault(before)


@pytest.fixture
def app(qapp, tmp_path):
    library = Library()
    trash, pump, changes = Trash(library), Pump(), Changes()
    pump.added.connect(lambda added: changes.happened.emit(Change.together(added)))
    return SimpleNamespace(
        runner=Runner(),
        library=library,
        trash=trash,
        undoing=trash,
        pump=pump,
        changes=changes,
        settings=Settings(),
        pasted=tmp_path / "pasted",
        home=SimpleNamespace(dragged=tmp_path / "dragged"),
        uploads=SimpleNamespace(preview=lambda item, pixels: jpeg(80, 60)),
    )


@pytest.fixture
def make():
    """What tests are made of."""
    return SimpleNamespace(
        media=media, upload=upload, change=change, jpeg=jpeg, mime=mime_of, drag=Dragger
    )


@pytest.fixture
def ref():
    """The entities there are, by a short name."""
    return SimpleNamespace(willow=WILLOW, cedar=CEDAR, pool=POOL, park=PARK, house=HOUSE, dana=DANA)


@pytest.fixture
def panel(app, qtbot):
    """The page over 41 photos of Willow Creek, its places read."""
    app.library.put(*(media(number, alt_text=f"Photo {number}") for number in range(1, 42)))
    made = make_panel(app)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.activate()
    made.open(WILLOW)
    qtbot.waitUntil(lambda: made.page.model.item(1) is not None)
    return made
