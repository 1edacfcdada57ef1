"""questionnaires, answers, flags, reviews, log"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening_event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_event")),
        sa.UniqueConstraint("number", name=op.f("uq_screening_event_number")),
    )
    with op.batch_alter_table("screening_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screening_event_citizen_id"), ["citizen_id"], unique=False
        )

    op.create_table(
        "screening_draw",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_screening_draw_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_draw")),
        sa.UniqueConstraint("team_id", "week", name=op.f("uq_screening_draw_team_id_week")),
    )
    op.create_table(
        "screening",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("landmark", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name=op.f("fk_screening_citizen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["screening.id"],
            name=op.f("fk_answer_screening_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "screening_id", "question", name=op.f("uq_answer_screening_id_question")
        ),
    )
    op.create_table(
        "flag",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("wording_version", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name=op.f("fk_flag_citizen_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["screening.id"],
            name=op.f("fk_flag_screening_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_flag_status_raised_at", ["status", "raised_at"], unique=False)

    op.create_table(
        "health_answer",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizen.id"],
            name=op.f("fk_health_answer_citizen_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["screening.id"],
            name=op.f("fk_health_answer_screening_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_answer")),
        sa.UniqueConstraint(
            "screening_id", "question", name=op.f("uq_health_answer_screening_id_question")
        ),
    )
    with op.batch_alter_table("health_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_health_answer_citizen_id"), ["citizen_id"], unique=False
        )

    op.create_table(
        "flag_reply",
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flag.id"], name=op.f("fk_flag_reply_flag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_reply")),
    )
    with op.batch_alter_table("flag_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_reply_flag_id"), ["flag_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("offer_kind", sa.String(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["flag_id"], ["flag.id"], name=op.f("fk_review_flag_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_review_need_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["user.id"], name=op.f("fk_review_reviewer_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_flag_id"), ["flag_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_flag_id"))

    op.drop_table("review")
    with op.batch_alter_table("flag_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flag_reply_flag_id"))

    op.drop_table("flag_reply")
    with op.batch_alter_table("health_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_health_answer_citizen_id"))

    op.drop_table("health_answer")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_status_raised_at")
        batch_op.drop_index(batch_op.f("ix_flag_citizen_id"))

    op.drop_table("flag")
    op.drop_table("answer")
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_citizen_id"))

    op.drop_table("screening")
    op.drop_table("screening_draw")
    with op.batch_alter_table("screening_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_event_citizen_id"))

    op.drop_table("screening_event")
