"""why a message did not reach a person; addresses that are not tried again"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(), nullable=True))
    op.create_table(
        "unreachable_address",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unreachable_address")),
        sa.UniqueConstraint(
            "channel", "fingerprint", name=op.f("uq_unreachable_address_channel_fingerprint")
        ),
    )
    _let_nothing_hang()


def _let_nothing_hang() -> None:
    """What was given up before is done by hand now: a call, because the address is gone."""
    job, delivery = (
        sa.table("outbox_job", *_columns("key", "kind", "state")),
        sa.table(
            "delivery",
            *_columns("sent_at", "failed_at", "channel", "why"),
            sa.column("id", sa.Uuid()),
        ),
    )
    connection = op.get_bind()
    lost = connection.scalars(
        sa.select(job.c.key).where(job.c.kind == "messages.deliver", job.c.state == "failed")
    )
    for key in lost.all():
        its = sa.update(delivery).where(
            delivery.c.id == sa.bindparam("its_id", type_=sa.Uuid()),
            delivery.c.sent_at.is_(None),
            delivery.c.failed_at.is_(None),
        )
        values = {"channel": "call", "why": "given_up"}
        connection.execute(its.values(values), {"its_id": UUID(key.removeprefix("deliver:"))})


def _columns(*names):
    return [sa.column(name) for name in names]


def downgrade() -> None:
    op.execute("UPDATE delivery SET channel = 'letter' WHERE channel = 'call'")
    op.drop_table("unreachable_address")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_column("why")
