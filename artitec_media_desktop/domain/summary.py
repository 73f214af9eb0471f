"""A batch in words: ``57 added, 2 already here, 1 failed: too large``."""

from collections import Counter
from collections.abc import Iterable

from .uploads import UploadItem, UploadState

_WORDS = {
    "too_large": "too large",
    "too_small": "too small",
    "dimensions_too_large": "too many pixels",
    "dimensions_too_small": "too few pixels",
    "unsupported_type": "not a picture or video we take",
    "wrong_type_for_slot": "not for this place",
    "damaged": "damaged",
    "empty": "empty",
    "vanished": "gone",
    "bad_name": "unusable name",
}


def summarize(items: Iterable[UploadItem]) -> str:
    """Say what became of files; those still on their way are counted too."""
    by_state: Counter[UploadState] = Counter()
    reasons: Counter[str] = Counter()
    for item in items:
        by_state[item.state] += 1
        if item.state is UploadState.FAILED and item.error is not None:
            reasons[_WORDS.get(item.error[0], item.error[0].replace("_", " "))] += 1
    waiting = by_state[UploadState.QUEUED] + by_state[UploadState.WORKING]
    resting = (
        (waiting, "waiting"),
        (by_state[UploadState.PAUSED], "paused"),
        (by_state[UploadState.ASKING], "to be compared"),
        (by_state[UploadState.UNPLACED], "without a place"),
    )
    parts = [f"{by_state[UploadState.DONE]} added"]
    if by_state[UploadState.DUPLICATE]:
        parts.append(f"{by_state[UploadState.DUPLICATE]} already here")
    if by_state[UploadState.SKIPPED]:
        parts.append(f"{by_state[UploadState.SKIPPED]} left out")
    if by_state[UploadState.FAILED]:
        why = ", ".join(reason for reason, _ in reasons.most_common())
        parts.append(f"{by_state[UploadState.FAILED]} failed: {why}")
    parts += [f"{count} {words}" for count, words in resting if count]
    return ", ".join(parts)
