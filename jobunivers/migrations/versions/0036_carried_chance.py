"""what a team has saved towards its next place by chance"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("screening_draw") as batch_op:
        batch_op.add_column(sa.Column("carried", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("screening_draw") as batch_op:
        batch_op.drop_column("carried")
