"""the short survey after a meeting: counts and lines without a person"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.add_column(sa.Column("survey_open", sa.Boolean(), nullable=True))
    op.create_table(
        "survey_count",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_count")),
        sa.UniqueConstraint(
            "team",
            "kind",
            "form",
            "month",
            "question",
            "answer",
            name=op.f("uq_survey_count_team_kind_form_month_question_answer"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_line",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_line")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("survey_line")
    op.drop_table("survey_count")
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_column("survey_open")
