"""``artitec-media migrate``."""

from argparse import Namespace
from typing import Any

from ..bootstrap.library import migrating
from ..config.home import Home
from .opening import find_profile, profile_service


def migrate(args: Namespace) -> tuple[dict[str, Any], list[str]]:
    """Do it, or show it; returns what the command answers, in JSON and in lines.

    Nobody signs in: what the profile's account of the database may do decides. Raises MediaError.
    """
    profiles = profile_service(args)
    profile = find_profile(args, profiles)
    service = migrating(Home.find(args.home), profile, profiles.secrets)
    try:
        statements = service.pending() if args.dry_run else service.run()
    finally:
        service.close()
    if not statements:
        message = "The tables are up to date."
    elif args.dry_run:
        message = "Nothing was changed; “artitec-media migrate” runs this."
    else:
        message = "The tables were brought up to date."
    lines = [f"{each};" for each in statements] + [f"-- {message}"]
    value = {
        "statements": statements,
        "statements_count": len(statements),
        "dry_run": args.dry_run,
        "message": message,
    }
    return value, lines
