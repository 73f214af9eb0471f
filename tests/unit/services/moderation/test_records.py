"""The records of visual review: pages, exports, figures."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from artitec_media_desktop.cli.render import details_json
from artitec_media_desktop.database import reviews, second_looks
from artitec_media_desktop.database.second_looks import SecondLook
from artitec_media_desktop.domain.errors import Forbidden, Permanent
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Look, Record, Rule, Ruling
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.moderation import records
from artitec_media_desktop.services.moderation.exporting import COLUMNS

APPROVED, REJECTED = ModerationStatus.APPROVED, ModerationStatus.REJECTED
PENDING, FLAGGED = ModerationStatus.PENDING, ModerationStatus.FLAGGED
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DANA = Account("USR-123", "Dana Reyes", Role.COMMUNITY_ADMIN, can_moderate=True)


@pytest.fixture
def record(library):
    """Put a decision on record: ``record(REJECTED, days=2, reason="unsafe")``."""
    count = 0

    def make(after=APPROVED, days=0, **values):
        nonlocal count
        count += 1
        made = Record(
            0, f"MED-{count}", NOON + days * DAY, "USR-123", PENDING, after, "post", "IMAGE",
        )  # fmt: skip
        with library.database.write() as tx:
            reviews.add(tx, replace(made, **values))

    return make


def read(library, form="json", **bounds):
    text = "".join(library.review_records.export(form, **bounds))
    return json.loads(text) if form == "json" else list(csv.reader(io.StringIO(text, newline="")))


def test_a_csv_has_every_column_and_no_cell_is_a_formula(library, record):
    record(
        REJECTED, reason="advertising", note='=HYPERLINK("http://x")\nsecond "line"', waited=90,
        change_id=4, uploaded_by="USR-124", undone_at=NOON + DAY,
    )  # fmt: skip
    record(FLAGGED, account="", rule=Rule.KNOWN_BAD, before=None, alike_to="MED-9", distance=0)
    head, decided, flagged = read(library, "csv")
    assert tuple(head) == COLUMNS
    assert dict(zip(head, decided, strict=True)) == {
        "id": "1", "at": "2026-11-20T12:00:00Z", "account": "USR-123", "person": "Dana Reyes",
        "rule": "", "before": "pending", "after": "rejected", "reason": "advertising",
        "reason_text": "Advertising", "note": '\'=HYPERLINK("http://x")\nsecond "line"',
        "look": "first", "waited": "90", "public_id": "MED-1", "entity_type": "post",
        "media_type": "IMAGE", "uploaded_by": "USR-124", "alike_to": "", "distance": "",
        "change_id": "4", "undone_at": "2026-11-21T12:00:00Z",
    }  # fmt: skip
    flagged = dict(zip(head, flagged, strict=True))
    assert (flagged["rule"], flagged["person"], flagged["distance"]) == ("known_bad", "", "0")
    assert (flagged["alike_to"], flagged["before"]) == ("MED-9", "")


def test_json_is_one_array_in_the_order_of_time_page_by_page(library, record, monkeypatch):
    assert read(library) == []
    monkeypatch.setattr(records, "_PAGE", 2)
    for days in (3, 1, 1, 2, 0):
        record(days=days, note="=1")
    assert [each["public_id"] for each in read(library)] == [
        "MED-5", "MED-2", "MED-3", "MED-4", "MED-1",
    ]  # fmt: skip
    bounds = {"since": date(2026, 11, 21), "until": date(2026, 11, 22)}
    found = read(library, **bounds)
    assert [each["public_id"] for each in found] == ["MED-2", "MED-3", "MED-4"]
    assert found[0]["note"] == "=1"
    assert tuple(found[0]) == COLUMNS
    assert len(read(library, "csv")) == 6


def test_pages_go_on_after_a_record(library, record):
    for days in (2, 0, 1):
        record(days=days)
    first = library.review_records.records(limit=2)
    assert [each.public_id for each in first] == ["MED-2", "MED-3"]
    (last,) = library.review_records.records(first[-1].id, limit=2)
    assert last.public_id == "MED-1"


def test_a_file_appears_whole_or_not_at_all(library, record, tmp_path):
    record()
    path = tmp_path / "records.CSV"
    library.review_records.save(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,at,")
    library.review_records.save(tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_bytes())[0]["public_id"] == "MED-1"
    with pytest.raises(Permanent, match=r"r\.xls") as raised:
        library.review_records.save(tmp_path / "r.xls")
    assert raised.value.code == "bad_export"
    with pytest.raises(Permanent, match="not be saved") as raised:
        library.review_records.save(tmp_path / "none" / "r.csv")
    assert raised.value.code == "not_saved"
    assert {each.name for each in tmp_path.glob("*.*")} == {"records.CSV", "r.json"}


def test_figures_leave_out_what_was_undone_and_what_no_person_decided(library, record):
    record(APPROVED, waited=10)
    record(REJECTED, waited=40, reason="unsafe", entity_type="community")
    record(REJECTED, days=1, waited=100, reason="advertising", media_type="VIDEO")
    record(APPROVED, days=1, waited=9_000, look=Look.SAMPLE)
    record(REJECTED, waited=5_000, reason="unsafe", undone_at=NOON)
    record(PENDING, waited=6_000, rule=Rule.UNDO)
    record(FLAGGED, days=1, rule=Rule.KNOWN_BAD, account="")
    found = library.review_records.statistics()
    assert found.decided == 4
    assert found.by_day == {
        NOON.date(): {APPROVED: 1, REJECTED: 1},
        (NOON + DAY).date(): {APPROVED: 1, REJECTED: 1},
    }
    assert found.by_reason == {"unsafe": 1, "advertising": 1}
    assert found.by_type == {
        ("post", "IMAGE"): 2, ("community", "IMAGE"): 1, ("post", "VIDEO"): 1,
    }  # fmt: skip
    assert found.by_status == {APPROVED: 2, REJECTED: 2}
    assert (found.median_seconds, found.flagged) == (40, 1)
    first = library.review_records.statistics(until=NOON.date())
    assert (first.decided, first.median_seconds, first.flagged) == (2, 25, 0)
    later = library.review_records.statistics(since=(NOON + DAY).date())
    assert (later.decided, later.median_seconds, later.flagged) == (2, 100, 1)


def test_nothing_was_decided(library):
    found = library.review_records.statistics()
    assert (found.decided, found.by_day, found.median_seconds) == (0, {}, None)
    assert (found.second_looks, found.disagreement_rate) == ({}, None)


def test_second_looks_disagree_apart_for_samples_and_appeals(library):
    looks = [(Look.SAMPLE, True)] * 3 + [(Look.SAMPLE, False), (Look.APPEAL, False)]
    with library.database.write() as tx:
        for number, (look, agreed) in enumerate([*looks, (Look.APPEAL, None)]):
            second_looks.add(tx, SecondLook(0, f"MED-{number}", look, "USR-1", NOON))
            if agreed is not None:
                second_looks.answer(tx, number + 1, "USR-2", agreed, NOON + DAY)
            else:
                second_looks.withdraw(tx, number + 1, NOON + DAY)
    found = library.review_records.statistics(since=(NOON + DAY).date())
    rates = {each: one.disagreement_rate for each, one in found.second_looks.items()}
    assert (rates, found.disagreement_rate) == ({Look.SAMPLE: 0.25, Look.APPEAL: 1.0}, 0.4)
    assert library.review_records.statistics(until=NOON.date()).second_looks == {}


def test_figures_are_for_moderators_and_records_for_admins(library, record):
    record()
    library.account = DANA
    assert library.review_records.statistics().decided == 1
    with pytest.raises(Forbidden):
        library.review_records.export("csv")
    with pytest.raises(Forbidden):
        library.review_records.records()
    library.account = replace(DANA, can_moderate=False)
    with pytest.raises(Forbidden, match="Only a moderator may"):
        library.review_records.statistics()


def test_a_history_says_why_and_notes_are_for_moderators(library, photo_id):
    for code, note in (("advertising", "a\nbanner"), ("other", "too dark")):
        library.moderation.decide([photo_id], Ruling(FLAGGED, code, note))
        library.moderation.decide([photo_id], Ruling(PENDING))
    media = library.library.media(photo_id)
    overview = library.library.media_overview(media)
    said = [overview.reasons.get(each.id) for each in overview.history]
    assert said == [None, "Advertising: a banner", None, "too dark", None]
    library.account = Account("USR-124", "Priya Shah", Role.BUILDER)
    reasons = library.library.media_overview(media).reasons
    assert list(reasons.values()) == ["Advertising", "too dark"]
    decisions = library.library.decisions(media)
    shown = details_json(media, None, library.library.history(media), decisions)["history"]
    assert [(each.get("reason"), each.get("note")) for each in shown if "reason" in each] == [
        ("advertising", None), ("other", "too dark"),
    ]  # fmt: skip
