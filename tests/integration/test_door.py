"""A file that looks like something rejected, on MariaDB and a real S3 server."""

import signal
import urllib.error
import urllib.request

import pytest

from artitec_media_desktop.database import reviews
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Rule
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.lookalikes import HELD
from tests.rulings import ruled
from tests.services.upload_worker import Worker, open_library

EMAIL = "ada.admin@artitec.example"
S = ModerationStatus


def readable(address):
    """What somebody without a key gets."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return response.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        return False


@pytest.fixture
def place(team, tmp_path):
    """Where processes open the team's library."""
    team.platform.query("DELETE FROM media")
    return tmp_path / "home", team.environment, EMAIL


@pytest.fixture
def rejected(place, tmp_path):
    """A room that a moderator has rejected, dropped once more for another entity."""
    library = open_library(*place)
    try:
        first, again = tmp_path / "first.jpg", tmp_path / "again.jpg"
        first.write_bytes(draw_room(640, 480))
        again.write_bytes(draw_room(700, 525))
        library.uploads.drop([str(first)], library.library.target("community:CMY-456/photos"))
    finally:
        library.close()
    assert Worker(*place).end() == 0
    library = open_library(*place)
    try:
        (item,) = library.uploads.items()
        library.moderation.decide([item.media_public_id], ruled(S.REJECTED, "unsafe"))
        library.uploads.drop([str(again)], library.library.target("property:789/photos"))
    finally:
        library.close()
    return item.media_public_id


def test_it_is_private_from_its_first_byte_whatever_happens(place, rejected):
    for step in ("planned", "put", "committed"):
        assert Worker(*place, step).end() == -signal.SIGKILL
        library = open_library(*place)
        try:
            for each in library.store.list():
                assert each.key.startswith("private/")
                for key in (each.key, each.key.removeprefix("private/")):
                    assert not readable(library.store.public_url(key))
        finally:
            library.close()
    assert Worker(*place).end() == 0
    library = open_library(*place)
    try:
        item = next(each for each in library.uploads.items() if each.name == "again.jpg")
        assert (item.state, item.note, item.duplicate_of) == (UploadState.DONE, HELD, None)
        held = library.library.media(item.media_public_id)
        assert held.moderation_status is S.FLAGGED
        with library.database.read() as tx:
            (record,) = reviews.history(tx, held.public_id)
        assert (record.rule, record.alike_to) == (Rule.KNOWN_BAD, rejected)
        assert library.library.page(MediaQuery()).total == 2
        assert library.check.run().is_clean
        assert not readable(held.original_url)
        # Somebody finds that it is harmless: everybody may see it.
        library.moderation.decide([held.public_id], ruled(S.APPROVED))
        assert readable(library.library.media(held.public_id).original_url)
    finally:
        library.close()
