"""when and why a name and address was protected"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_protection",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_user_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizen.id"],
            name=op.f("fk_name_protection_citizen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_protection")),
    )
    op.create_index(op.f("ix_name_protection_citizen_id"), "name_protection", ["citizen_id"])


def downgrade() -> None:
    op.drop_table("name_protection")
