"""What Alembic runs the revisions in: the connection that schema.py gives it."""

from alembic import context

from teahouse.backends.sql.tables.everything import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
