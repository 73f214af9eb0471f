"""The words of the command line; names are fixed, people script them."""

import argparse

from .. import __version__
from ..domain.entities import EntityType
from ..domain.media import ModerationStatus
from ..domain.uploads import OnDuplicate

_TYPES = [each.word for each in EntityType]


def parser() -> argparse.ArgumentParser:
    """Build the parser; without a subcommand the window opens."""
    root = argparse.ArgumentParser(
        "artitec-media",
        description="Photos and videos of a property platform. Without a command the window opens.",
        epilog="Exit status: 0 all done, 1 some items failed, 2 wrong usage, "
        "3 no connection or not signed in, 4 not allowed.",
    )
    root.add_argument("--version", action="version", version=__version__)
    common = _common(argparse.SUPPRESS)
    for action in _common(None)._actions:
        root._add_action(action)
    commands = root.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[common])

    add("gui", "open the window (the default)")
    _entities(add("entities", "list the places media can be put on"))
    _upload(add("upload", "add files or folders to a place"))
    queue = add("queue", "the upload journal")
    queue.add_argument(
        "action", nargs="?", default="list", choices=("list", "resume", "retry", "clear")
    )
    _list(add("list", "list media"))
    add("show", "show one media").add_argument("media", metavar="MEDIA")
    add("delete", "move media to the trash").add_argument("media", metavar="MEDIA", nargs="+")
    add("restore", "put media back").add_argument("media", metavar="MEDIA", nargs="+")
    add("check", "hold the database against the storage")
    migrate = add("migrate", "bring the library's tables up to date")
    migrate.add_argument("--dry-run", action="store_true", help="only print the SQL")
    add("self-test", "prove the installation in a throw-away library")
    return root


def _common(default: str | None) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=default)
    common.add_argument("--home", metavar="DIR", help="settings, journal, caches, library")
    common.add_argument("--profile", metavar="NAME", help="which library; see “profiles list”")
    common.add_argument("--as", dest="email", metavar="EMAIL", help="sign in as that account")
    json = {"default": default} if default else {"default": False}
    common.add_argument(
        "--json", action="store_true", help="one JSON document on standard output", **json
    )
    return common


def _entities(command: argparse.ArgumentParser) -> None:
    command.add_argument("type", nargs="?", type=str.lower, choices=_TYPES, metavar="TYPE",
                         help=", ".join(_TYPES))  # fmt: skip
    command.add_argument("--search", default="", metavar="TEXT", help="in names, ids and places")


def _upload(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    command.add_argument("--to", required=True, metavar="TARGET", help="TYPE:ID/SLOT")
    command.add_argument("--alt-text", metavar="TEXT")
    command.add_argument("--caption", metavar="TEXT")
    command.add_argument("--tags", default="", metavar="A,B")
    command.add_argument("--primary", action="store_true", help="make it the primary one")
    command.add_argument(
        "--on-duplicate",
        choices=(OnDuplicate.SKIP.value, OnDuplicate.KEEP.value),
        default=OnDuplicate.ASK.value,
        help="skip: leave look-alikes out too; keep: add all. Without it, identical files "
        "already there are left out and look-alikes added and reported",
    )
    command.add_argument("--concurrency", type=_positive, metavar="N")


def _list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--entity", metavar="TYPE:ID")
    command.add_argument("--field", metavar="FIELD", help="a slot's or a field's name")
    command.add_argument("--status", type=str.lower, choices=[s.value for s in ModerationStatus])
    command.add_argument("--tag", metavar="TAG")
    command.add_argument("--search", metavar="TEXT")
    command.add_argument("--limit", type=_positive, default=100, metavar="N")
    command.add_argument("--after", metavar="CURSOR", help="the “next” of the last page")


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("must be from 1 to 100,000")
    return number
