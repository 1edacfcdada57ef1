"""Alembic's entry: uses the connection that `runner` hands over; the transaction is the runner's."""

from alembic import context

from jobunivers.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
    compare_type=True,
    include_object=context.config.attributes.get("include_object"),
)
context.run_migrations()
