"""How long something waits, for people."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.cli.queue_text import listed_line, queue_lines
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.moderation import Listed, Look, Waiting
from artitec_media_desktop.domain.review_queue import QueueCounts, buckets

NOW = datetime(2024, 6, 30, tzinfo=UTC)
MEDIA = Media(
    1, "MED-1-AAAAAA", "a.jpg", "room.jpg", MediaType.IMAGE, "image/jpeg", 1, "", "", "post", 1,
    "gallery", moderation_status=ModerationStatus.REJECTED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=40), r"4\d s"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_a_line_says_how_long_it_waits(ago, words):
    line = listed_line(Listed(Waiting(MEDIA, datetime.now(UTC) - ago)))
    assert re.search(f" {words}  room.jpg", line)


def test_a_line_says_why_it_is_there_and_who_has_it():
    item = Waiting(MEDIA, NOW, Look.APPEAL, 0.456, "USR-1", "It is ours", "USR-2")
    line = listed_line(Listed(item, "USR-3", "Ada Admin", NOW))
    for words in ("MED-1-AAAAAA", "rejected", "appeal", "0.46", "“It is ours”", "with Ada Admin"):
        assert words in line


def test_the_ages_that_there_are():
    counts = QueueCounts(5, NOW, buckets((1, 1, 4, 4), 5), held_by_others=2)
    (line,) = queue_lines(counts, 3)
    assert line == "3 of 5; under an hour: 1, 1 to 3 days: 3, over a week: 1; others look at 2"
    assert queue_lines(QueueCounts(), 0) == ["Nothing waits."]
