"""The whole path of an upload on the platform's database."""

from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.profiles import Profile
from artitec_media_desktop.domain.uploads import UploadOptions, UploadState
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.storage import LocalStore
from tests.services.mariadb import PASSWORD


@pytest.fixture(params=["enhanced", "newest"])
def opened(request, platform_of, tmp_path):
    """A library over the platform's database; its files in a folder."""
    platform = platform_of(request.param)
    database = platform.open()
    schema.bring_up_to_date(database, "library")
    home = Home(tmp_path / "home", "team")
    journal = Database.file(home.journal, "upload journal")
    profile = Profile("team", str(database.name))
    library = Library(home, profile, database, journal, LocalStore(home.objects))
    library.open("ada.admin@artitec.example", PASSWORD)
    yield library, platform
    library.close()


def photos(folder, count):
    folder.mkdir()
    for number in range(count):
        image = Image.open(BytesIO(draw_room(640, 480))).rotate(90 * number, expand=True)
        image.crop((number * 40, 0, number * 40 + 400, 400)).save(folder / f"{number}.jpg")
    return [str(folder / f"{number}.jpg") for number in range(count)]


@pytest.fixture
def questions(opened):
    """Tells how many questions the server was asked so far."""
    _, platform = opened
    counting = platform.server.connect()

    def asked():
        with counting.cursor() as cursor:
            cursor.execute("SHOW GLOBAL STATUS LIKE 'Questions'")
            return int(cursor.fetchone()[1])

    yield asked
    counting.close()


def work_off(library, questions):
    """Work on every file; returns the round trips of each."""
    spent = []
    while (item := library.uploads.claim()) is not None:
        before = questions()
        library.uploads.work_on(item, Unwatched(), lambda _progress: None)
        spent.append(questions() - before - 1)
    return spent


def test_photos_become_rows_with_few_round_trips(opened, questions, tmp_path):
    library, platform = opened
    target = library.library.target("community:CMY-456/photos")
    batch = library.uploads.drop(
        photos(tmp_path / "photos", 4), target, UploadOptions(tags=("Küche",))
    )
    spent = work_off(library, questions)
    items = library.uploads.items(batch)
    assert [each.state for each in items] == [UploadState.DONE] * 4
    rows = platform.query(
        "SELECT sort_order, entity_id, uploaded_by FROM media "
        "WHERE original_filename IN ('0.jpg', '1.jpg', '2.jpg', '3.jpg') ORDER BY sort_order"
    )
    assert [row[0] for row in rows] == [2, 3, 4, 5]
    assert {row[1:] for row in rows} == {(1, "USR-100")}
    # The first one looks at the tables, and opens the connection.
    assert max(spent[1:]) <= 10, spent


def test_a_new_logo_takes_the_place_of_the_old_one(opened, questions, tmp_path):
    library, platform = opened
    target = library.library.target("builder:BLD-012/logo")
    spent = []
    for path in photos(tmp_path / "photos", 3):
        library.uploads.drop([path], target, UploadOptions())
        spent += work_off(library, questions)
    logos = platform.query(
        "SELECT is_primary FROM media WHERE entity_type = 'builder' AND entity_field = 'avatar' "
        "ORDER BY id"
    )
    assert logos == ((0,), (0,), (1,))
    # Three of them reserve the batch's place, once for all its files.
    assert max(spent[1:]) <= 15, spent


def test_to_the_trash_and_back(opened, tmp_path):
    library, _ = opened
    target = library.library.target("community:CMY-456/photos")
    library.uploads.drop(photos(tmp_path / "photos", 1), target, UploadOptions())
    outcome = library.uploads.work_on(library.uploads.claim(), Unwatched(), lambda _progress: None)
    public_id = outcome.item.media_public_id
    before = library.library.media(public_id)
    library.trash.delete([public_id])
    library.trash.restore([public_id])
    after = library.library.media(public_id)
    assert (after.id, after.tags, after.metadata) == (before.id, before.tags, before.metadata)
    assert [each.kind.value for each in library.library.history(after)] == [
        "uploaded", "trashed", "restored",
    ]  # fmt: skip
