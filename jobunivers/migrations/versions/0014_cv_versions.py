"""versions of a CV for one job"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cv_version",
        sa.Column("cv_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cv_id"], ["cv.id"], name=op.f("fk_cv_version_cv_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_version")),
    )
    op.create_index(op.f("ix_cv_version_cv_id"), "cv_version", ["cv_id"], unique=False)
    op.create_table(
        "cv_pick",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["cv_entry.id"], name=op.f("fk_cv_pick_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["cv_version.id"],
            name=op.f("fk_cv_pick_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_pick")),
        sa.UniqueConstraint("version_id", "entry_id", name=op.f("uq_cv_pick_version_id_entry_id")),
    )
    op.create_index(op.f("ix_cv_pick_entry_id"), "cv_pick", ["entry_id"], unique=False)


def downgrade() -> None:
    op.drop_table("cv_pick")
    op.drop_table("cv_version")
