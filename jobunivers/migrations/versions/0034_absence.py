"""who stands in for whom, and why somebody is away; nobody's own caseworker is somebody who has left"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("absence") as batch_op:
        batch_op.add_column(
            sa.Column("reason", sa.String(length=40), nullable=False, server_default="other")
        )
        batch_op.add_column(sa.Column("substitute_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_absence_substitute_id_user"),
            "user",
            ["substitute_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("absence") as batch_op:
        batch_op.alter_column("reason", server_default=None)
    op.execute(
        'UPDATE assignment SET ended_at = (SELECT disabled_at FROM "user" '
        'WHERE "user".id = assignment.user_id) WHERE ended_at IS NULL AND user_id IN '
        '(SELECT id FROM "user" WHERE disabled_at IS NOT NULL)'
    )


def downgrade() -> None:
    with op.batch_alter_table("absence") as batch_op:
        batch_op.drop_constraint(op.f("fk_absence_substitute_id_user"), type_="foreignkey")
        batch_op.drop_column("substitute_id")
        batch_op.drop_column("reason")
