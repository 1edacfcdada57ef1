"""a caseworker's team, tasks and meetings without an outcome are read from an index"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_citizen_team_id_id", "citizen", ["team_id", "id"])
    op.drop_index("ix_citizen_team_id", "citizen")
    op.create_index(
        "ix_appointment_caseworker_id_status_ends_at",
        "appointment",
        ["caseworker_id", "status", "ends_at"],
    )
    op.create_index("ix_task_user_id_done_at", "task", ["user_id", "done_at"])


def downgrade() -> None:
    op.drop_index("ix_task_user_id_done_at", "task")
    op.drop_index("ix_appointment_caseworker_id_status_ends_at", "appointment")
    op.create_index("ix_citizen_team_id", "citizen", ["team_id"])
    op.drop_index("ix_citizen_team_id_id", "citizen")
