"""Which of two versions is the newer one: those of PEP 440 that programs are released under."""

import re
from typing import Final

_VERSION: Final = re.compile(
    r"v?(?P<release>\d{1,9}(?:\.\d{1,9}){0,5})"
    r"(?:[-_.]?(?P<stage>a|alpha|b|beta|c|rc|pre|preview)[-_.]?(?P<stage_number>\d{0,9}))?"
    r"(?:[-_.]?(?P<post>post)[-_.]?(?P<post_number>\d{0,9}))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>\d{0,9}))?"
    r"(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.ASCII,
)
_STAGES: Final = {"a": 1, "alpha": 1, "b": 2, "beta": 2}
_CANDIDATE: Final = 3
_FINAL: Final = 4
Order = tuple[tuple[int, ...], int, int, int, tuple[bool, int]]


def order_of(version: str) -> Order:
    """What versions are sorted by: 1.2.dev1 < 1.2a1 < 1.2rc1 < 1.2 = 1.2.0 < 1.2.post1 < 1.10.

    Raises ValueError for anything else.
    """
    found = _VERSION.fullmatch(version.strip().lower())
    if found is None:
        raise ValueError("not a version")
    release = tuple(int(each) for each in found["release"].split("."))
    while release[1:] and release[-1] == 0:
        release = release[:-1]
    stage = _FINAL if found["stage"] is None else _STAGES.get(found["stage"], _CANDIDATE)
    if found["dev"] and stage == _FINAL and not found["post"]:
        stage = 0  # before its alphas
    post = int(found["post_number"] or 0) if found["post"] else -1
    return (
        release,
        stage,
        int(found["stage_number"] or 0),
        post,
        (not found["dev"], int(found["dev_number"] or 0)),
    )


def is_newer(version: str, than: str) -> bool:
    """Whether ``version`` comes after ``than``. Raises ValueError where one is none."""
    return order_of(version) > order_of(than)
