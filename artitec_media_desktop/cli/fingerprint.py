"""``fingerprint``: what the duplicate finder needs of rows that others wrote."""

import argparse
from argparse import Namespace
from typing import Final

from .editing import Outcome
from .opening import open_library
from .progress import Progress

HELP: Final = (
    "Computes what media are found alike by, from the stored files, and stores it. What is stopped "
    "goes on where it was, when it is run again. Nothing else is changed. With --json: "
    '{"fingerprinted_count", "failed": [{"media", "code", "message"}], "failed_count", '
    '"missing_count"}. What can not be read is a failure, and missing still.'
)


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
    found = service.run(anew=args.all, work=Progress())
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
