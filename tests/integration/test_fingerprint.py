"""``fingerprint``, and the fingerprints of the platform's own rows on its own servers."""

import hashlib
import sqlite3
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.database import fingerprints, schema, signatures
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.media import Media, MediaType, StorageType
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.processing.alike import Signatures, find_alike
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.processing.video import VideoReader
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.fingerprinting import FingerprintService
from artitec_media_desktop.storage import Payload

FOLDER = "communities/photos/CMY-456/2024-05"
ADMIN = Account("USR-1", "Ada", Role.ADMIN)


@pytest.fixture
def database(team):
    opened = team.platform.open()
    schema.bring_up_to_date(opened, "library")
    yield opened
    opened.close()


@pytest.fixture
def store(team):
    opened = team.store()
    yield opened
    opened.close()


def test_rows_of_the_platform_can_be_compared(team, database, store):
    room = Image.open(BytesIO(draw_room(640, 480)))
    files = {}
    for number, image in enumerate((room, room.transpose(Image.Transpose.ROTATE_90)), 1):
        out = BytesIO()
        image.save(out, "JPEG", quality=60)
        key = f"{FOLDER}/photo-2024050112000{number}-aaaaaa.jpg"
        files[key] = out.getvalue()
        digest = hashlib.sha256(files[key]).hexdigest()
        store.put(key, Payload(files[key], len(files[key]), digest, "image/jpeg"))
    keys = [*files, f"{FOLDER}/photo-20240501120003-gone00.jpg"]
    with database.write() as tx:
        media = [
            rows.add(
                tx,
                Media(
                    id=0,
                    public_id=f"MED-160000000{n}-AAAAAA",
                    filename="a.jpg",
                    original_filename="Pool.jpg",
                    media_type=MediaType.IMAGE,
                    content_type="image/jpeg",
                    file_size=1,
                    storage_path=key,
                    original_url=store.public_url(key),
                    storage_type=StorageType.S3,
                    bucket_name=team.bucket,
                    entity_type="community",
                    entity_id=1,
                    entity_field="gallery",
                ),
            )
            for n, key in enumerate(keys)
        ]
    service = FingerprintService(database, store, Access(database, lambda: ADMIN), VideoReader())
    missing = service.missing_count()
    done = service.run()
    assert done.count >= 2
    gone = [each.error.code for each in done.failed if each.public_id == media[2].public_id]
    assert gone == ["not_in_storage"]
    assert service.missing_count() == missing - done.count
    ids = [each.id for each in media]
    with database.read() as tx:
        read = Signatures.of(signatures.of(tx, ids))
        assert fingerprints.get(tx, ids[0]).sha256 == hashlib.sha256(files[keys[0]]).hexdigest()
    pairs = find_alike(read, 5)
    assert (read.ids.tolist(), len(pairs)) == (ids[:2], 1)


def test_the_command(media, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.jpg").write_bytes(draw_room(400 + 60 * number, 300))
    paths = [str(tmp_path / f"{number}.jpg") for number in (1, 2)]
    media("upload", *paths, "--to", "community:CMY-456/photos", "--on-duplicate", "keep")
    with sqlite3.connect(next((tmp_path / "home").rglob("library*.db"))) as library:
        library.execute("DELETE FROM media_fingerprints")
    library.close()
    done = media("fingerprint")
    assert media.status == 0
    assert done == {
        "fingerprinted_count": 2, "failed": [], "failed_count": 0, "missing_count": 0,
    }  # fmt: skip
    assert media("fingerprint", "--missing")["fingerprinted_count"] == 0
    assert media("fingerprint", "--all")["fingerprinted_count"] == 2
    objects = (tmp_path / "home").rglob("photo-*.jpg")
    next(path for path in objects if "_" not in path.name).unlink()
    failed = media("fingerprint", "--all")
    assert (media.status, failed["failed"][0]["code"]) == (1, "not_in_storage")
