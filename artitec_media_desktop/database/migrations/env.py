"""Alembic's environment: always online, on the connection that schema.py opened."""

from alembic import context

from artitec_media_desktop.database.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
