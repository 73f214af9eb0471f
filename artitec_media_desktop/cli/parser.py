"""The words of the command line; names are fixed, people script them."""

import argparse
from collections.abc import Callable

from .. import __version__
from ..domain.entities import EntityType
from ..domain.media import ModerationStatus, StorageType
from ..domain.profiles import Encryption
from ..domain.search import Order
from ..domain.search_fields import FIELDS
from ..domain.uploads import OnDuplicate
from . import doctor, editing, fingerprint
from .arguments import positive
from .duplicates import add_duplicates
from .moderation_words import add_moderate

_SEARCH = (
    "words anywhere in names, alt texts, captions, tags and ids, and FIELD:VALUE, as in: kitchen "
    '"two words" tag:pool,spa -status:approved size:>5mb taken:2024-06 sort:size. Fields: '
    f"{', '.join(FIELDS)}; orders: {', '.join(Order)}. A comma means or, a minus in front not"
)
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

    window = add("gui", "open the window (the default)")
    window.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file or a folder to add; its place is asked for"
    )
    _entities(add("entities", "list the places media can be put on"))
    _upload(add("upload", "add files or folders to a place"))
    queue = add("queue", "the upload journal")
    queue.add_argument(
        "action", nargs="?", default="list", choices=("list", "resume", "retry", "clear")
    )
    _list(add("list", "list media"))
    add("show", "show one media").add_argument("media", metavar="MEDIA")
    _editing(add)
    add("delete", "move media to the trash").add_argument("media", metavar="MEDIA", nargs="+")
    add("restore", "put media back").add_argument("media", metavar="MEDIA", nargs="+")
    add_duplicates(add("duplicates", "find what is alike, and keep one of each"))
    command = add("fingerprint", "compute what media are found alike by, from the storage")
    command.epilog = fingerprint.HELP
    fingerprint.add_fingerprint(command)
    add_moderate(add("moderate", "decide what everyone may see, and what waits for that"))
    add("check", "hold the database against the storage")
    migrate = add("migrate", "bring the library's tables up to date")
    migrate.add_argument("--dry-run", action="store_true", help="only print the SQL")
    _profiles(add("profiles", "the libraries there are, and how they are reached"), common)
    _grants(add("grants", "print the SQL grants and the policy that a role needs"))
    command = add("doctor", "versions, paths, and the way to every library")
    command.epilog = doctor.HELP
    add("self-test", "prove the installation in a throw-away library")
    return root


def _editing(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    for name, words, more, fill in (
        ("edit", "change what is written with media, and where they are", editing.EDIT_HELP,
         editing.add_edit),
        ("purge", "remove for good what lies in the trash", editing.PURGE_HELP, editing.add_purge),
        ("undo", "reverse a change", editing.UNDO_HELP, editing.add_undo),
    ):  # fmt: skip
        command = add(name, words)
        command.epilog = more
        fill(command)
    usage = add("analytics", "how much there is, by entity type, kind, month and status")
    usage.add_argument("--entity-type", type=str.lower, choices=_TYPES, metavar="TYPE")


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
        default=OnDuplicate.REPORT.value,
        help="skip: leave look-alikes out too; keep: add all. Without it, identical files "
        "already there are left out and look-alikes added and reported",
    )
    command.add_argument("--concurrency", type=positive, metavar="N")


def _list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--entity", metavar="TYPE:ID")
    command.add_argument("--field", metavar="FIELD", help="a slot's or a field's name")
    command.add_argument("--status", type=str.lower, choices=[s.value for s in ModerationStatus])
    command.add_argument("--tag", metavar="TAG")
    command.add_argument("--search", default="", metavar="TEXT", help=_SEARCH)
    command.add_argument("--limit", type=positive, default=100, metavar="N")
    command.add_argument("--after", metavar="CURSOR", help="the “next” of the last page")


def _profiles(command: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    command.set_defaults(action="list")
    actions = command.add_subparsers(dest="action", metavar="ACTION")

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=words, description=words, parents=[common])

    add("list", "list them (the default)")
    _profiles_add(add("add", "add one; its password and keys are never arguments"))
    add("test", "try every step of the way").add_argument("name", nargs="?", metavar="NAME")
    remove = add("remove", "forget one, with its password and keys")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--force", action="store_true", help="even if files wait to be uploaded")


def _profiles_add(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--env", metavar="FILE", help="the platform's .env file")
    source.add_argument(
        "--from-environment", action="store_true", help="the variables of this process"
    )
    source.add_argument("--database-url", metavar="URL", help="mysql://account@host:3306/database")
    command.add_argument(
        "--database-tls", choices=[each.value for each in Encryption], help="default: offered"
    )
    command.add_argument("--database-ca", metavar="FILE", help="certificates to trust (PEM)")
    command.add_argument("--storage", choices=[each.value for each in StorageType])
    for name, metavar in (
        ("folder", "DIR"), ("base-url", "URL"), ("endpoint", "URL"), ("bucket", "NAME"),
        ("region", "NAME"), ("public-url", "URL"), ("cdn-url", "URL"), ("storage-ca", "FILE"),
    ):  # fmt: skip
        command.add_argument(f"--{name}", metavar=metavar)
    command.add_argument(
        "--insecure", action="store_true", help="an endpoint without http:// is not encrypted"
    )
    command.add_argument("--replace", action="store_true", help="in place of one of that name")


def _grants(command: argparse.ArgumentParser) -> None:
    roles = ("uploader", "moderator", "admin", "migrator")
    command.add_argument("--role", required=True, choices=roles)
    command.add_argument("--account", default="", metavar="NAME[@HOST]", help="of the database")
    command.add_argument("--database", metavar="NAME", help="default: the profile's")
    command.add_argument("--bucket", metavar="NAME", help="default: the profile's")
