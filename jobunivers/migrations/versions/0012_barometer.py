"""the job barometer, quarter by quarter"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "barometer_edition",
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barometer_edition")),
        sa.UniqueConstraint("quarter", "number", name=op.f("uq_barometer_edition_quarter_number")),
    )
    op.create_table(
        "barometer_entry",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("demand", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["barometer_edition.id"],
            name=op.f("fk_barometer_entry_edition_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barometer_entry")),
        sa.UniqueConstraint(
            "edition_id",
            "area",
            "occupation",
            name=op.f("uq_barometer_entry_edition_id_area_occupation"),
        ),
    )


def downgrade() -> None:
    op.drop_table("barometer_entry")
    op.drop_table("barometer_edition")
