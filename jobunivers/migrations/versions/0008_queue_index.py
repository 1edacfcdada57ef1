"""a caseworker's queue of flags begins at her citizens"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_flag_citizen_id_status", "flag", ["citizen_id", "status"])


def downgrade() -> None:
    op.drop_index("ix_flag_citizen_id_status", table_name="flag")
