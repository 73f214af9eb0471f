"""``fingerprint``: what the duplicate finder needs of rows that others wrote."""

import argparse
import sys
from argparse import Namespace
from time import monotonic
from typing import Final

from ..domain.work import Unwatched
from .editing import Outcome
from .opening import open_library

HELP: Final = (
    "Computes what media are found alike by, from the stored files, and stores it. What is stopped "
    "goes on where it was, when it is run again. Nothing else is changed. With --json: "
    '{"fingerprinted_count", "failed": [{"media", "code", "message"}], "failed_count", '
    '"missing_count"}. What can not be read is a failure, and missing still.'
)
_SECONDS: Final = 2.0


def add_fingerprint(command: argparse.ArgumentParser) -> None:
    """The words of ``fingerprint``."""
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--missing", action="store_true", help="of those that have none (the default)"
    )
    which.add_argument("--all", action="store_true", help="of all, anew")


def fingerprint(args: Namespace) -> Outcome:
    """Compute what is missing, or all."""
    service = open_library(args).fingerprints
    found = service.run(anew=args.all, work=_Progress())
    failed = [
        {"media": each.public_id, "code": each.error.code, "message": each.error.message}
        for each in found.failed
    ]
    value = {
        "fingerprinted_count": found.count,
        "failed": failed,
        "failed_count": len(failed),
        "missing_count": service.missing_count(),
    }
    lines = [f"{found.count} fingerprints computed."]
    lines += [f"{each['media']}: {each['message']}" for each in failed]
    return Outcome(value, lines, bool(found.count), tuple(each.error for each in found.failed))


class _Progress(Unwatched):
    """Says on standard error, now and then, how far it is."""

    def __init__(self) -> None:
        self._said = monotonic()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """A line every two seconds."""
        if monotonic() - self._said >= _SECONDS:
            self._said = monotonic()
            print(f"{done} of {total}: {text}", file=sys.stderr, flush=True)
