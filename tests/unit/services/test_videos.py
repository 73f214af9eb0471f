"""A video's way, with a decoder that is played by the test."""

from dataclasses import dataclass

import pytest

from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.processing.video import VideoFacts

CLIP = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0\0\x40\0free" + bytes(0x4000 - 8)


@dataclass
class Decoder:
    facts: VideoFacts | Permanent

    def read(self, path, check):
        if isinstance(self.facts, Permanent):
            raise self.facts
        return self.facts


@pytest.fixture
def clip(library, upload, tmp_path):
    path = tmp_path / "tour.mp4"
    path.write_bytes(CLIP)

    def run(facts, to="community:CMY-456/photos"):
        library.uploads._pipeline._preparing._videos = Decoder(facts)
        (item,) = upload([str(path)], to)
        found = item.media_public_id
        return item, None if found is None else library.library.media(found)

    return run


def test_facts_and_variants_come_from_the_poster(library, clip):
    _item, media = clip(VideoFacts(1920, 1080, 72.4, draw_room(1920, 1080), None))
    assert (media.width, media.height, media.duration) == (1920, 1080, 72)
    assert (media.media_type.value, media.content_type) == ("VIDEO", "video/mp4")
    assert set(media.metadata["variants"]) == {"thumb", "small", "medium", "large"}
    assert library.store.get(media.storage_path) == CLIP
    assert library.library.picture(media, 400)
    assert library.check.run().is_clean


def test_a_small_video_is_shown_by_its_thumbnail(library, clip):
    _item, media = clip(VideoFacts(320, 180, 6.0, draw_room(320, 180), None))
    assert set(media.metadata["variants"]) == {"thumb"}
    assert library.library.picture(media, 128)


def test_without_a_decoder_it_is_added_and_its_poster_said_to_be_missing(library, clip):
    item, media = clip(VideoFacts(None, None, None, None, "Its poster is missing."))
    assert (item.state, item.note) == (UploadState.DONE, "Its poster is missing.")
    assert (media.thumbnail_url, media.image_hash) == (None, None)
    with pytest.raises(NotFound):
        library.library.picture(media, 128)
    assert library.check.run().is_clean


def test_what_can_not_be_decoded_fails_alone(library, clip):
    item, media = clip(Permanent("video_damaged", "Damaged. Export it again."))
    assert (item.state, item.error[0], media) == (UploadState.FAILED, "video_damaged", None)
    assert list(library.store.list()) == []


def test_an_intro_lies_among_the_videos(clip):
    _item, media = clip(VideoFacts(None, None, 3.0, None, None), "builder:BLD-012/video")
    assert media.storage_path.startswith("builders/videos/BLD-012/")
    assert (media.entity_field, media.is_primary) == ("video_intro", True)
