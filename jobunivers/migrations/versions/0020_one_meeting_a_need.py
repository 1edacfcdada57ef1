"""One coming meeting for one invitation. Where there are two, the later one stands without it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = depends_on = None
LIVE = "status IN ('booked', 'requested')"


def upgrade() -> None:
    op.execute(
        f"UPDATE appointment SET need_id = NULL WHERE {LIVE} AND EXISTS ("  # noqa: S608 - no input
        f"SELECT 1 FROM appointment AS other WHERE other.{LIVE} "
        "AND other.need_id = appointment.need_id AND (other.starts_at < appointment.starts_at "
        "OR (other.starts_at = appointment.starts_at AND other.id < appointment.id)))"
    )
    op.create_index(
        "uq_appointment_need_id_live",
        "appointment",
        ["need_id"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )


def downgrade() -> None:
    op.drop_index("uq_appointment_need_id_live", "appointment")
