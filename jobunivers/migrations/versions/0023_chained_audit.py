"""the log of looks and deeds is a chain, and every log has a signed head"""

import hashlib
import json
import secrets
import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BATCH = 1000
FIRST = "0" * 64
EVENT = sa.table(
    "audit_event",
    sa.column("id", sa.Uuid()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Uuid()),
    sa.column("actor_role", sa.String()),
    sa.column("citizen_id", sa.Uuid()),
    sa.column("action", sa.String()),
    sa.column("purpose", sa.String()),
    sa.column("detail", sa.JSON()),
    sa.column("number", sa.Integer()),
    sa.column("salt", sa.String()),
    sa.column("digest", sa.String()),
    sa.column("hash", sa.String()),
)
HEAD = sa.table(
    "chain_head",
    sa.column("id", sa.Uuid()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("name", sa.String()),
    sa.column("number", sa.Integer()),
    sa.column("hash", sa.String()),
    sa.column("mac", sa.String()),
)
LINK = sa.table(
    "screening_event",
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("number", sa.Integer()),
    sa.column("hash", sa.String()),
)
COLUMNS = (("number", sa.Integer()), *((name, sa.String()) for name in ("salt", "digest", "hash")))


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
        sa.UniqueConstraint("name", name=op.f("uq_chain_head_name")),
    )
    with op.batch_alter_table("user", schema=None) as batch:
        # The default stays: the release before this one makes log-ins without saying it.
        batch.add_column(sa.Column("name_withheld", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("audit_event", schema=None) as batch:
        batch.drop_constraint(op.f("fk_audit_event_citizen_id"), type_="foreignkey")
        batch.drop_index("ix_audit_event_citizen_id_created_at")
        batch.drop_index(batch.f("ix_audit_event_actor_id"))
        for name, kind in COLUMNS:
            batch.add_column(sa.Column(name, kind, nullable=True))
    connection = op.get_bind()
    number, digest, at = chain(connection)
    last = connection.execute(sa.select(LINK).order_by(LINK.c.number.desc()).limit(1)).first()
    if number:
        begin(connection, "audit", number, digest, at)
    if last is not None:
        begin(connection, "screening", last.number, last.hash, aware(last.created_at))
    with op.batch_alter_table("audit_event", schema=None) as batch:
        for name, kind in COLUMNS:
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.create_unique_constraint(op.f("uq_audit_event_number"), ["number"])
        batch.create_index("ix_audit_event_citizen_id_number", ["citizen_id", "number"])
        batch.create_index("ix_audit_event_actor_id_created_at", ["actor_id", "created_at"])


def chain(connection: sa.Connection) -> tuple[int, str, datetime | None]:
    """Numbers and hashes the rows in the order in which they were written."""
    rows = connection.execute(sa.select(EVENT).order_by(EVENT.c.created_at, EVENT.c.id)).all()
    change = (
        sa.update(EVENT)
        .where(EVENT.c.id == sa.bindparam("row"))
        .values({name: sa.bindparam(f"new_{name}") for name, _kind in COLUMNS})
    )
    number, digest, batch = 0, FIRST, []
    for row in rows:
        number, salt = number + 1, secrets.token_hex(16)
        who = (row.actor_id, row.actor_role, row.citizen_id)
        own = hashed(salt, aware(row.created_at), *who, row.action, row.purpose, row.detail)
        digest = hashed(number, digest, own)
        new = {"new_number": number, "new_salt": salt, "new_digest": own, "new_hash": digest}
        batch.append({"row": row.id, **new})
        if len(batch) == BATCH or number == len(rows):
            connection.execute(change, batch)
            batch = []
    return number, digest, aware(rows[-1].created_at) if rows else None


def aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def hashed(*values: object) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def begin(
    connection: sa.Connection, name: str, number: int, digest: str, at: datetime | None
) -> None:
    """The head as we found it: signed by whoever appends next, who also writes that down."""
    found = {"name": name, "number": number, "hash": digest, "mac": ""}
    connection.execute(sa.insert(HEAD).values(id=uuid.uuid4(), created_at=at, **found))


def downgrade() -> None:
    citizens = sa.select(sa.table("citizen", sa.column("id", sa.Uuid())).c.id)
    is_gone = EVENT.c.citizen_id.is_not(None) & EVENT.c.citizen_id.not_in(citizens)
    op.execute(sa.delete(EVENT).where(is_gone | (EVENT.c.action == "")))
    with op.batch_alter_table("audit_event", schema=None) as batch:
        batch.drop_index("ix_audit_event_actor_id_created_at")
        batch.drop_index("ix_audit_event_citizen_id_number")
        batch.drop_constraint(op.f("uq_audit_event_number"), type_="unique")
        for name, _kind in COLUMNS:
            batch.drop_column(name)
        batch.create_index(batch.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch.create_index("ix_audit_event_citizen_id_created_at", ["citizen_id", "created_at"])
        batch.create_foreign_key(
            op.f("fk_audit_event_citizen_id"),
            "citizen",
            ["citizen_id"],
            ["id"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table("user", schema=None) as batch:
        batch.drop_column("name_withheld")
    op.drop_table("chain_head")
