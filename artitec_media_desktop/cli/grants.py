"""``artitec-media grants``: what a role's own account and key need."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from ..config.home import Home
from ..config.settings import Settings
from ..services.grants import GrantRole, grants, places_of
from .opening import profile_service


def print_grants(args: Namespace) -> tuple[dict[str, Any], list[str]]:
    """What the command answers, in JSON and in lines; nothing is connected to."""
    settings = Settings(Home.find(args.home).settings)
    profile = profile_service(args).find(args.profile, settings.get("profile", ""))
    schema, bucket = places_of(profile)
    found = grants(
        GrantRole(args.role), args.database or schema, args.bucket or bucket, args.account
    )
    lines = [f"-- The database's account of a role “{args.role}”"]
    lines += [f"{each};" for each in found.sql]
    if found.policy is not None:
        lines += ["", "-- The policy of its key", *json.dumps(found.policy, indent=1).splitlines()]
    if found.public_policy is not None:
        lines += ["", "-- The policy of the bucket, which lets anyone read the entity folders"]
        lines += json.dumps(found.public_policy, indent=1).splitlines()
    lines += ["", *(f"-- {each}" for each in found.notes)]
    return asdict(found), lines
