"""a closing day may hold for one place"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("closing_day", schema=None) as batch_op:
        # The default stays: the release before this one adds days without naming a place.
        batch_op.add_column(sa.Column("location", sa.String(), nullable=False, server_default=""))
        batch_op.drop_constraint("uq_closing_day_on", type_="unique")
        batch_op.create_unique_constraint("uq_closing_day_on_location", ["on", "location"])


def downgrade() -> None:
    op.execute("DELETE FROM closing_day WHERE location <> ''")
    with op.batch_alter_table("closing_day", schema=None) as batch_op:
        batch_op.drop_constraint("uq_closing_day_on_location", type_="unique")
        batch_op.create_unique_constraint("uq_closing_day_on", ["on"])
        batch_op.drop_column("location")
