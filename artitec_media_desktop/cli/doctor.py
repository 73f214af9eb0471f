"""``artitec-media doctor``: versions, paths, connection tests."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ..config.home import Home
from .opening import profile_service

if TYPE_CHECKING:
    from ..services.doctor import Finding

#: Below the help of the command.
HELP = "Exit status 1 where something is wrong. Nothing is changed, and no secret is printed."


def doctor(args: Namespace) -> tuple[Any, list[str], bool]:
    """What the command answers, in JSON and in lines, and whether nothing is wrong."""
    from ..services.doctor import Doctor

    def say(finding: "Finding") -> None:
        if not args.json:
            print(f"{_mark(finding)}  {finding.name:<26} {finding.detail}", flush=True)

    found = Doctor(Home.find(args.home), profile_service(args)).look(args.profile, told=say)
    paths = {name: str(path) for name, path in found.paths.items()}
    answer = {
        "ok": found.ok,
        "versions": found.versions,
        "paths": paths,
        "findings": [
            {"name": each.name, "ok": each.ok, "detail": each.detail} for each in found.findings
        ],
    }
    facts = found.versions | paths
    return answer, ["", *(f"{name:<31} {value}" for name, value in facts.items())], found.ok


def _mark(finding: "Finding") -> str:
    return "ok " if finding.ok else "BAD"
