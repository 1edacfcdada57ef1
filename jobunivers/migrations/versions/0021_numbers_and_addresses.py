"""telephone numbers as E.164; addresses with the domain as people read it"""

import sqlalchemy as sa
from alembic import op

from jobunivers.shared import addresses

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What can be read is stored one way; what cannot stays as it stands, and a message to it falls
    back to paper or a call.
    """
    connection = op.get_bind()
    for table in ("citizen", "appointment"):
        _rewrite(connection, table, "phone", addresses.read_phone)
    for table in ("citizen", "user"):
        _rewrite(connection, table, "email", addresses.address_key)


def downgrade() -> None:
    """Numbers and addresses stay readable: nothing to put back."""


def _rewrite(connection, table, column, read):
    rows = sa.table(table, sa.column("id", sa.Uuid()), sa.column(column, sa.Text()))
    held = rows.c[column]
    stored = connection.execute(sa.select(rows.c.id, held).where(held.is_not(None), held != ""))
    found = [(row_id, text, _read(read, text)) for row_id, text in stored.all()]
    taken = {text for _id, text, _new in found} if table == "user" else set()
    changed = [
        {"its_id": row_id, "new": new}
        for row_id, text, new in found
        if new != text and new not in taken
    ]
    if changed:
        statement = sa.update(rows).where(rows.c.id == sa.bindparam("its_id", type_=sa.Uuid()))
        connection.execute(statement.values({column: sa.bindparam("new")}), changed)


def _read(read, text):
    try:
        return read(text)
    except ValueError:
        return text
