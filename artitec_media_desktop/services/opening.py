"""Opens a library: makes its tables ready, or sees whether they are, and tells who is signed in."""

import logging

from ..database import accounts, readiness, sample, schema
from ..database.engine import Database
from ..domain.errors import NotFound
from ..domain.permissions import Account

_LOG = logging.getLogger(__name__)


def open_embedded(library: Database, journal: Database, email: str | None = None) -> Account:
    """Make both databases ready and return who is signed in.

    Without an e-mail address that is the library's one local administrator; no password is
    asked for a library in one's own folder. Raises Transient or Permanent (``no_account``),
    with nothing half done.
    """
    schema.bring_up_to_date(journal, "journal")
    schema.bring_up_to_date(library, "library")
    with library.write() as tx:
        if accounts.first_admin(tx) is None:
            sample.add(tx)
            _LOG.info("a new embedded library was made, with sample entities")
        account = accounts.first_admin(tx) if email is None else accounts.by_email(tx, email)
    if account is None:
        raise NotFound("no_account", f"There is no account “{email}” in this library.")
    return account


def open_platform(library: Database, journal: Database) -> str:
    """Make the journal ready and look at the platform's tables, which are left as they are.

    Returns why the library can only be looked at; empty where it can be worked with. Raises
    Transient or Permanent.
    """
    schema.bring_up_to_date(journal, "journal")
    state = readiness.state(library)
    if state is readiness.State.READY:
        return ""
    _LOG.info("the tables of %s are %s", library.name, state)
    if state is readiness.State.NEWER:
        return (
            "A newer version of this application has changed the library's tables. Install the "
            "newest version to work with it."
        )
    return (
        "The library's tables are not ready for this application. An administrator of the "
        "database has to run “artitec-media migrate” once."
    )
