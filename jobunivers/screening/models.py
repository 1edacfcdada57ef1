"""Questionnaires answered, flags raised, decisions made by people, and the log that proves it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobunivers.screening.types import Choice, FlagStatus, Reason, Route
from jobunivers.shared.db import Base, enum_type


class Screening(Base):
    """One questionnaire of one citizen at one landmark (`start`). Voluntary; may stay unfinished."""

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    landmark: Mapped[str]
    locale: Mapped[str]
    version: Mapped[str]  # hash of the questionnaire's content
    finished_at: Mapped[datetime | None]
    health_agreed_at: Mapped[
        datetime | None
    ]  # when she said yes to staff who asked whether she wants the questions about health
    answers: Mapped[list["Answer"]] = relationship(
        order_by="Answer.created_at", cascade="all, delete-orphan"
    )


class Answer(Base):
    """One answer, or the wish to skip. Health answers are not here but in HealthAnswer."""

    screening_id: Mapped[UUID] = mapped_column(sa.ForeignKey("screening.id", ondelete="CASCADE"))
    question: Mapped[str]
    value: Mapped[Any]
    is_skipped: Mapped[bool] = mapped_column(default=False)
    wording: Mapped[str]  # hash of the question's text in the language it was answered in
    answered_at: Mapped[datetime]
    typed_by_id: Mapped[
        UUID | None
    ]  # staff or helper who typed it in with her; no foreign key, so that it outlives the account
    __table_args__ = (sa.UniqueConstraint("screening_id", "question"),)


class HealthAnswer(Base):
    """An answer about functions or health: sealed, apart, shown only to staff with the right,
    deletable by the citizen.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    screening_id: Mapped[UUID] = mapped_column(sa.ForeignKey("screening.id", ondelete="CASCADE"))
    question: Mapped[str]
    value_sealed: Mapped[bytes]
    answered_at: Mapped[datetime]
    typed_by_id: Mapped[UUID | None]
    __table_args__ = (sa.UniqueConstraint("screening_id", "question"),)


class Flag(Base):
    """A signal that somebody may want more help. Stores rule code and parameters; sentences are
    rendered for each reader.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    screening_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("screening.id", ondelete="SET NULL")
    )
    route: Mapped[Route] = mapped_column(enum_type(Route))
    rule: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    wording_version: Mapped[str]
    status: Mapped[FlagStatus] = mapped_column(enum_type(FlagStatus), default=FlagStatus.OPEN)
    raised_at: Mapped[datetime]
    decision_id: Mapped[UUID | None]  # the first review of this flag: none, and it is not decided
    reviews: Mapped[list["Review"]] = relationship(
        back_populates="flag",
        order_by="Review.decided_at",
        cascade="all, delete-orphan",
        foreign_keys="Review.flag_id",
    )
    replies: Mapped[list["FlagReply"]] = relationship(
        order_by="FlagReply.created_at", cascade="all, delete-orphan"
    )
    # The database itself knows no decision without a person: decided, so reviewed; reviewed, so by
    # somebody. Deferred, because a backup brings flags before reviews.
    __table_args__ = (
        sa.CheckConstraint(
            "status <> 'decided' OR decision_id IS NOT NULL", name="decided_by_a_person"
        ),
        sa.ForeignKeyConstraint(
            ["id", "decision_id"],
            ["review.flag_id", "review.id"],
            name="fk_flag_decision",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        sa.Index("ix_flag_status_raised_at", "status", "raised_at"),
        sa.Index(
            "ix_flag_citizen_id_status", "citizen_id", "status"
        ),  # a caseworker's queue begins at her citizens
    )


class Review(Base):
    """A caseworker's decision on a flag, with reason. Never changed; a new view is a new review."""

    flag_id: Mapped[UUID] = mapped_column(sa.ForeignKey("flag.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))  # outlives her log-in
    choice: Mapped[Choice] = mapped_column(enum_type(Choice))
    reason: Mapped[Reason | None] = mapped_column(enum_type(Reason))
    note: Mapped[str] = mapped_column(default="")  # staff only
    message: Mapped[str] = mapped_column(default="")  # a few own words to the citizen
    offer_kind: Mapped[str | None]  # meeting kind
    need_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("need.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]  # when the citizen opened it
    flag: Mapped[Flag] = relationship(back_populates="reviews", foreign_keys=flag_id)
    __table_args__ = (sa.UniqueConstraint("flag_id", "id"),)


class FlagReply(Base):
    """The citizen sees it differently: her own words, for the caseworker."""

    flag_id: Mapped[UUID] = mapped_column(sa.ForeignKey("flag.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    read_at: Mapped[
        datetime | None
    ]  # when a decision answered it; opening the page changes nothing


class ScreeningEvent(Base):
    """Append-only, hash-chained log: answers version, per-item points, rank, capacity, who saw,
    choice, reason.
    """

    number: Mapped[int] = mapped_column(unique=True)
    citizen_id: Mapped[UUID | None] = mapped_column(
        index=True
    )  # emptied when a citizen is erased; the payload holds only a hash of it
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ScreeningDraw(Base):
    """One week's draw of a team's places; the row keeps a week from being drawn twice. With `seed`
    the lot can be drawn again.
    """

    team_id: Mapped[UUID] = mapped_column(sa.ForeignKey("team.id", ondelete="CASCADE"))
    week: Mapped[str]  # ISO week, e.g. 2026-W48
    capacity: Mapped[int]
    seed: Mapped[str]
    carried: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # thousandths of a chance place that the next week has more
    drawn_at: Mapped[datetime]
    __table_args__ = (sa.UniqueConstraint("team_id", "week"),)
