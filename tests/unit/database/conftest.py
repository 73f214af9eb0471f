import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.journal import Journal
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.services.opening import open_embedded

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def opened_once(tmp_path_factory):
    """Both files as they are after the first start: migrating takes most of a short test's time."""
    folder = tmp_path_factory.mktemp("opened")
    library, journal = Database.file(folder / "l.db"), Database.file(folder / "j.db", "journal")
    open_embedded(library, journal)
    library.close()
    journal.close()
    return folder


@pytest.fixture
def databases(opened_once, tmp_path):
    for name in ("l.db", "j.db"):
        shutil.copyfile(opened_once / name, tmp_path / name)
    library, journal = Database.file(tmp_path / "l.db"), Database.file(tmp_path / "j.db", "journal")
    yield library, journal
    library.close()
    journal.close()


@pytest.fixture
def library(databases):
    return databases[0]


@pytest.fixture
def journal(databases):
    return Journal(databases[1])


@pytest.fixture
def make_media():
    """A media of Willow Creek's photos; anything can be said otherwise."""
    number = 0

    def make(**values):
        nonlocal number
        number += 1
        base = Media(
            id=0,
            public_id=f"MED-1700000000-{number:06d}",
            filename=f"photo-{number}.jpg",
            original_filename=f"IMG_{number}.jpg",
            media_type=MediaType.IMAGE,
            content_type="image/jpeg",
            file_size=1000 + number,
            storage_path=f"communities/photos/CMY-456/2026-11/photo-{number}.jpg",
            original_url=f"communities/photos/CMY-456/2026-11/photo-{number}.jpg",
            entity_type="community",
            entity_id=1,
            entity_field="gallery",
            sort_order=number,
            uploaded_by="USR-100",
            created_at=AT,
            updated_at=AT,
        )
        return replace(base, **values)

    return make
