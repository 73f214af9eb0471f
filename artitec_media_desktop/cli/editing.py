"""``edit``, ``delete``, ``restore``, ``purge`` and ``undo``: what a change of the history does."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..domain.changes import Change
from ..domain.edits import UNTOUCHED, MediaEdit, Overtaken
from ..domain.errors import MediaError, NotFound, Permanent, Transient
from ..domain.media import Media
from .opening import open_library
from .render import plain

if TYPE_CHECKING:
    from ..bootstrap.library import Library

SHAPE: Final = (
    'With --json: {{"{0}": [public id], "{0}_count", "change": its number or null, "failed": '
    '[{{"media", "code", "message"}}], "failed_count"}}. '
)
EDIT_HELP: Final = (
    "Writes only what is given, as one change, which “undo” reverses. "
    + SHAPE.format("edited")
    + "What somebody else wrote at the same moment is left: code “overtaken”, with “theirs” and "
    "“mine”."
)
UNDO_HELP: Final = (
    "Reverses the last change of this account that is not undone, or the one with that number "
    "(see “edit”, and the history of “show”). What somebody else changed since is left and said. "
    + SHAPE.format("undone")
)
PURGE_HELP: Final = "Only an admin may. There is no way back. " + SHAPE.format("purged")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed, and what went wrong."""

    value: dict[str, Any]
    lines: list[str]
    done: bool
    errors: tuple[MediaError, ...]


def add_edit(command: argparse.ArgumentParser) -> None:
    """The words of ``edit``."""
    command.add_argument("media", metavar="MEDIA", nargs="+", help="public ids or numeric ids")
    command.add_argument("--alt-text", metavar="TEXT", help="an empty one removes it")
    command.add_argument("--caption", metavar="TEXT", help="an empty one removes it")
    command.add_argument("--tags", metavar="A,B", help="these and no others")
    command.add_argument("--add-tags", metavar="A,B", default="")
    command.add_argument("--remove-tags", metavar="A,B", default="")
    command.add_argument("--primary", action="store_true", help="make it the primary one")
    command.add_argument("--sort-order", type=int, metavar="N")
    command.add_argument("--field", metavar="SLOT", help="move it to this slot of its entity")
    command.add_argument("--to", metavar="TARGET", help="move it to TYPE:ID/SLOT")
    command.add_argument("--public", choices=("yes", "no"))


def add_purge(command: argparse.ArgumentParser) -> None:
    """The words of ``purge``."""
    command.add_argument(
        "--older-than", type=_days, default=30.0, metavar="DAYS", help="days in the trash; 30"
    )


def add_undo(command: argparse.ArgumentParser) -> None:
    """The words of ``undo``."""
    command.add_argument("change", nargs="?", type=int, metavar="CHANGE", help="its number")


def edit(args: Namespace) -> Outcome:
    """One change over all media that are named."""
    library = open_library(args)
    wanted = _wanted(args, library)
    found, failed = look_up(library, args.media)
    seen = {media.public_id: media for media in found.values()}
    ids = {word: media.public_id for word, media in found.items()}
    act = library.editing.edit
    return carried_out("edited", ids, failed, lambda some: act(some, wanted, seen, partly=True))


def delete(args: Namespace) -> Outcome:
    """To the trash."""
    library = open_library(args)
    found, failed = look_up(library, args.media)
    ids = {word: media.public_id for word, media in found.items()}
    return carried_out("deleted", ids, failed, lambda some: library.trash.delete(some, partly=True))


def restore(args: Namespace) -> Outcome:
    """Back from the trash."""
    library = open_library(args)
    ids = {word: word for word in dict.fromkeys(args.media)}
    return carried_out("restored", ids, {}, lambda some: library.trash.restore(some, partly=True))


def purge(args: Namespace) -> Outcome:
    """For good."""
    library = open_library(args)
    due = library.purging.due(args.older_than)
    return reported("purged", library.purging.purge(public_ids=due), {}, {})


def undo(args: Namespace) -> Outcome:
    """The last change, or one by its number."""
    return reported("undone", open_library(args).undoing.undo(args.change), {}, {})


def _wanted(args: Namespace, library: "Library") -> MediaEdit:
    given = MediaEdit(
        alt_text=UNTOUCHED if args.alt_text is None else args.alt_text,
        caption=UNTOUCHED if args.caption is None else args.caption,
        tags=UNTOUCHED if args.tags is None else args.tags.split(","),
        add_tags=args.add_tags.split(","),
        remove_tags=args.remove_tags.split(","),
        sort_order=UNTOUCHED if args.sort_order is None else args.sort_order,
        is_primary=True if args.primary else UNTOUCHED,
        is_public=UNTOUCHED if args.public is None else args.public == "yes",
        slot=args.field,
        place=None if args.to is None else library.library.target(args.to),
    )
    tags = (args.add_tags + args.remove_tags).strip(", ")
    if not (given.touched or tags or given.moves):
        raise Permanent("bad_edit", "Nothing is to be edited. See “artitec-media edit --help”.")
    return given


def look_up(
    library: "Library", words: Sequence[str]
) -> tuple[dict[str, Media], dict[str, MediaError]]:
    """The media by the words that name them, and the words that name none."""
    found: dict[str, Media] = {}
    failed: dict[str, MediaError] = {}
    for word in dict.fromkeys(words):
        try:
            found[word] = library.library.media(word)
        except NotFound as error:
            failed[word] = error
    return found, failed


def carried_out(
    verb: str,
    ids: Mapping[str, str],
    failed: Mapping[str, MediaError],
    act: Callable[[list[str]], Change],
) -> Outcome:
    """Do it to all that are named; ``ids`` are public ids by the words that were typed."""
    wanted = list(dict.fromkeys(ids.values()))
    change = act(wanted) if wanted else None
    return reported(verb, change, ids, failed)


def reported(
    verb: str, change: Change | None, ids: Mapping[str, str], missed: Mapping[str, MediaError]
) -> Outcome:
    """What became of each; ``ids`` are public ids by the words that were typed."""
    failures = () if change is None else change.failed
    written = set() if change is None else set(change.public_ids)
    lost = {each.public_id for each in failures} - written
    done = [each for each in dict.fromkeys(ids.values()) if each not in lost]
    if change is not None and not ids:
        done = list(change.public_ids)
    words = {public_id: word for word, public_id in reversed(list(ids.items()))}
    every = [*missed.items(), *((words.get(e.public_id, e.public_id), e.error) for e in failures)]
    passing = [error for _, error in every if isinstance(error, Transient)]
    if passing and not done:
        raise passing[0]
    value = {
        verb: done,
        f"{verb}_count": len(done),
        "change": None if change is None else change.id,
        "failed": [_failure(word, error) for word, error in every],
        "failed_count": len(every),
    }
    lines = [f"{each} {verb}" for each in done] + [error.message for _, error in every]
    return Outcome(value, lines, bool(done), tuple(error for _, error in every))


def _failure(word: str, error: MediaError) -> dict[str, Any]:
    entry = {"media": word, "code": error.code, "message": error.message}
    if isinstance(error, Overtaken):
        entry |= {"theirs": plain(error.theirs), "mine": plain(error.mine)}
    return entry


def _days(text: str) -> float:
    days = float(text)
    if not 0 <= days <= 36_500:
        raise argparse.ArgumentTypeError("must be from 0 to 36,500")
    return days
