"""Which of two media is the better one to keep: every rule as bits of one number."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...database.compared import TYPES, TraitCodes, Traits
from ...domain.duplicates import Rule
from ...domain.media import Media, ModerationStatus

Words = NDArray[np.uint64]

#: How many bits each rule has; 64 in all, so that weights are compared as one number.
_BITS: Final = {
    Rule.PRIMARY: 1,
    Rule.APPROVED: 1,
    Rule.PIXELS: 28,
    Rule.QUALITY: 8,
    Rule.CAMERA: 1,
    Rule.ALT_TEXT: 1,
    Rule.OLDER: 24,
}
#: How well a byte is used, against a JPEG's; a GIF has 256 colours however large it is.
_WORTH: Final = {"image/webp": 1.6, "image/gif": 0.0}
_LOSSLESS: Final = ("image/png", "image/tiff", "image/bmp")
_BEST: Final = 255


def weights(traits: Traits, rules: Sequence[Rule]) -> Words:
    """A number for each media, larger for the better one; by all rules, no two are equal."""
    result = np.zeros(len(traits.ids), np.uint64)
    for rule in rules:
        top = (1 << _BITS[rule]) - 1
        bits = np.clip(_values(traits, rule).astype(np.int64), 0, top).astype(np.uint64)
        result = (result << np.uint64(_BITS[rule])) | bits
    return result


def _values(traits: Traits, rule: Rule) -> NDArray[Any]:
    if rule is Rule.QUALITY:
        return quality(traits)
    if rule is Rule.OLDER:
        return _youth(traits)
    plain: dict[Rule, NDArray[Any]] = {
        Rule.PRIMARY: traits.primary,
        Rule.APPROVED: traits.approved,
        Rule.PIXELS: traits.pixels,
        Rule.CAMERA: traits.cameras > 0,
        Rule.ALT_TEXT: traits.has_alt,
    }
    return plain[rule]


def traits_of(media: Sequence[Media]) -> Traits:
    """The traits of a few media by their rows, as ``compared.traits`` reads those of many."""
    exif = [exif_of(each) for each in media]
    return TraitCodes().traits(
        [
            [each.id for each in media],
            [each.entity_type for each in media],
            [each.entity_id for each in media],
            [each.entity_field for each in media],
            [each.is_primary for each in media],
            [each.moderation_status is ModerationStatus.APPROVED for each in media],
            [each.width for each in media],
            [each.height for each in media],
            [each.file_size for each in media],
            [each.content_type for each in media],
            [bool((each.alt_text or "").strip()) for each in media],
            [camera_of(each) for each in exif],
            [str(each.get("datetime_original") or "") for each in exif],
            [str(each.get("exposure_time") or "") for each in exif],
            [each.original_filename for each in media],
            [str(each.created_at or "") for each in media],
        ]
    )


def exif_of(media: Media) -> dict[str, Any]:
    """What is kept of its EXIF."""
    found = media.metadata.get("exif")
    return found if isinstance(found, dict) else {}


def camera_of(exif: dict[str, Any]) -> str:
    """Its maker and model."""
    return f"{exif.get('make') or ''} {exif.get('model') or ''}".strip()


def quality(traits: Traits) -> NDArray[np.int64]:
    """How little was lost, 0 … 255: bytes a pixel in steps of a ninth; without any loss, 255."""
    worth = np.array([_WORTH.get(each, 1.0) for each in TYPES])[traits.types]
    density = worth * traits.sizes / np.maximum(traits.pixels, 1)
    steps = np.round(np.log2(np.maximum(density, 2.0**-15)) * 8 + 120).astype(np.int64)
    lossless = np.array([each in _LOSSLESS for each in TYPES])[traits.types]
    return np.where(lossless, _BEST, np.clip(steps, 0, _BEST - 1))


def _youth(traits: Traits) -> NDArray[np.int64]:
    """The place of each in their order by age, the oldest last."""
    rank = np.empty(len(traits.ids), np.int64)
    rank[np.lexsort((-traits.ids, -traits.created))] = np.arange(len(traits.ids))
    return rank
