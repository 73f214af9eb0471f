from dataclasses import replace

from artitec_media_desktop.database import fingerprints, trash
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.hashes import Fingerprint

from .conftest import AT


def test_a_media_comes_back_as_it_was(library, make_media):
    print_ = Fingerprint("a" * 64, "1" * 16, "2" * 16, "3" * 16, signature=b"\x00\xff")
    with library.write() as tx:
        media = rows.add(tx, make_media(tags=("a",), metadata={"small_url": "x"}, alt_text="é"))
        fingerprints.add(tx, media.id, print_, AT)
        trash.put(tx, media, "USR-100", AT)
    with library.write() as tx:
        assert rows.by_id(tx, media.id) is None
        assert fingerprints.get(tx, media.id) is None
        assert rows.add(tx, make_media()).id > media.id, "a deleted number is not used again"
        (trashed,) = trash.all_of(tx)
        assert trashed == trash.get(tx, media.public_id)
        assert trashed.deleted_by == "USR-100"
        assert trash.put_back(tx, trashed, AT) == replace(media, updated_at=AT)
        assert fingerprints.get(tx, media.id) == print_
        assert trash.all_of(tx) == []
