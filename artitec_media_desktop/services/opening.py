"""Opens the library: its tables are brought up to date, a new one gets the sample entities."""

import logging

from ..database import accounts, sample, schema
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
