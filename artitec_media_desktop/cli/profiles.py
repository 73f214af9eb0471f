"""``artitec-media profiles``: the libraries there are, and how they are reached."""

import os
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..config.environment import profile_of, without_password
from ..config.home import Home
from ..config.settings import Settings
from ..domain.errors import Conflict, Permanent
from ..domain.media import StorageType
from ..domain.profiles import ENVIRONMENT, Encryption, Profile, Secret
from ..domain.work import Unwatched
from ..services.connection_test import ConnectionStep, ConnectionTest, StepState
from ..services.profiles import ProfileService
from .opening import ask, find_profile, profile_service

Answer = tuple[Any, list[str], bool]
_MARKS = {StepState.OK: "ok", StepState.FAILED: "FAILED", StepState.SKIPPED: "-"}
_GIVEN = ("folder", "base_url", "endpoint", "bucket", "region", "public_url", "cdn_url",
          "storage_ca", "database_ca")  # fmt: skip


def profiles(args: Namespace) -> Answer:
    """What the command answers, in JSON and in lines, and whether all went well."""
    actions = {"list": _list, "add": _add, "test": _test, "remove": _remove}
    return actions[args.action or "list"](args)


def _list(args: Namespace) -> Answer:
    service = profile_service(args)
    settings = Settings(Home.find(args.home).settings)
    chosen = service.find(args.profile, settings.get("profile", "")).name
    found = [_shown(each) | {"default": each.name == chosen} for each in service.all()]
    lines = [
        f"{'*' if each['default'] else ' '} {each['name']:<20} {each['database']}"
        f"  {each['storage']}".rstrip()
        for each in found
    ]
    return found, lines, True


def _shown(profile: Profile) -> dict[str, Any]:
    in_bucket = profile.storage is StorageType.S3
    storage = f"{profile.endpoint or 'AWS'} {profile.bucket}" if in_bucket else profile.folder
    return {
        "name": profile.name,
        "kind": "platform" if not profile.is_embedded else "embedded",
        "kept": profile.is_kept,
        "database": profile.database_url,
        "database_tls": None if profile.is_embedded else profile.database_encryption.value,
        "storage_type": profile.storage.value,
        "storage": storage,
    }


def _add(args: Namespace) -> Answer:
    service = profile_service(args)
    try:
        profile, secrets = _described(args, service)
        profile.check()
    except Permanent as error:
        # Here it is an argument that is wrong, not a connection.
        raise Permanent("bad_profile", error.message) from error
    for which in profile.secrets:
        if which not in secrets and (value := _known(service, profile, which)) is not None:
            secrets[which] = value
    lasting = service.add(profile, secrets, args.replace)
    known = {each: service.secrets.get(profile.name, each) for each in profile.secrets}
    lacking = [each.value for each, value in known.items() if value is None]
    message = f"The profile “{profile.name}” was added."
    if lacking:
        message += f" Its {', '.join(lacking)} will be asked for."
    elif not lasting:
        message += (
            " There is no keyring here, so its password and keys were not kept: they are asked "
            "for once a session, or come from ARTITEC_MEDIA_DATABASE_PASSWORD, AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY."
        )
    shown = _shown(profile) | {"secrets_kept": lasting and bool(secrets), "message": message}
    return shown, [message], True


def _described(args: Namespace, service: ProfileService) -> tuple[Profile, dict[Secret, str]]:
    """The profile of the arguments, and the secrets that its source holds."""
    secrets: dict[Secret, str] = {}
    if args.env is not None:
        profile, secrets = service.read_env(Path(args.env).expanduser(), args.name)
    elif args.from_environment:
        profile, secrets = profile_of(os.environ, args.name)
    else:
        profile = Profile(args.name, _without_secret(args.database_url))
    changes: dict[str, Any] = {
        name: getattr(args, name) for name in _GIVEN if getattr(args, name) is not None
    }
    if args.storage or args.bucket or args.folder:
        kind = args.storage or ("s3" if args.bucket else "local")
        changes["storage"] = StorageType(kind)
    if args.database_tls:
        changes["database_encryption"] = Encryption(args.database_tls)
    if args.insecure:
        changes["secure"] = False
    for name in ("folder", "storage_ca", "database_ca"):
        if name in changes:  # where the command is run does not matter later
            changes[name] = str(Path(changes[name]).expanduser().absolute())
    return replace(profile, **changes), secrets


def _without_secret(url: str) -> str:
    if without_password(url) != (url, ""):
        raise Permanent(
            "bad_profile",
            "Leave the password out of the address: everybody on this computer can read it in the "
            "list of processes. It is asked for, or comes from ARTITEC_MEDIA_DATABASE_PASSWORD or "
            "an .env file (--env).",
        )
    return url


def _known(service: ProfileService, profile: Profile, which: Secret) -> str | None:
    found = service.given(which)
    return ask(f"The {which.value} of “{profile.name}”: ") if found is None else found


def _test(args: Namespace) -> Answer:
    service = profile_service(args)
    args.profile = args.name or args.profile
    profile = find_profile(args, service)

    def say(step: ConnectionStep) -> None:
        if not args.json:
            line = f"{_MARKS[step.state]:<7} {step.title}  {step.detail}".rstrip()
            print(line, file=sys.stdout, flush=True)

    steps = ConnectionTest(profile, service.secrets).run(Unwatched(), say)
    good = all(each.state is not StepState.FAILED for each in steps)
    found = [
        {"name": each.name, "title": each.title, "state": each.state.value, "detail": each.detail}
        for each in steps
    ]
    lines = [] if steps else [f"The library “{profile.name}” lies on this computer."]
    return {"profile": profile.name, "ok": good, "steps": found}, lines, good


def _remove(args: Namespace) -> Answer:
    service = profile_service(args)
    profile = service.find(args.name)
    if profile.name != ENVIRONMENT and not profile.is_embedded and not args.force:
        count = service.unfinished(profile)
        if count:
            raise Conflict(
                "uploads_waiting",
                f"{count} files wait to be uploaded to “{profile.name}”. Let them finish "
                "(“queue resume”), or use --force: they go on when it is added again.",
            )
    service.remove(profile.name)
    message = f"The profile “{profile.name}” was removed, with its password and keys."
    return {"removed": profile.name, "message": message}, [message], True
