"""What Alembic runs: the steps, over the connection that `admin.db.migrate` opened."""

from alembic import context

from admin import case_records, desk_records  # noqa: F401 - their tables are part of it
from admin.records import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
