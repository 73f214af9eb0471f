"""Turns what was dropped into files: folders are walked, in the order a person sees them."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from typing import Final

from ..database.journal import Dropped
from ..domain.uploads import UploadState, shown_name
from ..domain.work import Work

#: Files that systems leave in folders; nobody means to upload them.
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_DEEPEST: Final = 64
_Id = tuple[int, int]


def expand(paths: Sequence[str], work: Work) -> list[Dropped]:
    """List every file of a drop once, folders walked; nothing is left out without a word.

    A path that can't be read is listed too: the pipeline says what is wrong with it.
    """
    found: list[Dropped] = []
    for path in paths:
        for each in _expand(path, frozenset(), 0):
            work.check_cancelled()
            found.append(each)
            work.progress(len(found), 0, shown_name(each.path))
    return found


def _expand(path: str, above: frozenset[_Id], depth: int) -> Iterator[Dropped]:
    # os.stat, not Path.stat: a path may hold bytes that are not text, or a NUL.
    try:
        facts = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        yield Dropped(path)
        return
    if not stat.S_ISDIR(facts.st_mode):
        yield Dropped(path)
        return
    identity = (facts.st_dev, facts.st_ino)
    name = shown_name(path)
    if identity in above or depth > _DEEPEST:
        yield _left_out(
            path, "link_loop", f"The folder “{name}” leads back into itself; it was left out."
        )
        return
    try:
        names = os.listdir(path)  # noqa: PTH208
    except OSError:
        yield _left_out(
            path,
            "no_access",
            f"The folder “{name}” can't be opened. Check its rights and add it again.",
            UploadState.FAILED,
        )
        return
    if not names:
        yield _left_out(path, "empty_folder", f"The folder “{name}” has no files in it.")
    for child in sorted(names, key=_as_seen):
        whole = os.path.join(path, child)  # noqa: PTH118
        if child.startswith(".") or child.lower() in _LITTER:
            yield _left_out(
                whole, "hidden_file", f"“{shown_name(child)}” is a hidden file; it was left out."
            )
        else:
            yield from _expand(whole, above | {identity}, depth + 1)


def _left_out(
    path: str, code: str, sentence: str, state: UploadState = UploadState.SKIPPED
) -> Dropped:
    return Dropped(path, state, (code, sentence))


def _as_seen(name: str) -> list[tuple[int, int, str]]:
    """Order names as file managers do: ``IMG_2`` before ``IMG_10``, whatever the case."""
    return [
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]{1,18})", name)
        if part
    ]
