"""``artitec-media migrate``."""

from typing import Any

from ..services.migrating import MigrationService


def migrate(service: MigrationService, dry_run: bool) -> tuple[dict[str, Any], list[str]]:
    """Do it, or show it; returns what the command answers, in JSON and in lines."""
    statements = service.pending() if dry_run else service.run()
    if not statements:
        message = "The tables are up to date."
    elif dry_run:
        message = "Nothing was changed; “artitec-media migrate” runs this."
    else:
        message = "The tables were brought up to date."
    lines = [f"{each};" for each in statements] + [f"-- {message}"]
    value = {
        "statements": statements,
        "statements_count": len(statements),
        "dry_run": dry_run,
        "message": message,
    }
    return value, lines
