"""The outbox (work that must happen after a commit, never twice) and messages between citizen and
staff.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.messages.types import Channel, JobState
from jobunivers.shared.db import Base, enum_type


class OutboxJob(Base):
    """One thing to do, written in the transaction of its cause. `key` keeps it from being queued
    twice; the lease keeps two workers apart.
    """

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(unique=True)
    subject_key: Mapped[str | None] = mapped_column(
        index=True
    )  # e.g. "appointment:<id>": cancels every job about it
    run_at: Mapped[datetime]
    not_after: Mapped[datetime | None]  # a reminder is worthless, and harmful, after the meeting
    state: Mapped[JobState] = mapped_column(enum_type(JobState), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]  # the machine's time, not the product's
    done_at: Mapped[datetime | None]
    error: Mapped[
        str | None
    ]  # type of the error only: texts of errors can carry what a person typed
    __table_args__ = (
        sa.Index(
            "ix_outbox_job_due",
            "run_at",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
    )


class Message(Base):
    """One message in a citizen's thread: written by a person (`body`), or a notice rendered in the
    reader's language (`kind`, `params`).
    """

    citizen_id: Mapped[UUID] = mapped_column(sa.ForeignKey("citizen.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    from_citizen: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(default="text")
    body: Mapped[str | None]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(
        unique=True
    )  # the same cause, or the same form sent twice, makes one message
    read_at: Mapped[datetime | None]  # by the other side
    answered_at: Mapped[
        datetime | None
    ]  # of a citizen's message: answered in writing, or noted as answered otherwise
    __table_args__ = (
        sa.Index("ix_message_citizen_id_created_at", "citizen_id", "created_at"),
        sa.Index(
            "ix_message_unanswered",
            "citizen_id",
            sqlite_where=sa.text("from_citizen AND answered_at IS NULL"),
            postgresql_where=sa.text("from_citizen AND answered_at IS NULL"),
        ),
    )


class Delivery(Base):
    """How one message leaves the house. A letter waits here until somebody has posted it. The
    address is forgotten once it has gone.
    """

    message_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    address: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # name, email, phone, address, locale
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[
        datetime | None
    ]  # refused for good; a letter took its place when there was an address
    reference: Mapped[str | None] = mapped_column(
        unique=True
    )  # names the mail when it comes back; nobody can guess it
    sent_to: Mapped[str | None]  # a keyed fingerprint of the address it went to
    reference_at: Mapped[datetime | None]  # when it left
    why: Mapped[str | None]  # a Failure: why it did not reach her, or why somebody must call
    by_user_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="SET NULL")
    )  # who posted the letter, or called
    __table_args__ = (
        sa.UniqueConstraint("message_id", "channel"),
        sa.Index(
            "ix_delivery_unsent",
            "channel",
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        ),
    )


class UnreachableAddress(Base):
    """An address or number that refused us, or from which our mail came back; known by a keyed
    fingerprint only. Forgotten when somebody writes from it, and after some months.
    """

    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    fingerprint: Mapped[str]
    why: Mapped[str]
    __table_args__ = (sa.UniqueConstraint("channel", "fingerprint"),)


class WorkerSeen(Base):
    """When each worker last drew breath; /readyz reads it."""

    name: Mapped[str] = mapped_column(unique=True)
    seen_at: Mapped[datetime]
