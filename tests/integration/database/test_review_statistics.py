"""Figures, records and facts of visual review: the same on a server as in a file."""

import random
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest

from artitec_media_desktop.database import (
    fingerprints,
    known_bad,
    review_facts,
    review_statistics,
    reviews,
    schema,
    second_looks,
)
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.second_looks import SecondLook
from artitec_media_desktop.domain.hashes import Fingerprint, to_hex
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.moderation import KnownBad, Look, Record, Rule

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MARCH = date(2026, 3, 1)


@pytest.fixture
def file(tmp_path):
    database = Database.file(tmp_path / "l.db")
    schema.bring_up_to_date(database, "library")
    yield database
    database.close()


def made(count):
    """Records of ten days, some undone, some of rules, some of second looks."""
    chance = random.Random(3)
    status = tuple(ModerationStatus)
    for number in range(count):
        yield Record(
            id=0,
            public_id=f"MED-{number % 150}",
            at=NOON + timedelta(minutes=chance.randrange(-720, 14_400)),
            account=f"USR-{number % 3}",
            before=chance.choice([None, *status]),
            after=chance.choice(status),
            entity_type=chance.choice(["post", "community"]),
            media_type=chance.choice(["IMAGE", "VIDEO"]),
            look=chance.choice([Look.FIRST, Look.FIRST, Look.SAMPLE]),
            reason=chance.choice([None, "unsafe", "other"]),
            note=chance.choice([None, "naïve 😀"]),
            rule=chance.choice([None, None, None, *Rule]),
            waited=chance.choice([None, chance.randrange(100_000)]),
            undone_at=chance.choice([None, None, NOON]),
            uploaded_by=f"USR-{number % 7}",
        )


def fill(database):
    with database.write() as tx:
        for record in made(400):
            reviews.add(tx, record)
        for number in range(40):
            look = Look.SAMPLE if number % 3 else Look.APPEAL
            second_looks.add(tx, SecondLook(0, f"MED-{number}", look, "USR-1", NOON))
            at = NOON + timedelta(days=number % 10)
            second_looks.answer(tx, number + 1, "USR-2", number % 4 > 0, at)


def pages(tx, since, until):
    found, after = [], None
    while page := reviews.page(tx, 37, after, since, until):
        found += page
        after = page[-1]
    return found


def test_figures_and_records_are_those_of_a_file(library, file):
    fill(library)
    fill(file)
    for bounds in [(None, None), (date(2026, 3, 4), None), (date(2026, 3, 3), date(2026, 3, 5))]:
        with library.read() as there, file.read() as here:
            counts = review_statistics.counts(there, *bounds)
            assert set(counts) == set(review_statistics.counts(here, *bounds))
            assert pages(there, *bounds) == pages(here, *bounds)
            for tx in (there, here):
                check_against_the_records(tx, counts, bounds)
            looks = review_statistics.second_looks(there, *bounds)
            assert looks == review_statistics.second_looks(here, *bounds)
    assert {each: one.answered for each, one in looks.items()} == {Look.SAMPLE: 8, Look.APPEAL: 4}


def check_against_the_records(tx, counts, bounds):
    found = pages(tx, *bounds)
    standing = [each for each in found if each.rule is None and each.undone_at is None]
    first = [e.waited for e in standing if e.waited is not None and e.look is Look.FIRST]
    assert sum(each.decided for each in counts) == len(standing)
    assert sum(each.waited for each in counts) == len(first)
    assert review_statistics.median(tx, len(first), *bounds) == median(first)
    held = [each for each in found if each.rule is Rule.KNOWN_BAD and each.undone_at is None]
    assert review_statistics.flagged(tx, *bounds) == len(held)


def test_what_is_around_items_and_an_uploaders_past_are_those_of_a_file(library, file):
    around, past = [], []
    for database in (library, file):
        fill(database)
        with database.write() as tx:
            items = put_media(tx)
        with database.read() as tx:
            found = review_facts.items(tx, [each.public_id for each in items])
            near = review_facts.around(tx, found, 5)
            numbers = {each.id: each.public_id for each in items}
            # Of the one that waits: the oldest platform knows no status, and has all approved.
            one = near["MED-0"]
            around.append(([(numbers[n], bits) for n, bits in one.live], one.rejected))
            past.append(review_facts.pasts(tx, {"USR-1", "USR-6", "USR-99"}, NOON))
    assert past[0] == past[1]
    assert past[0].keys() == {"USR-1", "USR-6"}
    near = [("MED-1", 1), ("MED-2", 2), ("MED-3", 3)]
    assert around == [(near, (KnownBad("MED-1", 1, "unsafe"),))] * 2


def put_media(tx):
    """Four that look alike, the first of which waits and the second is known to be bad."""
    items = []
    for number in range(4):
        status = ModerationStatus.APPROVED if number else ModerationStatus.PENDING
        one = Media(
            id=0, public_id=f"MED-{number}", filename="p.jpg", original_filename="p.jpg",
            media_type=MediaType.IMAGE, content_type="image/jpeg", file_size=5, storage_path="p",
            original_url="p", entity_type="community", entity_id=1, entity_field="gallery",
            uploaded_by="USR-1", moderation_status=status, created_at=NOON, updated_at=NOON,
        )  # fmt: skip
        items.append(rows.add(tx, one))
        hashes = Fingerprint(f"{number:064d}", None, to_hex((1 << number) - 1))
        fingerprints.add(tx, items[-1].id, hashes, NOON)
    known_bad.keep(tx, items[1], "unsafe", NOON)
    return items
