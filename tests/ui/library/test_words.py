"""Sentences of the library page."""

import pytest

from artitec_media_desktop.domain.limits import size_text
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.ui.panels.library.words import things

PHOTO, VIDEO = MediaType.IMAGE, MediaType.VIDEO


@pytest.mark.parametrize(
    ("count", "kinds", "said"),
    [
        (55, {PHOTO, VIDEO}, "55 items"),
        (2, {PHOTO}, "2 photos"),
        (1, {VIDEO}, "1 video"),
        (9, (), "9 items"),
    ],
)
def test_what_is_counted_is_called_by_its_kind(count, kinds, said):
    assert things(count, kinds) == said


def test_one_byte():
    assert (size_text(1), size_text(2)) == ("1 byte", "2 bytes")
    assert [size_text(each << 20) for each in (1023, 1024, 7086)] == ["1023 MB", "1 GB", "6.9 GB"]
