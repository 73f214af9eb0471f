"""Media and searches with what each finds: the same on every database."""

from datetime import UTC, datetime

from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus

MB = 1 << 20


def _media(number, name, **values):
    standard = {
        "id": 0, "public_id": f"MED-1800000000-S{number:04}", "filename": "f.jpg",
        "original_filename": name, "media_type": MediaType.IMAGE, "content_type": "image/jpeg",
        "file_size": MB, "storage_path": "p", "original_url": "u", "entity_type": "community",
        "entity_id": 2, "entity_field": "gallery", "alt_text": "x", "caption": "x", "tags": ("x",),
        "uploaded_by": "USR-9", "created_at": datetime(2025, 1, number, tzinfo=UTC),
        "updated_at": datetime(2025, 1, number, tzinfo=UTC),
    }  # fmt: skip
    return Media(**standard | values)


def _exif(**values):
    return {"exif": values}


FIXTURE = (
    _media(1, "Willow.jpg", entity_id=1, entity_field="cover", is_primary=True),
    _media(2, "kueche.jpg", alt_text="Große KÜCHE", tags=("Küche", "two words", "a,b"),
           metadata=_exif(datetime_original="2024:06:12 10:00:00", make="Canon", model="EOS R5")),
    _media(3, "Nfd.jpg", caption="Ku\u0308che", file_size=6 * MB, tags=(),
           metadata=_exif(datetime_digitized="2024:07:01 00:00:00", make="NIKON", model="Z 6")),
    _media(4, "100%_done.jpg", alt_text=None, tags=("pool", 'a "b"', "back\\slash"),
           moderation_status=ModerationStatus.PENDING, file_size=100),
    _media(5, "tour.mp4", media_type=MediaType.VIDEO, content_type="video/mp4", caption=" ",
           moderation_status=ModerationStatus.FLAGGED, is_public=False, uploaded_by="USR-100",
           file_size=50 * MB),
    _media(6, "ΟΔΟΣ.jpg", entity_type="builder", entity_id=1, entity_field="avatar",
           alt_text="two    words", caption="pools and spas"),
    _media(7, "İzmir.jpg", entity_type="event", entity_field=None, tags=("Pool", "SPA"),
           caption="[draft], not \U0001f373 done",
           created_at=datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)),
)  # fmt: skip

WILLOW, KUECHE, NFD, DONE, TOUR, ODOS, IZMIR = (each.original_filename for each in FIXTURE)
ALL = [each.original_filename for each in FIXTURE]


def _but(*names):
    return [each for each in ALL if each not in names]


CASES = [
    ("", ALL),
    ("küche", [KUECHE, NFD]),
    ("KÜCHE", [KUECHE, NFD]),
    ("Ku\u0308che", [KUECHE, NFD]),
    ("kuche", []),  # accents count
    ("kueche", [KUECHE]),
    ("große", [KUECHE]),
    ("οδος", [ODOS]),
    ("ΟΔΟ", [ODOS]),
    ("izmir", [IZMIR]),
    ("\U0001f373", [IZMIR]),
    ("%", [DONE]),
    ("0%_d", [DONE]),
    ("a_b", []),
    ("s0003", [NFD]),
    ("jpg", _but(TOUR)),
    ("jp jpg pg", _but(TOUR)),
    ("-jpg", [TOUR]),
    ("pool", [DONE, ODOS, IZMIR]),
    ("pool -tag:pool", [ODOS]),
    ("two words", [KUECHE, ODOS]),
    ('"two words"', [KUECHE]),
    ("willow", [WILLOW]),
    ("cmy-456", [WILLOW]),
    ("-willow", _but(WILLOW)),
    ("willow is:primary", [WILLOW]),
    ('"["', [IZMIR]),
    ('"\\""', [DONE]),
    ("slash", [DONE]),
    ("back\\slash", [DONE]),
    ("tag:pool", [DONE, IZMIR]),
    ("tag:POOL,küche", [KUECHE, DONE, IZMIR]),
    ("tag:poo", []),
    ('tag:"two words"', [KUECHE]),
    ('tag:"a,b"', [KUECHE]),
    ('tag:"a \\"b\\""', [DONE]),
    ("tag:back\\slash", [DONE]),
    ("tag:Ku\u0308che", [KUECHE]),
    ("-tag:x", [KUECHE, NFD, DONE, IZMIR]),
    ("status:pending", [DONE]),
    ("status:pending,flagged", [DONE, TOUR]),
    ("-status:approved", [DONE, TOUR]),
    ("status:approved", _but(DONE, TOUR)),
    ("type:video", [TOUR]),
    ("-type:video", _but(TOUR)),
    ("type:image", _but(TOUR)),
    ("size:>5mb", [NFD, TOUR]),
    ("size:<=100b", [DONE]),
    ("size:100b..5mb", _but(NFD, TOUR)),
    ("taken:2024", [KUECHE, NFD]),
    ("taken:2024-06", [KUECHE]),
    ("taken:2024-06-12", [KUECHE]),
    ("taken:>2024-06", [NFD]),
    ("taken:..2024-06", [KUECHE]),
    ("-taken:2024", _but(KUECHE, NFD)),
    ("added:2025-01-01", [WILLOW]),
    ("added:2025", _but(IZMIR)),
    ("added:2026-06-30", [IZMIR]),
    ("added:>2026-06", []),
    ("camera:canon", [KUECHE]),
    ('camera:"nikon z"', [NFD]),
    ("camera:CANON,nikon", [KUECHE, NFD]),
    ("-camera:canon", _but(KUECHE)),
    ("uploader:USR-100", [TOUR]),
    ("uploader:admin", [TOUR]),
    ("-uploader:usr-9", [TOUR]),
    ("missing:alt", [DONE]),
    ("missing:caption", [TOUR]),
    ("missing:tags", [NFD]),
    ("missing:alt,caption", [DONE, TOUR]),
    ("entity:CMY-456", [WILLOW]),
    ("entity:community:cmy-456", [WILLOW]),
    ("entity:community:1", [WILLOW]),
    ("entity:builder", [ODOS]),
    ('entity:"willow creek"', [WILLOW]),
    ("entity:event", [IZMIR]),
    ("entity:nothing", []),
    ("-entity:community", [ODOS, IZMIR]),
    ("slot:cover", [WILLOW]),
    ("slot:logo", [ODOS]),
    ("slot:photos", [KUECHE, NFD, DONE, TOUR]),
    ("slot:avatar", [ODOS]),
    ("-slot:photos", [WILLOW, ODOS, IZMIR]),
    ("is:primary", [WILLOW]),
    ("is:private", [TOUR]),
    ("is:public", _but(TOUR)),
    ("is:link", []),
    ("kitchen pool", []),
    ("x" * 400, []),
]
