"""The inspector over a real library in a file; work is done at once, unless it is held."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels.library.inspector import Inspector
from artitec_media_desktop.ui.panels.library.thumbnails import Thumbnails


@pytest.fixture(scope="session")
def opened_home(tmp_path_factory):
    root = tmp_path_factory.mktemp("opened") / "home"
    library = Library.embedded(Home(root))
    library.open()
    library.close()
    return root


@pytest.fixture
def services(opened_home, tmp_path):
    library = Library.embedded(Home(shutil.copytree(opened_home, tmp_path / "home")))
    library.open()
    yield library
    library.close()


@pytest.fixture
def app(app, services):
    app.library, app.editing, app.undoing = services.library, services.editing, services.undoing
    app.services = services
    return app


@pytest.fixture
def put(services, make):
    """Insert rows: ``put(1, alt_text="Pool")``; returns them with their numbers."""
    ref = services.library.entity("community:CMY-456").ref

    def insert(number, field="gallery", kind=ref.type.value, **facts):
        facts = {"created_at": datetime(2025, 10, 12, tzinfo=UTC), "sort_order": number} | facts
        media = replace(
            make.media(number, ref, field, **facts), uploaded_by="USR-100", entity_type=kind
        )
        return services.database.retrying(lambda tx: rows.add(tx, media))

    return insert


@pytest.fixture
def inspector(app, qtbot):
    edits = Edits(app)
    made = Inspector(app, Thumbnails(app), edits)
    made.notices = []
    edits.noticed.connect(made.notices.append)
    made.noticed.connect(made.notices.append)
    qtbot.addWidget(made)
    made.resize(312, 900)
    made.show()
    return made


@pytest.fixture
def now(services):
    """A media as it is in the library."""
    return lambda media: services.library.media(media.public_id)


@pytest.fixture
def words():
    return SimpleNamespace(
        footer=lambda inspector: inspector.footer.accessibleName(),
        hint=lambda field: field.field.placeholderText(),
    )
