"""One function a command: the arguments in, an exit status out."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ..bootstrap import App
from ..bootstrap.library import Library
from ..config.home import Home
from ..config.program import program
from ..domain.entities import EntityType
from ..domain.errors import Forbidden, MediaError
from ..domain.listing import MediaQuery
from ..domain.media import Media
from ..domain.search import Term, parse
from ..domain.slots import SLOTS
from ..domain.summary import summarize
from ..domain.uploads import OnDuplicate, UploadItem, UploadOptions, UploadState
from ..services.self_test import self_test
from ..services.self_test_parts import Parts
from . import editing, render
from .analytics import analytics
from .doctor import doctor
from .duplicates import duplicates
from .fingerprint import fingerprint
from .grants import print_grants
from .migrate import migrate
from .moderation import moderate
from .opening import credentials, find_profile, open_library, profile_service
from .profiles import profiles
from .working import Interrupted, upload, work_off

OK, FAILED, USAGE, NO_CONNECTION, NOT_ALLOWED, INTERRUPTED = 0, 1, 2, 3, 4, 130
_STATUS: Final = {
    "bad_target": USAGE,
    "no_entity": USAGE,
    "bad_cursor": USAGE,
    "bad_search": USAGE,
    "bad_edit": USAGE,
    "bad_usage": USAGE,
    "bad_ruling": USAGE,
    "bad_appeal": USAGE,
    "bad_policy": USAGE,
    "bad_export": USAGE,
    "no_account": NO_CONNECTION,
    "no_profile": NO_CONNECTION,
    "no_secret": NO_CONNECTION,
    "bad_profile": USAGE,
    "profile_exists": USAGE,
    "bad_env": USAGE,
    "bad_profiles": NO_CONNECTION,
    "sign_in_failed": NO_CONNECTION,
    "sign_in_wait": NO_CONNECTION,
    "account_not_active": NO_CONNECTION,
    "storage_gone": NO_CONNECTION,
    "no_home": NO_CONNECTION,
    "database_closed": NO_CONNECTION,
    "database_damaged": NO_CONNECTION,
    "database_full_house": NO_CONNECTION,
    "database_gone": NO_CONNECTION,
    "database_host_refused": NO_CONNECTION,
    "database_not_ready": NO_CONNECTION,
    "database_password_expired": NO_CONNECTION,
    "database_sign_in": NO_CONNECTION,
    "database_sign_in_method": NO_CONNECTION,
    "database_tls": NO_CONNECTION,
    "database_unknown": NO_CONNECTION,
    "database_rights": NOT_ALLOWED,
    "bad_ca": NO_CONNECTION,
    "bad_database_url": NO_CONNECTION,
    "read_only": NOT_ALLOWED,
    # Of a media, whoever it is that decides.
    "no_move": FAILED,
    "not_rejected": FAILED,
    "storage_denied": NOT_ALLOWED,
} | dict.fromkeys(
    """refused offline unknown_host no_answer cut_off busy bad_endpoint bad_bucket no_bucket no_key
    bad_access_key bad_secret_key expired_key wrong_region clock_skew bad_certificate no_tls
    no_ca_file bad_settings storage_refused commit_unknown database_busy database_locked
    database_read_only database_slow""".split(),  # noqa: SIM905
    NO_CONNECTION,
)


#: What was begun has so long to stop, in milliseconds.
_CLOSE_MS: Final = 5_000
_UNFINISHED: Final = (UploadState.FAILED, UploadState.QUEUED, UploadState.WORKING)


def run(args: Namespace) -> int:
    """Run a command. Messages go to standard error, the result to standard output."""
    try:
        return COMMANDS[args.command](args)
    except Interrupted:
        _say("Stopped. What is not finished is kept; “artitec-media queue resume” goes on.")
        return INTERRUPTED
    except KeyboardInterrupt:
        _say("Stopped. What was done until then is kept.")
        return INTERRUPTED
    except MediaError as error:
        if args.json:
            _print_json({"error": {"code": error.code, "message": error.message}})
        _say(error.message)
        return _status_of(error)
    except BrokenPipeError:  # the reader, such as “head”, has seen enough
        sys.stderr.close()
        return OK


def _status_of(error: MediaError) -> int:
    return _STATUS.get(error.code, NOT_ALLOWED if isinstance(error, Forbidden) else FAILED)


def _app(args: Namespace, concurrency: int | None = None) -> App:
    if QCoreApplication.instance() is None:
        QCoreApplication(sys.argv[:1])
    # What has to be asked for is asked before the work begins.
    profiles = profile_service(args)
    email, password = credentials(args, profiles, find_profile(args, profiles))
    return App(Home.find(args.home), concurrency, email, password, args.profile, profiles)


def _entities(args: Namespace) -> int:
    library = open_library(args)
    wanted = None if args.type is None else EntityType.from_word(args.type)
    found = library.library.entities(wanted, args.search)
    lines = [
        f"{each.ref.type.word}:{each.public_id:<12} {each.media_count:>6}  {each.name}"
        for each in found
    ]
    return _answer(args, [render.entity_json(each) for each in found], lines)


def _upload(args: Namespace) -> int:
    tags = tuple(tag.strip() for tag in args.tags.split(",") if tag.strip())
    options = UploadOptions(
        args.alt_text, args.caption, tags, args.primary, OnDuplicate(args.on_duplicate)
    )
    app = _app(args, args.concurrency)
    try:
        items = upload(app, args.paths, args.to, options)
        report = _report(app, items)
    finally:
        app.close(_CLOSE_MS)
    lines = [f"{each['file']}: {each['message']}" for each in report["failed"] + report["skipped"]]
    lines += [f"{each['file']}: {each['note']}" for each in report["notes"]]
    _answer(args, report, [*lines, report["message"]])
    return _leave(app, _status(items))


def _leave(app: App, status: int) -> int:
    """End at once where a worker hangs on a server that does not answer: Qt would wait for it.

    What it was at is in the journal.
    """
    if app.runner.is_busy:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _status(items: list[UploadItem]) -> int:
    """What keeps all that is left from going on, where it is the same thing; else FAILED."""
    left = [item for item in items if item.state in _UNFINISHED]
    reasons = {
        FAILED if item.state.is_final else _STATUS.get(item.error[0], FAILED)
        for item in left
        if item.error is not None
    }
    if not left:
        return OK
    return reasons.pop() if len(reasons) == 1 else FAILED


def _report(app: App, items: list[UploadItem]) -> dict[str, Any]:
    names = {item.id: render.path_text(item.path) for item in items}
    uploaded = []
    for item in items:
        if item.state is UploadState.DONE and item.media_public_id:
            media = app.library.media(item.media_public_id)
            uploaded.append(_media_json(app, [media])[0])
    failed = [item for item in items if item.state is UploadState.FAILED or not item.state.is_final]
    left_out = [i for i in items if i.state in (UploadState.SKIPPED, UploadState.DUPLICATE)]
    return {
        "uploaded": uploaded,
        "uploaded_count": len(uploaded),
        "duplicates": [
            {
                "file": names[item.id],
                "of": item.duplicate_of,
                "distance": item.distance,
                "uploaded": item.state is UploadState.DONE,
            }
            for item in items
            if item.duplicate_of
        ],
        "failed": [_problem(names[item.id], item) for item in failed],
        "failed_count": len(failed),
        "skipped": [_problem(names[item.id], item) for item in left_out if item.error is not None],
        "skipped_count": len(left_out),
        "notes": [{"file": names[item.id], "note": item.note} for item in items if item.note],
        "message": summarize(items),
    }


def _problem(name: str, item: UploadItem) -> dict[str, str]:
    code, sentence = item.error or ("waiting", "It has not been added yet.")
    return {"file": name, "code": code, "message": sentence}


def _queue(args: Namespace) -> int:
    if args.action in ("resume", "retry"):
        app = _app(args)
        try:
            items = work_off(app, retry=args.action == "retry")
        finally:
            app.close(_CLOSE_MS)
    else:
        library = open_library(args)
        if args.action == "clear":
            library.uploads.clear_finished()
        items = library.uploads.items()
    lines = [
        f"{each.id:>6}  {each.state.value:<9}  {each.place or 'no place yet'}  {each.name}"
        + (f"  {each.error[1]}" if each.error else "")
        for each in items
    ]
    _answer(args, [render.item_json(each) for each in items], [*lines, summarize(items)])
    return _leave(app, _status(items)) if args.action in ("resume", "retry") else OK


def _list(args: Namespace) -> int:
    library = open_library(args)
    entity = None if args.entity is None else library.library.entity(args.entity)
    search = parse(args.search)
    for name, value in (("status", args.status), ("tag", args.tag)):
        search = search.plus(Term(name, (value,))) if value else search
    query = MediaQuery(
        None if entity is None else entity.ref,
        _field(args.field, None if entity is None else entity.ref.type),
        search,
    )
    page = library.library.page(query, args.limit, args.after)
    items = _media_json(library, page.items)
    lines = [
        f"{each.public_id}  {each.moderation_status.value:<8}  {each.original_filename}"
        for each in page.items
    ]
    lines.append(f"{len(page.items)} of {page.total}")
    return _answer(args, {"items": items, "total": page.total, "next": page.next}, lines)


def _field(word: str | None, entity_type: EntityType | None) -> str | None:
    """Accept a slot's word (photos) as well as the column's value (gallery)."""
    for slot in SLOTS:
        if word == slot.name and entity_type in (None, slot.entity_type):
            return slot.field
    return word


def _show(args: Namespace) -> int:
    library = open_library(args)
    media = library.library.media(args.media)
    public_id = library.library.entity_public_ids([media]).get(media.id)
    shown = render.details_json(
        media, public_id, library.library.history(media), library.library.decisions(media)
    )
    lines = [f"{key:<18} {value}" for key, value in shown.items() if value not in (None, "", [])]
    return _answer(args, shown, lines)


def _editing(act: Callable[[Namespace], editing.Outcome]) -> Callable[[Namespace], int]:
    """A command of ``editing``: what can't be done is reported and does not stop the rest."""

    def command(args: Namespace) -> int:
        outcome = act(args)
        _answer(args, outcome.value, outcome.lines)
        if NOT_ALLOWED in map(_status_of, outcome.errors) and not outcome.done:
            return NOT_ALLOWED
        return FAILED if outcome.errors else OK

    return command


def _analytics(args: Namespace) -> int:
    return _answer(args, *analytics(args))


def _check(args: Namespace) -> int:
    findings = open_library(args).check.run()
    values = asdict(findings)
    lines = [
        f"{name.replace('_', ' ')}: {each['key']}"
        for name, found in values.items()
        if isinstance(found, list)
        for each in found
    ]
    _answer(args, values, lines or ["Every row has its objects, and nothing else is there."])
    return OK if findings.is_clean else FAILED


def _migrate(args: Namespace) -> int:
    return _answer(args, *migrate(args))


def _profiles(args: Namespace) -> int:
    value, lines, good = profiles(args)
    _answer(args, value, lines)
    return OK if good else NO_CONNECTION


def _doctor(args: Namespace) -> int:
    value, lines, good = doctor(args)
    _answer(args, value, lines)
    return OK if good else FAILED


def _grants(args: Namespace) -> int:
    return _answer(args, *print_grants(args))


def _self_test(args: Namespace) -> int:
    result = self_test(Library.embedded, Parts(program()).steps)
    lines = [
        f"{'ok ' if each['ok'] else 'BAD'}  {each['name']:<16} {each['detail']}"
        for each in result["steps"]
    ]
    _answer(args, result, lines)
    return OK if result["ok"] else FAILED


def _media_json(library: Library | App, media: "list[Media] | tuple[Media, ...]") -> list[Any]:
    public_ids = library.library.entity_public_ids(media)
    return [render.media_json(each, public_ids.get(each.id)) for each in media]


def _answer(args: Namespace, value: Any, lines: list[str]) -> int:
    if args.json:
        _print_json(value)
    else:
        for line in lines:
            print(line.encode("utf-8", "backslashreplace").decode())
    return OK


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, default=str))


def _say(sentence: str) -> None:
    print(f"artitec-media: {sentence}", file=sys.stderr)


COMMANDS: Final[dict[str, Callable[[Namespace], int]]] = {
    "entities": _entities,
    "upload": _upload,
    "queue": _queue,
    "list": _list,
    "show": _show,
    "edit": _editing(editing.edit),
    "delete": _editing(editing.delete),
    "restore": _editing(editing.restore),
    "purge": _editing(editing.purge),
    "undo": _editing(editing.undo),
    "duplicates": _editing(duplicates),
    "fingerprint": _editing(fingerprint),
    "moderate": _editing(moderate),
    "analytics": _analytics,
    "check": _check,
    "migrate": _migrate,
    "profiles": _profiles,
    "grants": _grants,
    "doctor": _doctor,
    "self-test": _self_test,
}
