"""What each citizen needs next: needs for meetings with deadlines, tasks of named staff,
exemptions.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.contact.types import NeedStatus
from jobunivers.shared.db import Base, enum_type


class Need(Base):
    """Somebody (a rule, a caseworker, the citizen) says that a meeting of this kind is needed.
    Invited = the citizen was told and may book.
    """

    citizen_id: Mapped[UUID] = mapped_column(sa.ForeignKey("citizen.id", ondelete="CASCADE"))
    kind: Mapped[str]  # meeting kind of the profile
    reason: Mapped[
        str
    ]  # contact rule code, "offer" (review of a flag), "asked" (the citizen), "staff"
    legal: Mapped[str] = mapped_column(default="")
    earliest_on: Mapped[date | None]  # the meeting is not held before this day
    deadline_on: Mapped[date | None]  # last day to book; nothing happens by itself when it passes
    invited_at: Mapped[datetime | None]
    status: Mapped[NeedStatus] = mapped_column(enum_type(NeedStatus), default=NeedStatus.OPEN)
    closed_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    by_user_id: Mapped[UUID | None]
    key: Mapped[str | None] = mapped_column(unique=True)  # a rule opens the same need once
    __table_args__ = (
        sa.Index(
            "ix_need_open",
            "citizen_id",
            "deadline_on",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        ),
    )


class Task(Base):
    """Something a named member of staff must do about a citizen, with a day."""

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    what: Mapped[str]  # TaskKind, or a code of another feature
    note: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    key: Mapped[str | None] = mapped_column(unique=True)
    __table_args__ = (
        sa.Index(
            "ix_task_open",
            "user_id",
            "due_on",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
        sa.Index(
            "ix_task_user_id_done_at", "user_id", "done_at"
        ),  # what is to do and what was done today
    )


class Exemption(Base):
    """A citizen is exempt from booking herself or from a talk, with reason, for a time, decided by
    a person.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[str]  # self_booking | talks
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    by_user_id: Mapped[UUID]


class ClosingDay(Base):
    """A day on which the whole office, or one place of meetings, is closed; besides public holidays
    and the profile's yearly days.
    """

    on: Mapped[date]
    location: Mapped[str] = mapped_column(default="")  # code of the place; empty = the whole office
    label: Mapped[str] = mapped_column(default="")
    __table_args__ = (sa.UniqueConstraint("on", "location", name="uq_closing_day_on_location"),)
