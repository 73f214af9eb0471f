"""Alembic's environment: on the connection that schema.py opened, or as SQL into its buffer."""

from alembic import context

from artitec_media_desktop.database.schema import VERSION_TABLE

attributes = context.config.attributes
if context.is_offline_mode():
    context.configure(
        dialect_name=attributes["dialect"],
        output_buffer=attributes["sql"],
        literal_binds=True,
        version_table=VERSION_TABLE,
        transactional_ddl=False,
    )
else:
    context.configure(
        connection=attributes["connection"],
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
with context.begin_transaction():
    context.run_migrations()
