"""Why one media rather than another, and in what they differ."""

from collections.abc import Callable, Sequence
from typing import Final

from ...domain.duplicates import DEFAULT_RULES, Difference, Reason, Rule
from ...domain.limits import size_text
from ...domain.media import Media
from .weighing import camera_of, exif_of, traits_of, weights

_YES, _NO = "yes", "no"


def reasons(
    keeper: Media, others: Sequence[Media], rules: Sequence[Rule] = DEFAULT_RULES
) -> tuple[Reason, ...]:
    """The rules that decided for the keeper: of each other one, the first that tells them apart."""
    every = [keeper, *others]
    traits = traits_of(every)
    found: dict[Rule, str] = {}
    undecided = list(range(1, len(every)))
    for rule in rules:
        by_rule = weights(traits, [rule])
        worse = [each for each in undecided if by_rule[each] < by_rule[0]]
        if worse:
            best = max(worse, key=lambda each: int(by_rule[each]))
            found[rule] = _VALUES[rule](every[best])
        undecided = [each for each in undecided if by_rule[each] == by_rule[0]]
    return tuple(Reason(rule, _VALUES[rule](keeper), other) for rule, other in found.items())


def differences(media: Sequence[Media]) -> tuple[Difference, ...]:
    """The rows of the table: what the rules look at, then what else is known."""
    traits = traits_of(media)
    rows = []
    for key, value, rule in _ROWS:
        better = None
        if rule is not None:
            by_rule = weights(traits, [rule]).tolist()
            best = max(by_rule, default=0)
            better = by_rule.index(best) if by_rule.count(best) == 1 else None
        rows.append(Difference(key, tuple(value(each) for each in media), better))
    return tuple(rows)


def _pixels(media: Media) -> str:
    return f"{media.width} × {media.height}" if media.width and media.height else ""


def _density(media: Media) -> str:
    pixels = (media.width or 0) * (media.height or 0)
    return f"{media.file_size / pixels:.2f}" if pixels else ""


def _camera(media: Media) -> str:
    return camera_of(exif_of(media))


def _added(media: Media) -> str:
    return "" if media.created_at is None else media.created_at.isoformat(" ", "seconds")


_VALUES: Final[dict[Rule, Callable[[Media], str]]] = {
    Rule.PRIMARY: lambda media: _YES if media.is_primary else _NO,
    Rule.APPROVED: lambda media: media.moderation_status.value,
    Rule.PIXELS: lambda media: str((media.width or 0) * (media.height or 0)),
    Rule.QUALITY: _density,
    Rule.CAMERA: _camera,
    Rule.ALT_TEXT: lambda media: media.alt_text or "",
    Rule.OLDER: _added,
}
_Row = tuple[str, Callable[[Media], str], Rule | None]
_ROWS: Final[tuple[_Row, ...]] = (
    ("pixels", _pixels, Rule.PIXELS),
    ("file", lambda media: size_text(media.file_size or 0), None),
    ("type", lambda media: media.content_type, None),
    ("quality", _density, Rule.QUALITY),
    ("camera", _camera, Rule.CAMERA),
    ("taken", lambda media: str(exif_of(media).get("datetime_original") or ""), None),
    ("alt_text", lambda media: media.alt_text or "", Rule.ALT_TEXT),
    ("caption", lambda media: media.caption or "", None),
    ("tags", lambda media: ", ".join(media.tags), None),
    ("primary", _VALUES[Rule.PRIMARY], Rule.PRIMARY),
    ("approved", _VALUES[Rule.APPROVED], Rule.APPROVED),
    ("public", lambda media: _YES if media.is_public else _NO, None),
    ("place", lambda m: f"{m.entity_type}:{m.entity_id}/{m.entity_field or 'gallery'}", None),
    ("sort_order", lambda media: str(media.sort_order), None),
    ("name", lambda media: media.original_filename, None),
    ("older", _added, Rule.OLDER),
)
