"""progress, notes, course, CV, letters, interview answers, goals, planner"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cv",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_cv_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_cv_owner_id")),
    )
    op.create_table(
        "interview_answer",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owner.id"],
            name=op.f("fk_interview_answer_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_answer")),
        sa.UniqueConstraint(
            "owner_id", "question", name=op.f("uq_interview_answer_owner_id_question")
        ),
    )
    op.create_table(
        "job_goal",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_job_goal_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_goal")),
    )
    with op.batch_alter_table("job_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_goal_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "lesson_progress",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_lesson_progress_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_progress")),
        sa.UniqueConstraint("owner_id", "lesson", name=op.f("uq_lesson_progress_owner_id_lesson")),
    )
    op.create_table(
        "letter",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("apply_by", sa.Date(), nullable=True),
        sa.Column("demands", sa.JSON(), nullable=False),
        sa.Column("proofs", sa.JSON(), nullable=False),
        sa.Column("call", sa.JSON(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("middle", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_letter_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_note_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("owner_id", "exercise_key", name=op.f("uq_note_owner_id_exercise_key")),
    )
    op.create_table(
        "path_entry",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_path_entry_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_entry")),
        sa.UniqueConstraint("owner_id", "module", name=op.f("uq_path_entry_owner_id_module")),
    )
    op.create_table(
        "planner_entry",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("when", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_planner_entry_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planner_entry")),
    )
    with op.batch_alter_table("planner_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planner_entry_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "cv_entry",
        sa.Column("cv_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cv_id"], ["cv.id"], name=op.f("fk_cv_entry_cv_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_entry")),
    )
    with op.batch_alter_table("cv_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cv_entry_cv_id"), ["cv_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cv_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cv_entry_cv_id"))

    op.drop_table("cv_entry")
    with op.batch_alter_table("planner_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planner_entry_owner_id"))

    op.drop_table("planner_entry")
    op.drop_table("path_entry")
    op.drop_table("note")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_owner_id"))

    op.drop_table("letter")
    op.drop_table("lesson_progress")
    with op.batch_alter_table("job_goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_goal_owner_id"))

    op.drop_table("job_goal")
    op.drop_table("interview_answer")
    op.drop_table("cv")
