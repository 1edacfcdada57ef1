"""a decided flag has a review, and a review has somebody who wrote it: the database holds both"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

FLAG = sa.table(
    "flag",
    sa.column("id", sa.Uuid()),
    sa.column("status", sa.String()),
    sa.column("decision_id", sa.Uuid()),
)
REVIEW = sa.table(
    "review",
    sa.column("id", sa.Uuid()),
    sa.column("flag_id", sa.Uuid()),
    sa.column("reviewer_id", sa.Uuid()),
    sa.column("decided_at", sa.DateTime(timezone=True)),
)
USER = sa.table(
    "user",
    sa.column("id", sa.Uuid()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("name", sa.String()),
    sa.column("name_withheld", sa.String()),
    sa.column("email_opens_case", sa.Boolean()),
    sa.column("disabled_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    with op.batch_alter_table("flag") as batch:
        batch.add_column(sa.Column("decision_id", sa.Uuid(), nullable=True))
    connection = op.get_bind()
    _name_the_gone(connection)
    _point_to_the_first(connection)
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(op.f("fk_review_reviewer_id"), type_="foreignkey")
        batch.alter_column("reviewer_id", existing_type=sa.Uuid(), nullable=False)
        batch.create_foreign_key(op.f("fk_review_reviewer_id"), "user", ["reviewer_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_review_flag_id_id"), ["flag_id", "id"])
    with op.batch_alter_table("flag") as batch:
        batch.create_check_constraint(
            op.f("ck_flag_decided_by_a_person"), "status <> 'decided' OR decision_id IS NOT NULL"
        )
        batch.create_foreign_key(
            "fk_flag_decision",
            "review",
            ["id", "decision_id"],
            ["flag_id", "id"],
            deferrable=True,
            initially="DEFERRED",
        )


def _name_the_gone(connection: sa.Connection) -> None:
    """Who decided and was deleted since becomes one closed log-in without a name."""
    nobody = REVIEW.c.reviewer_id.is_(None)
    decided_at = connection.scalar(sa.select(sa.func.max(REVIEW.c.decided_at)).where(nobody))
    if decided_at is not None:
        gone = uuid.uuid4()
        connection.execute(
            sa.insert(USER).values(
                id=gone,
                created_at=decided_at,
                name="",
                name_withheld="",
                email_opens_case=False,
                disabled_at=decided_at,
            )
        )
        connection.execute(sa.update(REVIEW).where(nobody).values(reviewer_id=gone))


def _point_to_the_first(connection: sa.Connection) -> None:
    """Each flag names its first review. One that says it is decided and has none waits for a person
    again.
    """
    first = (
        sa.select(REVIEW.c.id)
        .where(REVIEW.c.flag_id == FLAG.c.id)
        .order_by(REVIEW.c.decided_at, REVIEW.c.id)
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(sa.update(FLAG).values(decision_id=first))
    connection.execute(
        sa.update(FLAG)
        .where(FLAG.c.status == "decided", FLAG.c.decision_id.is_(None))
        .values(status="open")
    )


def downgrade() -> None:
    with op.batch_alter_table("flag") as batch:
        batch.drop_constraint("fk_flag_decision", type_="foreignkey")
        batch.drop_constraint(op.f("ck_flag_decided_by_a_person"), type_="check")
        batch.drop_column("decision_id")
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(op.f("uq_review_flag_id_id"), type_="unique")
        batch.drop_constraint(op.f("fk_review_reviewer_id"), type_="foreignkey")
        batch.alter_column("reviewer_id", existing_type=sa.Uuid(), nullable=True)
        batch.create_foreign_key(
            op.f("fk_review_reviewer_id"), "user", ["reviewer_id"], ["id"], ondelete="SET NULL"
        )
