"""The outbox (work that must happen after a commit, never twice) and messages between citizen and staff."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.messages.types import JobState
from jobunivers.shared.db import Base, enum_type


class OutboxJob(Base):
    """One thing to do, written in the transaction of its cause. `key` keeps it from being queued twice; the lease keeps two workers apart."""

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(unique=True)
    subject_key: Mapped[str | None] = mapped_column(index=True)  # e.g. "appointment:<id>": cancels every job about it
    run_at: Mapped[datetime]
    not_after: Mapped[datetime | None]  # a reminder is worthless, and harmful, after the meeting
    state: Mapped[JobState] = mapped_column(enum_type(JobState), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]
    __table_args__ = (sa.Index("ix_outbox_job_due", "run_at", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")),)


class Message(Base):
    """One message in a citizen's thread: written by a person (`body`), or a notice rendered in the reader's language (`kind`, `params`)."""

    citizen_id: Mapped[UUID] = mapped_column(sa.ForeignKey("citizen.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    from_citizen: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(default="text")
    body: Mapped[str | None]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_at: Mapped[datetime | None]
    __table_args__ = (sa.Index("ix_message_citizen_id_created_at", "citizen_id", "created_at"),)


class WorkerSeen(Base):
    """When each worker last drew breath; /readyz reads it."""

    name: Mapped[str] = mapped_column(unique=True)
    seen_at: Mapped[datetime]
