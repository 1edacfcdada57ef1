"""marks by which a mail that comes back is known again"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("sent_to", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("reference_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_delivery_reference"), ["reference"])


def downgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_constraint(op.f("uq_delivery_reference"), type_="unique")
        batch_op.drop_column("reference_at")
        batch_op.drop_column("sent_to")
        batch_op.drop_column("reference")
