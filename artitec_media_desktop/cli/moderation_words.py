"""The words of ``moderate``, and which of them go together."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from typing import Final, NamedTuple

from ..domain.errors import Permanent
from .arguments import day, positive
from .editing import SHAPE

HELP: Final = (
    "Decisions are one change, which “undo” reverses; what can't be decided does not stop the "
    "rest. "
    + SHAPE.format("approved")
    + "So with rejected, flagged, released and appealed. --queue and --claim: "
    '{"items": [a media with "look", "since", "waited_seconds", "score", "held_by", "held_until", '
    '"asked", "decided_by", and "token" of a claim]}; --queue also "total", "oldest", "buckets" '
    "and “held_by_others”. What is claimed is nobody else's until it is decided with its token, "
    "released, or its time is over (see --policy). "
    "--stats are whole days (UTC) and rank nobody. Types, codes and times are as in “show --json”."
)


class _Goes(NamedTuple):
    """What an action takes, and what of it it can't do without."""

    takes: frozenset[str]
    needs: tuple[str, ...] = ()


def _goes(*takes: str, needs: tuple[str, ...] = ()) -> _Goes:
    return _Goes(frozenset((*takes, *needs)), needs)


_DECIDES: Final = _goes("reason", "note", "token", needs=("media",))
#: Options by the action that they belong to; names are those of the arguments.
_ACTIONS: Final[Mapping[str, _Goes]] = {
    "approve": _goes("note", "token", needs=("media",)),
    "reject": _DECIDES,
    "flag": _DECIDES,
    "appeal": _goes(needs=("media", "note")),
    "queue": _goes("search", "by_score", "limit"),
    "claim": _goes("search", "by_score"),
    "release": _goes(needs=("media", "token")),
    "stats": _goes("since", "until"),
    "export": _goes("since", "until", "force"),
    "screen": _goes("limit"),
    "policy": _goes("set"),
}
_OPTIONS: Final = sorted({each for goes in _ACTIONS.values() for each in goes.takes})


def add_moderate(command: argparse.ArgumentParser) -> None:
    """The words of ``moderate``."""
    command.epilog = HELP
    command.add_argument("media", metavar="MEDIA", nargs="*", help="public ids or numeric ids")
    _actions(command.add_argument_group("what to do").add_mutually_exclusive_group(required=True))
    said = command.add_argument_group("with a decision or an appeal")
    said.add_argument(
        "--reason", metavar="CODE", help="why it is rejected or flagged; --policy lists the codes"
    )
    said.add_argument("--note", metavar="T", help="in words; the reason “other” needs it")
    said.add_argument(
        "--token", metavar="T", help="of the claim; without it, nobody else may hold them"
    )
    which = command.add_argument_group("with --queue and --claim")
    which.add_argument(
        "--search", metavar="TEXT",
        help="as in “list”; without status: it is what is pending or flagged, and second looks. "
        "For example: age:>2d score:>0.6 look:appeal,sample",
    )  # fmt: skip
    which.add_argument(
        "--by-score", action="store_true", help="the highest score first, not the oldest"
    )
    which.add_argument(
        "--limit", type=positive, metavar="N", help="of --queue: so many, 100; of --screen: all"
    )
    records = command.add_argument_group("with --stats and --export")
    records.add_argument("--since", type=day, metavar="DATE", help="from this day on (UTC)")
    records.add_argument("--until", type=day, metavar="DATE", help="up to this day, itself too")
    records.add_argument("--force", action="store_true", help="in place of a file that is there")
    command.add_argument_group("with --policy").add_argument(
        "--set", type=_setting, action="append", metavar="NAME=VALUE",
        help="change it, as often as wanted: --set sample=0.1 --set waiting=post,user "
        "--set known_bad_bits=never",
    )  # fmt: skip


def action_of(args: Namespace) -> str:
    """What is to be done. Raises Permanent ``bad_usage`` for what does not go with it."""
    action = next(each for each in _ACTIONS if _is_given(args, each))
    goes = _ACTIONS[action]
    for name in _OPTIONS:
        if _is_given(args, name) and name not in goes.takes:
            raise _bad(f"{_spelled(name)} does not go with --{action}.")
    for name in goes.needs:
        if not _is_given(args, name):
            raise _bad(f"--{action} needs {_spelled(name)}.")
    return action


def _actions(which: "argparse._MutuallyExclusiveGroup") -> None:
    for name, words in (
        ("approve", "everyone may see it"),
        ("reject", "nobody but its people may; takes a --reason"),
        ("flag", "hidden, for somebody to look at it more closely; takes a --reason"),
        ("appeal", "ask for another look at what was rejected; takes a --note"),
        ("queue", "what waits for you to decide, the oldest first"),
    ):
        which.add_argument(f"--{name}", action="store_true", help=words)
    which.add_argument(
        "--claim", type=positive, metavar="N",
        help="hold the next N of the queue, and print their tokens",
    )  # fmt: skip
    which.add_argument("--release", action="store_true", help="let others have them; takes --token")
    which.add_argument("--stats", action="store_true", help="how much was decided, and how")
    which.add_argument("--export", metavar="FILE", help="the records, as FILE.csv or FILE.json")
    which.add_argument(
        "--screen", action="store_true", help="score what waits by a model; it decides nothing"
    )
    which.add_argument("--policy", action="store_true", help="what holds for all moderators")


def _is_given(args: Namespace, name: str) -> bool:
    value = getattr(args, name)
    return value is not None and value is not False and value != []


def _spelled(name: str) -> str:
    return "MEDIA" if name == "media" else f"--{name.replace('_', '-')}"


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=VALUE")
    return name.strip(), value.strip()


def _bad(sentence: str) -> Permanent:
    return Permanent("bad_usage", f"{sentence} See “artitec-media moderate --help”.")
