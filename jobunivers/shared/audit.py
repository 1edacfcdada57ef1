"""Who did or saw what. Every look of staff at a citizen leaves a row; the citizen reads it at
/my/data.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.extensions import db
from jobunivers.shared import db as database
from jobunivers.shared.db import Base


class AuditEvent(Base):
    """One look or deed. `detail` holds codes and ids only, never answers, names or numbers."""

    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    actor_role: Mapped[str]
    citizen_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("citizen.id", ondelete="CASCADE"))
    action: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    __table_args__ = (sa.Index("ix_audit_event_citizen_id_created_at", "citizen_id", "created_at"),)


def record(
    action: str,
    *,
    actor_id: UUID | None,
    actor_role: str,
    citizen_id: UUID | None = None,
    purpose: str = "",
    **detail: Any,
) -> None:
    """Adds an audit row to the transaction of the deed itself."""
    db.session.add(
        AuditEvent(
            action=action,
            actor_id=actor_id,
            actor_role=actor_role,
            citizen_id=citizen_id,
            purpose=purpose,
            detail=detail,
        )
    )


def record_all(
    action: str, citizens: Iterable[tuple[UUID, dict[str, Any]]], *, actor_role: str
) -> None:
    """The same for a deed of the system about many citizens, each with its detail, in one
    statement.
    """
    rows = [
        {"action": action, "actor_role": actor_role, "citizen_id": citizen_id, "detail": detail}
        for citizen_id, detail in citizens
    ]
    if rows:
        db.session.execute(sa.insert(AuditEvent), rows)


def record_look(
    action: str, *, actor_id: UUID, actor_role: str, citizen_id: UUID, purpose: str
) -> None:
    """Stores that staff is about to see a citizen's page. A short transaction of its own; if it
    fails, so does the page.
    """
    with database.write():
        record(
            action, actor_id=actor_id, actor_role=actor_role, citizen_id=citizen_id, purpose=purpose
        )


def record_looks(
    action: str, *, actor_id: UUID, actor_role: str, citizen_ids: Iterable[UUID], purpose: str
) -> None:
    """The same for a page about several citizens: one row each, one transaction."""
    wanted = list(dict.fromkeys(citizen_ids))
    if wanted:
        with database.write():
            for citizen_id in wanted:
                record(
                    action,
                    actor_id=actor_id,
                    actor_role=actor_role,
                    citizen_id=citizen_id,
                    purpose=purpose,
                )


def looks_at(citizen_id: UUID, *, limit: int = 200) -> list[AuditEvent]:
    """What staff did with or saw of a citizen, newest first."""
    query = sa.select(AuditEvent).where(AuditEvent.citizen_id == citizen_id)
    return list(
        db.session.scalars(query.order_by(AuditEvent.created_at.desc(), AuditEvent.id).limit(limit))
    )
