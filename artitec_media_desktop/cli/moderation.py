"""``moderate``: decisions, the queue, and what is on record of them."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ..bootstrap.library import Library
from ..domain.errors import MediaError, NotFound, Permanent
from ..domain.limits import size_text
from ..domain.media import ModerationStatus
from ..domain.moderation import Claimed, Lease, Policy, Ruling, check_ruling
from ..domain.policy import edited, values_of
from ..domain.review_queue import QueueFilter
from ..domain.search import parse
from .editing import Outcome, carried_out, look_up, reported
from .moderation_words import action_of
from .opening import open_library
from .progress import Progress
from .queue_text import claimed_line, items_json, listed_line, queue_lines
from .render import plain
from .statistics_text import statistics_json, statistics_lines

_LIMIT: Final = 100


def moderate(args: Namespace) -> Outcome:
    """Do what the arguments say."""
    act = _ACTS[action_of(args)]
    return act(open_library(args), args)


def _deciding(verb: ModerationStatus) -> Callable[[Library, Namespace], Outcome]:
    def decide(library: Library, args: Namespace) -> Outcome:
        ruling = Ruling(verb, args.reason, args.note)
        check_ruling(ruling, library.policy.get())
        found, failed = look_up(library, args.media)
        seen = {media.public_id: media.moderation_status for media in found.values()}
        ids = {word: media.public_id for word, media in found.items()}
        leases = _leases(library, args.token, ids)
        act = library.moderation.decide
        return carried_out(
            verb.value, ids, failed, lambda some: act(some, ruling, seen, leases, partly=True)
        )

    return decide


def _appeal(library: Library, args: Namespace) -> Outcome:
    found, failed = look_up(library, args.media)
    ids: dict[str, str] = {}
    for word, media in found.items():
        try:
            library.moderation.appeal(media.public_id, args.note)
            ids[word] = media.public_id
        except Permanent as error:
            if error.code == "bad_appeal":  # of the words, whatever they are said of
                raise
            failed[word] = error
        except MediaError as error:
            failed[word] = error
    return _said("appealed", ids, failed)


def _release(library: Library, args: Namespace) -> Outcome:
    found, failed = look_up(library, args.media)
    ids = {word: media.public_id for word, media in found.items()}
    held = library.review_queue.renew([*_leases(library, args.token, ids).values()])
    library.review_queue.release(held)
    mine = {each.public_id for each in held}
    for word in [each for each, public_id in ids.items() if public_id not in mine]:
        name = found[word].original_filename
        failed[word] = NotFound("lease_lost", f"You do not hold “{name}” by this token.")
        del ids[word]
    return _said("released", ids, failed)


def _said(verb: str, ids: Mapping[str, str], failed: Mapping[str, MediaError]) -> Outcome:
    """As a decision is reported, of what is no change of the history."""
    return reported(verb, None, ids, failed)


def _leases(library: Library, token: str | None, ids: Mapping[str, str]) -> dict[str, Lease]:
    """What the media are held by; until when, the database knows."""
    if token is None:
        return {}
    account, now = library.account.user_id, datetime.now(UTC)
    return {each: Lease(each, token, account, now) for each in ids.values()}


def _queue(library: Library, args: Namespace) -> Outcome:
    wanted = _wanted(args)
    listed = library.review_queue.listed(wanted, args.limit or _LIMIT)
    counts = library.review_queue.counts(wanted)
    value = {
        "items": items_json(library, listed),
        "total": counts.total,
        "oldest": plain(counts.oldest),
        "buckets": {each.label_key: each.count for each in counts.buckets},
        "held_by_others": counts.held_by_others,
    }
    return _done(value, [*map(listed_line, listed), *queue_lines(counts, len(listed))])


def _claim(library: Library, args: Namespace) -> Outcome:
    taken: list[Claimed] = library.review_queue.take(_wanted(args), args.claim)
    value = {"items": items_json(library, taken), "claimed_count": len(taken)}
    lines = [*map(claimed_line, taken), f"{len(taken)} claimed"]
    return _done(value, lines)


def _wanted(args: Namespace) -> QueueFilter:
    return QueueFilter(parse(args.search or ""), args.by_score)


def _stats(library: Library, args: Namespace) -> Outcome:
    found = library.review_records.statistics(args.since, args.until)
    return _done(statistics_json(found), statistics_lines(found, library.policy.get()))


def _export(library: Library, args: Namespace) -> Outcome:
    path = Path(args.export).expanduser()
    if path.exists() and not args.force:
        raise Permanent(
            "bad_export", f"{path} is there already. Choose another name, or add --force."
        )
    library.review_records.save(path, args.since, args.until, Progress())
    size = path.stat().st_size
    return _done({"file": str(path), "file_size": size}, [f"{path}: {size_text(size)}"])


def _screen(library: Library, args: Namespace) -> Outcome:
    service = library.screening
    found = service.run(Progress(), args.limit)
    failed = [
        {"media": each.public_id, "code": each.error.code, "message": each.error.message}
        for each in found.failed
    ]
    missing = service.pending_count()
    value = {
        "screened_count": found.count,
        "failed": failed,
        "failed_count": len(failed),
        "missing_count": missing,
    }
    lines = [f"{found.count} screened, {missing} without a score."]
    lines += [f"{each['media']}: {each['message']}" for each in failed]
    return Outcome(value, lines, bool(found.count), tuple(each.error for each in found.failed))


def _policy(library: Library, args: Namespace) -> Outcome:
    seen = library.policy.get()
    wanted = seen
    for name, text in args.set or ():
        wanted = edited(wanted, name, text)
    holds = library.policy.set(wanted, seen) if args.set else seen
    return _done(values_of(holds), _policy_lines(holds))


def _policy_lines(policy: Policy) -> list[str]:
    values = values_of(policy) | {
        "waiting": ", ".join(sorted(each.word for each in policy.waiting)) or "nothing"
    }
    reasons = values.pop("reasons")
    lines = [f"{name:<15} {value}" for name, value in values.items()]
    return [*lines, *(f"{'reason':<15} {each['code']:<13} {each['text']}" for each in reasons)]


def _done(value: dict[str, Any], lines: list[str]) -> Outcome:
    return Outcome(value, lines, True, ())


_ACTS: Final[Mapping[str, Callable[[Library, Namespace], Outcome]]] = {
    "approve": _deciding(ModerationStatus.APPROVED),
    "reject": _deciding(ModerationStatus.REJECTED),
    "flag": _deciding(ModerationStatus.FLAGGED),
    "appeal": _appeal,
    "queue": _queue,
    "claim": _claim,
    "release": _release,
    "stats": _stats,
    "export": _export,
    "screen": _screen,
    "policy": _policy,
}
