"""who typed an answer in, and when she agreed to be asked about health"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "screening", sa.Column("health_agreed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("answer", sa.Column("typed_by_id", sa.Uuid(), nullable=True))
    op.add_column("health_answer", sa.Column("typed_by_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    for table, column in (
        ("health_answer", "typed_by_id"),
        ("answer", "typed_by_id"),
        ("screening", "health_agreed_at"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
