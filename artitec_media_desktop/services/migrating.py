"""Brings a library's tables up to date, or tells what that would do."""

from ..database import schema, search_index
from ..database.engine import Database
from ..domain.media import StorageType


class MigrationService:
    """For an account of the database that may alter tables; the application's own may not."""

    def __init__(self, database: Database, storage: StorageType = StorageType.LOCAL) -> None:
        """``storage`` is what the platform stores in: older rows do not say so."""
        self._database = database
        self._storage = storage

    def pending(self) -> list[str]:
        """The SQL that is missing, a statement each; changes nothing.

        Raises Transient or Permanent, as ``run``.
        """
        return schema.pending(self._database, storage=self._storage)

    def run(self) -> list[str]:
        """Run it; returns what was run. Doing it again, or after an interruption, is harmless.

        On the platform's database only ``media`` is altered, by columns, widths and indexes that
        it lacks, and our companion tables are created; those that it is searched by are filled.
        """
        statements = self.pending()
        schema.bring_up_to_date(self._database, "library", self._storage)
        search_index.catch_up(self._database)
        return statements

    def close(self) -> None:
        """Close the database."""
        self._database.close()
