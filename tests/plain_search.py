"""What a search means, in plain Python over media in memory; and media and searches at random."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.media import MediaType, ModerationStatus
from artitec_media_desktop.domain.search import Search, Term, fold
from artitec_media_desktop.domain.search_fields import ages, sizes, times
from artitec_media_desktop.domain.slots import SLOTS

AT = datetime(2025, 1, 31, 23, 0, tzinfo=UTC)
#: Hours since the middle of when media came; nobody waits half an hour for a test.
HOURS = f"{(datetime.now(UTC) - AT) / timedelta(hours=1) - 1.5:.1f}h"
LETTERS = 'aAbuäÄü%_σΣςİi,"\\ '
# What is written is composed: of "u\u0308" a database finds the "u" too, which no accent follows.
TEXT = st.none() | st.text(LETTERS, max_size=5) | st.just("willow")
TAG = st.text(LETTERS, min_size=1, max_size=3)
WORD = st.text(LETTERS + "\u0308", min_size=1, max_size=3)
TAKEN = ("2024:06:30 10:00:00", "2024:07:01 00:00:00", "2025:01:01 00:00:00", "0000:00:00", "x")
ROW = st.fixed_dictionaries(
    {
        "original_filename": TEXT.map(lambda text: text or ""),
        "alt_text": TEXT,
        "caption": TEXT,
        "tags": st.lists(TAG, max_size=3).map(tuple),
        "file_size": st.sampled_from([0, 99, 100, 101, 2048]),
        "media_type": st.sampled_from(MediaType),
        "moderation_status": st.sampled_from(ModerationStatus),
        "content_type": st.sampled_from(["image/jpeg", "video/embed"]),
        "entity_type": st.sampled_from(["community", "builder", "event"]),
        "entity_id": st.integers(1, 3),
        "entity_field": st.sampled_from(["gallery", "cover", "avatar", None]),
        "is_public": st.booleans(),
        "is_primary": st.booleans(),
        "uploaded_by": st.sampled_from(["USR-100", "USR-123", "usr-9"]),
        "created_at": st.integers(0, 3).map(lambda hours: AT + timedelta(hours=hours)),
        "metadata": st.one_of(
            st.just({}),
            st.builds(
                lambda taken, make: {"exif": {"datetime_original": taken, "make": make}},
                st.sampled_from(TAKEN), st.sampled_from(["Canon", "NIKON", ""]),
            ),
        ),
    }
)  # fmt: skip
_VALUES = {
    "": WORD | st.just("willow"),
    "tag": WORD,
    "camera": st.sampled_from(["canon", "N", "nikon", "none"]),
    "status": st.sampled_from([each.value for each in ModerationStatus]),
    "type": st.sampled_from(["image", "video"]),
    "slot": st.sampled_from(["photos", "cover", "avatar", "logo", "gallery"]),
    "entity": st.sampled_from(["community", "builder", "event", "CMY-456", "cedar", "none"]),
    "size": st.sampled_from([">100b", ">=100b", "<100b", "<=100b", "100b..2kb", "..99b"]),
    "taken": st.sampled_from(["2024", "2024-06", ">2024-06", "<=2024-06-30", "..2024"]),
    "added": st.sampled_from(["2025-01", "2025-02-01", ">2025-01", "<2025-02"]),
    "age": st.sampled_from([f">{HOURS}", f"<={HOURS}", f"1m..{HOURS}", "<1w"]),
    "score": st.sampled_from([">0.5", "..1"]),
    "look": st.sampled_from(["sample", "appeal"]),
    "uploader": st.sampled_from(["USR-100", "usr-100", "dana", "nobody"]),
    "missing": st.sampled_from(["alt", "caption", "tags"]),
    "is": st.sampled_from(["primary", "private", "public", "link"]),
}


def _terms(field):
    most = 1 if field == "" else 2
    values = st.lists(_VALUES[field], min_size=1, max_size=most, unique=True).map(tuple)
    return st.builds(Term, st.just(field), values, st.booleans())


SEARCHES = st.lists(st.sampled_from(list(_VALUES)).flatmap(_terms), max_size=3).map(
    lambda terms: Search(tuple(dict.fromkeys(terms)))
)


class Plain:
    """``entities`` and ``people`` are the names that the database has, by what media say."""

    def __init__(self, entities, people):
        self.names = {(each.ref.type.value, each.ref.id): each for each in entities}
        self.people = people

    def found(self, media, search):
        return {each.id for each in media if all(self._meets(each, t) for t in search.terms)}

    def _meets(self, media, term):
        test = getattr(self, f"_{term.field or 'text'}")
        return any(test(media, value) for value in term.values) is not term.negated

    def _named(self, media, word):
        entity = self.names.get((media.entity_type, media.entity_id))
        return entity is not None and (_in(word, entity.name) or _in(word, entity.public_id))

    def _text(self, media, word):
        texts = (media.original_filename, media.public_id, media.alt_text, media.caption)
        return any(_in(word, each) for each in (*texts, *media.tags)) or self._named(media, word)

    def _entity(self, media, value):
        if media.entity_type == value:
            return True
        exact = {each for each, one in self.names.items() if one.public_id.lower() == value.lower()}
        place = (media.entity_type, media.entity_id)
        return place in exact if exact else self._named(media, value)

    def _uploader(self, media, value):
        names = [] if value.upper().startswith("USR-") else self.people.items()
        known = {user for user, name in names if _in(value, name)}
        return media.uploaded_by in {value, value.upper()} | known

    def _slot(self, media, value):
        fields = {each.field for each in SLOTS} - {each.name for each in SLOTS}
        if value in fields:
            return media.entity_field == value
        return any(
            (media.entity_type, media.entity_field) == (each.entity_type.value, each.field)
            for each in SLOTS
            if value in (each.name, each.field)
        )

    @staticmethod
    def _tag(media, value):
        return fold(value) in map(fold, media.tags)

    @staticmethod
    def _camera(media, value):
        return _in(value, media.metadata.get("exif", {}).get("make"))

    @staticmethod
    def _taken(media, value):
        taken = media.metadata.get("exif", {}).get("datetime_original", "")
        return taken[:4] > "0999" and taken[4:5] == ":" and _within(taken, value, "%Y:%m:%d")

    @staticmethod
    def _added(media, value):
        return _within(f"{media.created_at:%Y-%m-%d %H}", value, "%Y-%m-%d")

    @staticmethod
    def _age(media, value):
        low, high = ages(value)
        age = (datetime.now(UTC) - media.created_at).total_seconds()
        return (low or 0) <= age and (high is None or age < high)

    @staticmethod
    def _score(media, value):
        return False  # nobody screened them

    @staticmethod
    def _look(media, value):
        return False  # nor decided anything

    @staticmethod
    def _size(media, value):
        low, high = sizes(value)
        return (low or 0) <= media.file_size and (high is None or media.file_size < high)

    @staticmethod
    def _status(media, value):
        return media.moderation_status.value == value

    @staticmethod
    def _type(media, value):
        return (media.media_type is MediaType.VIDEO) == (value == "video")

    @staticmethod
    def _missing(media, value):
        if value == "tags":
            return not media.tags
        return not ((media.alt_text if value == "alt" else media.caption) or "").strip(" ")

    @staticmethod
    def _is(media, value):
        link = media.content_type == "video/embed"
        known = {"primary": media.is_primary, "public": media.is_public, "link": link}
        return not media.is_public if value == "private" else known[value]


def _in(word, text):
    return fold(word) in fold(text or "")


def _within(text, value, form):
    low, high = times(value)
    return (low is None or f"{low:{form}}" <= text) and (high is None or text < f"{high:{form}}")


def plain(tx):
    """The names of this database."""
    from sqlalchemy import select

    from artitec_media_desktop.database import entities
    from artitec_media_desktop.database.tables import USERS

    people = tx.execute(select(USERS.c.user_id, USERS.c.first_name, USERS.c.last_name))
    every = [each for kind in EntityType for each in entities.all_of(tx, kind)]
    return Plain(every, {user: f"{first} {last}" for user, first, last in people})
