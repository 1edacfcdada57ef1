"""Events and job fairs, and who comes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class Event(Base):
    """Something one can come to. Texts by language, Danish always; without a place it is online."""

    title: Mapped[dict[str, Any]]
    text: Mapped[dict[str, Any]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    url: Mapped[str]  # more about it; of an online event the way in, for those who come
    language: Mapped[str]  # what is spoken there
    seats: Mapped[int | None]  # None: as many as come
    sign_up_by: Mapped[date]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    __table_args__ = (sa.Index("ix_event_ends_at", "ends_at"),)


class EventSignUp(Base):
    """Somebody comes, or waits for a seat; `number` is her place in the line. The row goes when she
    signs off.
    """

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"))
    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    has_seat: Mapped[bool]
    __table_args__ = (
        sa.UniqueConstraint("event_id", "citizen_id"),
        sa.UniqueConstraint("event_id", "number"),
    )
