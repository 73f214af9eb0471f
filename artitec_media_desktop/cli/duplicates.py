"""``duplicates``: what is alike, and what becomes of it."""

import argparse
from argparse import Namespace
from typing import TYPE_CHECKING, Any, Final

from ..config.home import Home
from ..config.settings import Settings
from ..domain.duplicates import (
    DEFAULT_THRESHOLD,
    MAX_THRESHOLD,
    RULES_SETTING,
    Group,
    Report,
    Rule,
    Scope,
    rules_of,
)
from ..domain.entities import EntityType
from ..domain.limits import size_text
from ..domain.media import Media
from .editing import Outcome
from .opening import open_library
from .progress import Progress
from .render import media_json

if TYPE_CHECKING:
    from ..bootstrap.library import Library

HELP: Final = (
    'With --json: {"groups": [{"kind": "exact", "near" or "series", "media": [media], "keep": '
    'public id, "why": [words], "distance": bits}], "compared", "seconds"}. “resolve” keeps the '
    "suggested one of each group (by the rules in the order of the window), on each entity by "
    "itself, merges, and moves the rest that lies at the same place to the trash, as one change, "
    "which “undo” reverses: "
    '{"resolved", "trashed", "freed_bytes", '
    '"failed": [{"media", "code", "message"}], "failed_count", "left", "change", "dry_run"}.'
)
#: So many groups are read at a time.
_AT_ONCE: Final = 200
_WHY: Final = {
    Rule.PRIMARY: "primary",
    Rule.APPROVED: "approved",
    Rule.PIXELS: "larger picture",
    Rule.QUALITY: "less compressed",
    Rule.CAMERA: "camera data intact",
    Rule.ALT_TEXT: "has alt text",
    Rule.OLDER: "older",
}


def add_duplicates(command: argparse.ArgumentParser) -> None:
    """The words of ``duplicates``."""
    command.epilog = HELP
    command.add_argument("action", nargs="?", default="list", choices=("list", "resolve"))
    command.add_argument(
        "--threshold", type=_threshold, default=DEFAULT_THRESHOLD, metavar="0..10",
        help=f"bits of 64 that two may differ in; {DEFAULT_THRESHOLD}",
    )  # fmt: skip
    types = ", ".join(each.word for each in EntityType)
    command.add_argument(
        "--scope", type=_scope, default=Scope(), metavar="all|entity|TYPE",
        help=f"all: the whole library; entity: media of the same entity with each other; {types}",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="resolve: only say what would be")
    command.add_argument(
        "--across-entities", action="store_true",
        help="resolve: what lies on another entity than the one that is kept goes too",
    )  # fmt: skip


def duplicates(args: Namespace) -> Outcome:
    """The groups, or what became of them."""
    library = open_library(args)
    comparison = library.duplicates.compare(args.scope, Progress())
    rules = rules_of(Settings(Home.find(args.home).settings).get(RULES_SETTING, []))
    # One group of all that is alike, unless each entity is to be cleared by itself.
    divided = comparison.grouped(args.threshold, rules)
    grouping = comparison.grouped(args.threshold, rules, divided=False)
    if args.action == "resolve":
        grouping = grouping if args.across_entities else divided
        report = library.duplicates.accept_all(
            grouping, work=Progress(), dry_run=args.dry_run, across=args.across_entities
        )
        return _resolved(report, args.dry_run)
    groups: list[dict[str, Any]] = []
    lines: list[str] = []
    for start in range(0, grouping.count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, grouping.count))
        some = [grouping.group(number) for number in numbers]
        for group, media in _read(library, some):
            why = [_WHY[each.rule] for each in library.duplicates.why(media, rules)]
            groups.append(_group_json(library, group, media, why))
            lines += _lines(group, media, why)
    value = {
        "groups": groups,
        "compared": comparison.compared,
        "seconds": round(comparison.seconds, 3),
        "without_fingerprint": comparison.unprinted,
    }
    lines.append(
        f"{grouping.count} groups among {comparison.compared} media, "
        f"{size_text(divided.freed)} could be freed"
    )
    if comparison.unprinted:
        lines.append(f"{comparison.unprinted} have no fingerprint: run “artitec-media fingerprint”")
    return Outcome(value, lines, True, ())


def _read(library: "Library", groups: list[Group]) -> list[tuple[Group, list[Media]]]:
    found = library.library.media_by_ids([each for group in groups for each in group.ids])
    there = [(group, [found[e] for e in group.ids if e in found]) for group in groups]
    return [(group, media) for group, media in there if len(media) > 1]


def _group_json(
    library: "Library", group: Group, media: list[Media], why: list[str]
) -> dict[str, Any]:
    public_ids = library.library.entity_public_ids(media)
    return {
        "kind": group.kind.value,
        "media": [media_json(each, public_ids.get(each.id)) for each in media],
        "keep": media[0].public_id,
        "why": why,
        "distance": group.distance,
        "freed_bytes": group.freed,
    }


def _lines(group: Group, media: list[Media], why: list[str]) -> list[str]:
    words = ", ".join(why) or "first"
    lines = [f"{group.kind.value:<6} {group.distance:>2} bits  {size_text(group.freed):>10}"]
    for each in media:
        mark = f"keep ({words})" if each is media[0] else ""
        place = f"{each.entity_type}:{each.entity_id}/{each.entity_field or ''}"
        lines.append(f"  {each.public_id}  {each.original_filename}  {place}  {mark}".rstrip())
    return lines


def _resolved(report: Report, dry_run: bool) -> Outcome:
    value = {
        "resolved": report.resolved,
        "trashed": report.trashed,
        "freed_bytes": report.freed_bytes,
        "failed": [
            {"media": each.public_id, "code": each.error.code, "message": each.error.message}
            for each in report.failed
        ],
        "failed_count": len(report.failed),
        "left": report.left,
        "change": None if report.change is None else report.change.id,
        "dry_run": dry_run,
        "media": [
            {
                "group": each.group,
                "media": each.media.public_id,
                "outcome": each.outcome.value,
                "note": each.note,
            }
            for each in report.lines
        ],
    }
    verb = "would be" if dry_run else "are"
    lines = [
        f"{each.outcome.value:<8} {each.media.public_id}  {each.media.original_filename}"
        + (f"  {each.note}" if each.note else "")
        for each in report.lines
    ]
    lines.append(
        f"{report.resolved} groups {verb} resolved, {report.trashed} media {verb} in the trash "
        f"({size_text(report.freed_bytes)}), {report.left} groups left as they are"
    )
    return Outcome(value, lines, report.resolved > 0, tuple(e.error for e in report.failed))


def _threshold(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MAX_THRESHOLD:
        raise argparse.ArgumentTypeError(f"must be from 0 to {MAX_THRESHOLD}")
    return number


def _scope(text: str) -> Scope:
    try:
        return Scope.parse(text.lower())
    except ValueError:
        types = ", ".join(each.word for each in EntityType)
        raise argparse.ArgumentTypeError(f"must be all, entity or one of {types}") from None
