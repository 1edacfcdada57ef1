"""the short link to a meeting, for an SMS"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.add_column(sa.Column("link_code", sa.String(), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_appointment_link_code"), ["link_code"])


def downgrade() -> None:
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_constraint(op.f("uq_appointment_link_code"), type_="unique")
        batch_op.drop_column("link_code")
